"""Kinds of items made for tests: what happens in them is a row of a dictionary."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from network_site.notifications.announce import announce
from network_site.notifications.models import Follow
from network_site.pages.visibility import ALL, PUBLIC
from network_site.registries import notifications as registry
from network_site.registries.enums import (
    Category,
    Level,
)
from network_site.registries.notifications import (
    Followable,
    ItemNotification,
    Line,
    Target,
)

# A Monday afternoon in Paris.
NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
THEMES = {"1": "Logement", "2": "Emploi", "3": "Santé"}


@dataclass
class Thing:
    """An object of a space that exists in tests only."""

    pk: int
    title: str = ""
    context: str = "Une ligne de contexte."
    tokens: frozenset = frozenset({PUBLIC, ALL})
    targets: tuple = (Target("theme_t", "2"), Target("space_t", "library"))
    addressed: dict = field(default_factory=dict)
    theme: str = "Emploi"
    occurred_at: datetime = NOW

    @property
    def path(self):
        return f"/choses/{self.pk}/"


class Things(ItemNotification):
    """Loads from its own dictionary; `loads` counts how often it is asked."""

    mark = "texte"
    what = "Nouvelle chose"

    def __init__(self):
        self.rows = {}
        self.loads = 0
        self.is_broken = False

    def load(self, ids):
        self.loads += 1
        if self.is_broken:
            raise RuntimeError("broken")
        return {pk: self.rows[pk] for pk in ids if pk in self.rows}

    def tokens(self, obj):
        return obj.tokens

    def targets(self, obj):
        return obj.targets

    def addressed_to(self, obj):
        return obj.addressed

    def line(self, obj):
        return Line(
            mark=self.mark,
            what=_(self.what),
            title=obj.title or f"Chose {obj.pk}",
            path=obj.path,
            context=obj.context,
            theme=obj.theme,
            occurred_at=obj.occurred_at,
        )


class FakeTheme(Followable):
    kind = "theme_t"
    precision = 20
    verb = "Follow this theme"
    names = THEMES

    def load(self, pks, user):
        return {pk: self.names[pk] for pk in pks if pk in self.names}

    def url(self, obj):
        return "/"


class FakeSpace(FakeTheme):
    kind = "space_t"
    precision = 10
    verb = "Follow this space"
    names = {category.value: str(category.label) for category in Category}


class FakeThread(FakeTheme):
    kind = "thread_t"
    precision = 50
    verb = "Follow this discussion"
    names = {str(number): f"Fil {number}" for number in range(1, 2000)}


def declare():
    """Register the kinds of this module; return {category: Things}.

    Names are "things.<category>"; `withdraw` takes them back.
    """
    marks = {
        Category.LIBRARY: "texte",
        Category.PRACTICES: "pratique",
        Category.EVENTS: "journee",
        Category.FORUMS: "discussion",
    }
    kinds = {}
    for category, mark_ in marks.items():
        things = type(
            f"Things{category.name.title()}",
            (Things,),
            {
                "name": f"things.{category.value}",
                "category": category,
                "label": f"Choses ({category.value})",
                "mark": mark_,
            },
        )()
        registry._notifications[things.name] = things
        kinds[category] = things
    for followable in (FakeTheme(), FakeSpace(), FakeThread()):
        registry._followables[followable.kind] = followable
    return kinds


def withdraw():
    """Take the kinds of `declare` out of the registry again."""
    for name in [one for one in registry._notifications if one.startswith("things.")]:
        del registry._notifications[name]
    for kind in ("theme_t", "space_t", "thread_t"):
        registry._followables.pop(kind, None)


def happen(
    things, pk, *, occurred_at=NOW, now=None, actor_id=None, variant="", **fields
):
    """Make a Thing and announce it; return its Item."""
    thing = things.rows[pk] = Thing(pk, occurred_at=occurred_at, **fields)
    return announce(
        things.name,
        pk,
        variant=variant,
        actor_id=actor_id,
        occurred_at=occurred_at,
        path=thing.path,
        now=now or occurred_at,
    )


def follow(user, kind="theme_t", target="2", level=Level.SUMMARY):
    return Follow.objects.update_or_create(
        user=user, kind=kind, target=target, defaults={"level": level}
    )[0]
