"""Practices, measures and their terms, for tests."""

from itertools import count

from good_practices import services
from good_practices.models import MeasureIndexPage, PracticeIndexPage
from network_site.taxonomies.models import TargetGroup, Territory, Theme

_numbers = count(1)


def catalogue():
    return PracticeIndexPage.objects.get()


def make_theme(name="Éducation", parent=None):
    slug = f"theme-{next(_numbers)}"
    theme = Theme(name=name, slug=slug)
    return (
        parent.add_child(instance=theme) if parent else Theme.add_root(instance=theme)
    )


def make_target_group(name="Jeunes"):
    return TargetGroup.objects.create(name=name, slug=f"public-{next(_numbers)}")


def make_territories():
    """(région, département, commune): Centre-Val de Loire, Indre, Châteauroux, on the map."""
    region, _ = Territory.objects.get_or_create(
        kind="region",
        insee_code="24",
        defaults={"name": "Centre-Val de Loire", "slug": "centre-val-de-loire"},
    )
    department, _ = Territory.objects.get_or_create(
        kind="department",
        insee_code="36",
        defaults={
            "name": "Indre",
            "slug": "indre",
            "parent": region,
            "map_x": 280,
            "map_y": 270,
        },
    )
    commune, _ = Territory.objects.get_or_create(
        kind="commune",
        insee_code="36044",
        defaults={
            "name": "Châteauroux",
            "slug": "chateauroux-36",
            "parent": department,
            "map_x": 286.2,
            "map_y": 269.8,
        },
    )
    return region, department, commune


def make_measure(title="Renforcer la scolarisation précoce", **fields):
    fields.setdefault("axis", "daily")
    fields.setdefault("sessions", [1, 3])
    page = services.create_measure(
        parent=MeasureIndexPage.objects.get(), title=title, **fields
    )
    return services.publish_practice(page=page)


def make_practice(title=None, *, is_published=True, **fields):
    title = title or f"Pratique {next(_numbers)}"
    fields.setdefault("summary", "Ce qui a été fait, en une phrase.")
    page = services.create_practice(parent=catalogue(), title=title, **fields)
    return services.publish_practice(page=page) if is_published else page


def restrict(page, *groups):
    """Open `page` to the groups only."""
    from wagtail.models import PageViewRestriction

    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set(groups)
    return restriction


def form_data(**changes):
    """What a member posts for a complete practice."""
    data = {
        "title": "Un petit déjeuner des parents",
        "context": "Les parents ne franchissaient pas la grille.",
        "summary": "Un café mensuel fait entrer les parents dans l’école.",
        "actions": "Chaque premier mardi, l’équipe reçoit les parents autour d’un café.",
        "results": "Trente familles viennent.",
        "lessons_learned": "Le mardi excluait celles qui travaillent tôt.",
        "resources": "",
        "partners": "",
        "department": "",
        "commune": "",
        "started": "septembre 2019",
        "themes": [],
        "target_groups": [],
        "measure": "",
        "carriers": "École",
        "contact": "",
        "do": "save",
    }
    return data | changes
