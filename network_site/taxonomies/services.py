"""What changes the controlled lists: today the import of the official geographic code."""

import json
from functools import cache
from pathlib import Path

from django.db import transaction

from network_site.core.slugs import slug_of
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory

DATA = Path(__file__).parent / "data"
TERRITORIES_FILE = DATA / "territories.json"
BATCH = 500


@transaction.atomic
def import_territories(*, path=TERRITORIES_FILE):
    """Bring the territories in line with the file at `path`; returns (created, updated).

    Rows are known by (kind, official code). A territory keeps its slug, hence its address,
    when it is renamed; none is deleted, since content may be filed under it.
    """
    data = json.loads(Path(path).read_text(encoding="utf-8"))
    created = updated = 0
    regions, departments = {}, {}
    levels = [
        (
            TerritoryKind.REGION,
            [
                (code, name, None, people, at)
                for code, name, people, at in data["regions"]
            ],
            regions,
        ),
        (
            TerritoryKind.DEPARTMENT,
            [
                (code, name, ("region", region), people, at)
                for code, name, region, people, at in data["departments"]
            ],
            departments,
        ),
        (
            TerritoryKind.EPCI,
            [
                (code, name, ("department", within), people, None)
                for code, name, within, people in data["epcis"]
            ],
            {},
        ),
        (
            TerritoryKind.COMMUNE,
            [
                (code, name, ("department", within), people, at)
                for code, name, within, people, at in data["communes"]
            ],
            {},
        ),
    ]
    department_names = {slug_of(row[1], longest=120) for row in data["departments"]}
    taken = set(Territory.objects.values_list("slug", flat=True))
    parents = {"region": regions, "department": departments}
    for kind, rows, by_code in levels:
        existing = {t.insee_code: t for t in Territory.objects.filter(kind=kind)}
        new, changed = [], []
        for code, name, within, people, at in rows:
            parent = parents[within[0]].get(within[1]) if within else None
            values = {
                "name": name,
                "parent_id": parent.pk if parent else None,
                "population": people,
                "map_x": at[0] if at else None,
                "map_y": at[1] if at else None,
            }
            territory = existing.get(code)
            if territory is None:
                slug = _free_slug(
                    kind, code, name, within and within[1], department_names, taken
                )
                new.append(Territory(kind=kind, insee_code=code, slug=slug, **values))
            elif any(getattr(territory, key) != value for key, value in values.items()):
                for key, value in values.items():
                    setattr(territory, key, value)
                changed.append(territory)
        Territory.objects.bulk_create(new, batch_size=BATCH)
        Territory.objects.bulk_update(
            changed,
            ["name", "parent", "population", "map_x", "map_y"],
            batch_size=BATCH,
        )
        by_code.update(existing)
        by_code.update({t.insee_code: t for t in new})
        created += len(new)
        updated += len(changed)
    return created, updated


def _free_slug(kind, code, name, within, department_names, taken):
    """A readable address: `gard`, `region-guadeloupe`, `marseille-13`; the code settles ties."""
    slug = slug_of(name, longest=120)
    if kind == TerritoryKind.REGION and slug in department_names:
        slug = f"region-{slug}"
    elif kind == TerritoryKind.COMMUNE:
        slug = f"{slug}-{within.lower()}"
    slug = slug[:100]
    if slug in taken:
        slug = f"{slug}-{code.lower()}"
    taken.add(slug)
    return slug


@cache
def department_shapes():
    """The outlines of the métropole's départements: {code: {"box": [...], "path": "M…"}}."""
    return json.loads((DATA / "departments.json").read_text(encoding="utf-8"))
