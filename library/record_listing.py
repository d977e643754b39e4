"""The list of records: its facets, its orders, and what a page of it shows."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library.catalogue_source import KINDS
from library.enums import StatusGroup, StudyType, TextType
from library.models import LibrarySectionPage
from network_site.catalogue.listing import (
    Kind,
    Listing,
    TermFacet,
    WordFacet,
    YearFacet,
)
from network_site.members.models import Organization
from network_site.taxonomies.catalogue_source import full_name


def _sources(_catalogue):
    """The bodies that have a space of their own: (slug, number, label)."""
    bodies = (
        Organization.objects.filter(
            pk__in=LibrarySectionPage.objects.live().values("organization")
        )
        .order_by("name", "pk")
        .only("slug", "name", "name_en", "acronym")
    )
    return [(body.slug, body.pk, body.label) for body in bodies]


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
        WordFacet("source", _("Source"), _sources),
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
# What another page's link may ask, without a facet of its own in the margin.
EXTRA = (TermFacet("programme", _("Programme")),)


def records_asked(data, user, **options):
    """The Listing of records that an address asks for."""
    return Listing(RECORDS, data, user, extra=EXTRA, **options)
