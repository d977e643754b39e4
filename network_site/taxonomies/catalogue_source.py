"""The vocabularies by which lists are narrowed, as the catalogue keeps them in memory."""

from network_site.catalogue.registry import (
    Facet,
    Term,
    Vocabulary,
    add_facets,
    add_vocabulary,
)
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import (
    Ground,
    Programme,
    TargetGroup,
    Territory,
    Theme,
)


def _themes():
    pks = {}
    for pk, path, slug, name, name_en in Theme.objects.order_by("path").values_list(
        "pk", "path", "slug", "name", "name_en"
    ):
        pks[path] = pk
        parent = pks.get(path[: -Theme.steplen])
        yield Term(pk, slug, parent, name, name_en, "theme")


def _flat(model):
    def rows():
        for pk, slug, name, name_en in model.objects.values_list(
            "pk", "slug", "name", "name_en"
        ):
            yield Term(pk, slug, None, name, name_en, model._meta.model_name)

    return rows


def _territories():
    for pk, slug, parent, name, kind, code, x, y in Territory.objects.order_by(
        "name", "pk"
    ).values_list(
        "pk", "slug", "parent", "name", "kind", "insee_code", "map_x", "map_y"
    ):
        point = None if x is None else (x, y)
        yield Term(pk, slug, parent, name, "", kind, code, point)


def full_name(terms, term, language):
    """The name of a territory, a commune's with its département ("Châteauroux, Indre")."""
    above = terms.by_pk.get(term.parent)
    if term.kind != TerritoryKind.COMMUNE or above is None or above.name == term.name:
        return term.name
    return f"{term.name}, {above.name}"


add_vocabulary(Vocabulary("theme", (Theme,), lambda: list(_themes())))
add_vocabulary(Vocabulary("territory", (Territory,), lambda: list(_territories())))
for _model, _name in (
    (Ground, "ground"),
    (TargetGroup, "target_group"),
    (Programme, "programme"),
):
    add_vocabulary(Vocabulary(_name, (_model,), _flat(_model), is_flat=True))
    add_facets(Facet(_name, vocabulary=_name))
add_facets(
    Facet("theme", vocabulary="theme"), Facet("territory", vocabulary="territory")
)
