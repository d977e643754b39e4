"""What can be found of the vocabularies: themes, programmes, territories.

They cannot declare it themselves: imports go downwards only.
"""

from django.utils.translation import gettext as _

from network_site.registries.search import (
    Kind,
    Part,
    Source,
    source,
)
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Programme, Territory, Theme


class _TermSource(Source):
    """A term that has a page of its own, read by everyone."""

    kind = Kind.PAGE

    def visible_queryset(self, user):
        return self.model._default_manager.all()

    def title(self, term):
        return term.name

    def aliases(self, term):
        return [term.name_en]

    def text(self, term):
        return [term.description]

    def english_text(self, term):
        return [term.description_en]

    def parts(self, term):
        yield Part(title=term.name, text=self.text(term), tokens=["public"])
        yield Part("en", text=self.english_text(term), tokens=["public"], lang="en")


@source
class ThemeSource(_TermSource):
    model = Theme

    def text(self, theme):
        # Synonyms find the theme; they are no title that must come first.
        return [*super().text(theme), ", ".join(theme.alt_labels)]

    def themes(self, theme):
        return [theme]

    def card_context(self, theme, user):
        return {
            "title": theme.label,
            "mark": "theme",
            "kind_label": _("Theme"),
            "passage": theme.text,
        }


@source
class ProgrammeSource(_TermSource):
    model = Programme

    def queryset(self):
        return Programme.objects.prefetch_related("themes", "figures")

    def aliases(self, programme):
        return [programme.name_en, programme.acronym]

    def text(self, programme):
        figures = [
            f"{figure.label} {figure.value}" for figure in programme.figures.all()
        ]
        return [*super().text(programme), programme.body, figures]

    def english_text(self, programme):
        return [*super().english_text(programme), programme.body_en]

    def themes(self, programme):
        return programme.themes.all()

    def card_context(self, programme, user):
        return {
            "title": programme.label,
            "mark": "programme",
            "kind_label": _("Programme"),
            "line": programme.acronym,
            "passage": programme.text,
        }


@source
class TerritorySource(Source):
    """Régions, départements and communes; the thousand names of intercommunal
    authorities would drown everything else."""

    model = Territory
    kind = Kind.TERRITOIRE

    def queryset(self):
        return Territory.objects.exclude(kind=TerritoryKind.EPCI).select_related(
            "parent"
        )

    def visible_queryset(self, user):
        return self.queryset()

    def title(self, territory):
        return territory.name

    def territories(self, territory):
        return [territory]

    def parts(self, territory):
        yield Part(title=territory.name, tokens=["public"])

    def card_context(self, territory, user):
        parent = territory.parent
        return {
            "type": "page",
            "mark": "territoire",
            "kind_label": territory.get_kind_display().capitalize(),
            "line": parent.name if parent else "",
        }
