"""The list of practices: its facets, its orders."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from good_practices.catalogue_source import MEASURE, PRACTICE
from good_practices.enums import MeasureAxis, PracticeLevel
from good_practices.models import MeasurePage
from network_site.catalogue.listing import (
    Kind,
    Listing,
    NumberFacet,
    TermFacet,
    WordFacet,
    shown,
)
from network_site.members.body_facet import BodyFacet
from network_site.taxonomies.catalogue_source import full_name
from network_site.taxonomies.enums import TerritoryKind


def measures_of(catalogue):
    """The national measures that the reader may open, in the order of their titles."""
    return catalogue.kept(
        MEASURE,
        lambda: shown(
            MeasurePage.objects.defer_streamfields().only(
                "slug", "title", "axis", "path", "lang", "live", "url_path"
            ),
            catalogue.ask(kinds=(MEASURE,), order=("title",), size=None).object_ids,
            catalogue.user,
        ),
    )


def _measures(catalogue):
    return [(one.slug, one.pk, one.title) for one in measures_of(catalogue)]


def _axes(catalogue):
    """Each axis stands for its measures, as far as the reader may open them."""
    measures = measures_of(catalogue)
    return [
        (
            axis.value,
            tuple(one.pk for one in measures if one.axis == axis),
            str(axis.label),
        )
        for axis in MeasureAxis
    ]


PRACTICES = Kind(
    kinds=(PRACTICE,),
    mark="pratique",
    facets=(
        TermFacet("theme", _("Theme")),
        TermFacet("territory", _("Territory"), full=full_name),
        TermFacet("target", _("Target group"), facet="target_group"),
        WordFacet("level", _("Level"), PracticeLevel.choices),
        WordFacet("axis", _("Axis of the national measure"), _axes, facet="measure"),
        WordFacet(
            "measure",
            _("National measure"),
            _measures,
            closed=True,
            # The titles of measures are contents, in French.
            lang="fr",
        ),
        TermFacet("ground", _("Ground"), closed=True),
        TermFacet("programme", _("Programme"), closed=True),
        BodyFacet("body", _("Carried by"), closed=True),
        WordFacet(
            "language",
            pgettext_lazy("facet", "Language"),
            [("fr", _("French")), ("en", _("English"))],
            closed=True,
        ),
        NumberFacet("year", pgettext_lazy("facet", "Begun in"), closed=True),
        WordFacet(
            "has_file",
            _("File"),
            [("yes", _("with a file")), ("no", _("without a file"))],
            closed=True,
        ),
    ),
    orders={
        "recent": (("-published", "-pk"), _("most recently published")),
        "year": (("-begun", "title"), _("year begun")),
        "title": (("title",), _("title")),
    },
    pairs=("territory",),
)
# What an address may ask without a facet of its own in the margin: one level of territories.
EXTRA = (
    TermFacet(
        "region", _("Région"), facet="territory", only=TerritoryKind.REGION.value
    ),
    TermFacet(
        "department",
        _("Département"),
        facet="territory",
        only=TerritoryKind.DEPARTMENT.value,
    ),
)


def practices_asked(data, user, **options):
    """The Listing of practices that an address asks for."""
    return Listing(PRACTICES, data, user, extra=EXTRA, **options)
