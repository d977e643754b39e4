"""What the group of a private space opens: each app names its own, for the mails and forms.

    @opens
    def forums_of(group_ids): ...   # -> {group id: [(label, path), ...]}

in the app's `places.py`, which is loaded once when the apps are ready.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils.module_loading import autodiscover_modules

_openers: list[Callable] = []


@dataclass(frozen=True)
class Place:
    """Something that only a group reads; `path` is empty when it has no address."""

    label: str
    path: str = ""


def opens(function):
    """Register a function (group ids) that returns {group id: [(label, path), ...]}."""
    _openers.append(function)
    return function


def places_of(group_ids: Iterable[int]) -> dict[int, list[Place]]:
    """{group id: what it opens, or the group's own name}, in a constant number of queries."""
    group_ids = list(group_ids)
    if not group_ids:
        return {}
    found = {pk: [] for pk in group_ids}
    for opener in _openers:
        for pk, rows in opener(group_ids).items():
            found[pk] += [Place(label, path) for label, path in rows]
    unnamed = [pk for pk, places in found.items() if not places]
    if unnamed:
        names = dict(Group.objects.filter(pk__in=unnamed).values_list("pk", "name"))
        for pk in unnamed:
            if pk in names:
                found[pk] = [Place(names[pk])]
    return found


def discover():
    """Load every app's `places.py`."""
    autodiscover_modules("places")
