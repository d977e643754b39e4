"""Themes, grounds, target groups, programmes; territories come from the reference data."""

from network_site.demo.building.base import figures, text
from network_site.demo.content.grounds import GROUNDS
from network_site.demo.content.programmes import PROGRAMMES
from network_site.demo.content.sources import SOURCES
from network_site.demo.content.target_groups import TARGET_GROUPS
from network_site.demo.content.themes import THEMES
from network_site.taxonomies.models import (
    Ground,
    Programme,
    ProgrammeFigure,
    TargetGroup,
    Territory,
    Theme,
)
from network_site.taxonomies.services import import_territories

IN_2010 = (
    "L'un des dix-huit critères que la loi reconnaissait en 2010 (article 225-1 du code pénal).",
    "One of the eighteen grounds recognised by law in 2010 (article 225-1 of the penal code).",
)
ADDED = (
    "Critère ajouté à la loi en {year} (article 225-1 du code pénal).",
    "Ground added to the law in {year} (article 225-1 of the penal code).",
)


def build_terms(built):
    """Make the controlled lists, reusing what an administrator has already created."""
    if not Territory.objects.exists():
        # Reference data of the site, not of the demonstration: it stays afterwards.
        import_territories()
    for position, item in enumerate(THEMES):
        built.themes[item["slug"]] = _theme(built, item, position)
    for position, item in enumerate(GROUNDS):
        note = IN_2010 if item["in_2010"] else ADDED
        built.grounds[item["slug"]] = built.make(
            Ground,
            slug=item["slug"],
            name=text(item["name"]),
            name_en=text(item["name_en"], "en"),
            description=text(note[0].format(year=item["since"])),
            description_en=text(note[1].format(year=item["since"]), "en"),
            position=position,
        )
    for position, item in enumerate(TARGET_GROUPS):
        built.target_groups[item["slug"]] = built.make(
            TargetGroup,
            slug=item["slug"],
            name=text(item["name"]),
            name_en=text(item["name_en"], "en"),
            position=position,
        )
    for item in PROGRAMMES:
        built.programmes[item["slug"]] = _programme(built, item)


def _theme(built, item, position):
    theme = Theme.objects.filter(slug=item["slug"]).first()
    if theme is not None:
        return theme
    theme = Theme(
        slug=item["slug"],
        name=text(item["name"]),
        name_en=text(item["name_en"], "en"),
        description=text(item["description"]),
        description_en=text(item["description_en"], "en"),
        alt_labels=[text(label) for label in item["alt_labels"]],
        position=position,
    )
    if item["parent"] is None:
        Theme.add_root(instance=theme)
    else:
        # Read again: treebeard keeps the count of children in the parent's row.
        parent = Theme.objects.get(pk=built.themes[item["parent"]].pk)
        parent.add_child(instance=theme)
    return built.remember(theme)


def _programme(built, item):
    before = Programme.objects.filter(slug=item["slug"]).first()
    if before is not None:
        return before
    programme = Programme.objects.create(
        slug=item["slug"],
        acronym=item["acronym"],
        name=text(item["name"]),
        name_en=text(item["name_en"], "en"),
        description=text(item["summary"]),
        body=text(item["body"]),
        source_citation=" ; ".join(
            text(SOURCES[key]["short"]) for key in item["sources"]
        ),
    )
    programme.themes.set([built.themes[slug] for slug in item["themes"]])
    ProgrammeFigure.objects.bulk_create(
        ProgrammeFigure(programme=programme, **one) for one in figures(item)
    )
    return built.remember(programme)
