"""The list of records: its facets, its orders, and what a page of it shows."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library.catalogue_source import KINDS
from library.enums import StatusGroup, StudyType, TextType
from network_site.catalogue.listing import (
    Kind,
    Listing,
    TermFacet,
    WordFacet,
    YearFacet,
)
from network_site.members.body_facet import BodyFacet
from network_site.members.catalogue_source import BODIES
from network_site.taxonomies.catalogue_source import full_name

RECORDS = Kind(
    kinds=KINDS,
    mark="texte",
    facets=(
        WordFacet("nature", _("Nature"), [*TextType.choices, *StudyType.choices]),
        WordFacet("status", _("Status"), StatusGroup.choices),
        TermFacet("theme", _("Theme")),
        TermFacet(
            "territory",
            _("Territory"),
            silent=("national", _("Whole country")),
            full=full_name,
        ),
        # The bodies that have a space of their own.
        TermFacet("source", _("Source"), vocabulary=BODIES, in_order=True),
        BodyFacet("body", _("Issued by"), closed=True),
        TermFacet("programme", _("Programme"), closed=True),
        TermFacet("ground", _("Ground"), closed=True),
        TermFacet("target_group", _("Target group"), closed=True),
        WordFacet(
            "has_file",
            _("File"),
            [("yes", _("with a file")), ("no", _("without a file"))],
            closed=True,
        ),
        WordFacet(
            "language",
            pgettext_lazy("facet", "Language"),
            [("fr", _("French")), ("en", _("English"))],
            closed=True,
        ),
    ),
    years=YearFacet(),
    orders={
        "recent": (("-date", "title"), _("most recent")),
        "oldest": (("date", "title"), _("oldest")),
        "title": (("title",), _("title")),
    },
)


def records_asked(data, user, **options):
    """The Listing of records that an address asks for."""
    return Listing(RECORDS, data, user, **options)
