"""What the catalogue holds of a practice and of a national measure."""

from django.utils.translation import gettext_lazy as _

from good_practices.enums import PracticeLevel
from good_practices.models import (
    GoodPracticePage,
    MeasurePage,
    PracticeFile,
    PracticeState,
)
from network_site.catalogue.registry import (
    Facet,
    Watch,
    add_facets,
    derived_facet,
    source,
)
from network_site.pages.catalogue_source import PAGE, PageSource

PRACTICE, MEASURE = "practice", "measure"

add_facets(
    Facet("measure"),
    Facet("examined_level"),
    Facet("adapted_from", model=PAGE),
    Facet("has_file"),
)


@source
class PracticeSource(PageSource):
    """Good practices."""

    model = GoodPracticePage
    kinds = (PRACTICE,)
    labels = {PRACTICE: _("Practices")}
    own_watches = (
        Watch(GoodPracticePage, "page_ptr_id"),
        Watch(PracticeState, "page_id"),
        Watch(PracticeFile, "page_id"),
    )

    def queryset(self):
        return GoodPracticePage.objects.select_related("state")

    def with_more(self, pages):
        with_files = set(
            PracticeFile.objects.filter(
                page_id__in=[page.pk for page in pages]
            ).values_list("page_id", flat=True)
        )
        return [(page, page.pk in with_files) for page in pages]

    def describe(self, one, page, more):
        one.kind = PRACTICE
        one.keys["begun"] = page.started_year
        one.facets |= {
            "year": [page.started_year] if page.started_year else [],
            "measure": [page.measure_id] if page.measure_id else [],
            "examined_level": [page.examined_level.value],
            "adapted_from": [page.adapted_from_id] if page.adapted_from_id else [],
            "body": [page.organization_id] if page.organization_id else [],
            "has_file": ["yes" if more else "no"],
        }


@source
class MeasureSource(PageSource):
    """National measures."""

    model = MeasurePage
    kinds = (MEASURE,)
    labels = {MEASURE: _("National measures")}
    own_watches = (Watch(MeasurePage, "page_ptr_id"),)

    def describe(self, one, page, more):
        one.kind = MEASURE
        one.keys["position"] = page.position


@derived_facet("level")
def levels(catalogue):
    """How far a practice has come: taken up where an adaptation is open to everybody, else
    as far as it was examined (GoodPracticePage.level)."""
    taken_up = catalogue.named_by("adapted_from", catalogue.open_to_all)
    found = {
        level: catalogue.having("examined_level", [level]) & ~taken_up
        for level in PracticeLevel.values
    }
    found[PracticeLevel.PROVEN.value] = (
        catalogue.having("examined_level", [PracticeLevel.PROVEN.value]) | taken_up
    )
    return found
