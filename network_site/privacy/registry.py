"""What the site keeps of people: each app declares it in its `personal_data.py`.

    @personal_data
    class Profiles(PersonalData):
        name = "members.profile"
        ...

Export, erasure, the timetable of what is kept how long and the receipt of a departure are all
read from these declarations; a test checks that every model with a key to a user, an address
or a name is declared or named as holding none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Leaving:
    """How somebody leaves: `keeps_name` lets the name stand under what they wrote.

    `signature` is what they sign from then on; `words` are the strings that must not remain
    (names, addresses), for stores that can only be searched.
    """

    user_id: int
    signature: str
    keeps_name: bool
    now: datetime
    words: tuple[str, ...] = ()


@dataclass
class ReceiptLine:
    """One line of a receipt: what went (`erased`), what stays (`kept`) and why."""

    label: str
    erased: int = 0
    kept: int = 0
    why_kept: str = ""


@dataclass
class Retention:
    """How long a category is kept: after `after`, nothing of it remains."""

    after: timedelta
    # In words, with the source of the rule.
    rule: str
    # The name of the job of the timetable that forgets what is past due.
    job: str = ""


@dataclass
class Section:
    """What an export holds of one category: plain values that JSON can keep."""

    rows: list[dict] = field(default_factory=list)
    # Files to add to the archive: {name in the archive: callable returning bytes}.
    files: dict = field(default_factory=dict)


class PersonalData:
    """A category of personal data. Subclasses are registered with @personal_data."""

    # "members.profile": the app's label and a name.
    name: str
    # Said to the person and to the administrator.
    label: str
    # Why it is kept.
    purpose: str
    # "app.Model" labels this declaration answers for.
    models: tuple[str, ...] = ()
    retention: Retention | None = None
    # Erasure goes from the lowest to the highest: what refers to others first.
    order = 50

    def export(self, user) -> Section:
        """What belongs to `user`, and nothing that another person wrote or is named in."""
        raise NotImplementedError

    def erase(self, leaving: Leaving) -> Iterable[ReceiptLine]:
        """Erase what is the person's; idempotent, inside a transaction of the caller."""
        raise NotImplementedError

    def overdue(self, now) -> int:
        """How many rows are past their time at `now`; 0 where there is no retention."""
        return 0


_registry: dict[str, PersonalData] = {}


def personal_data(cls):
    """Register the decorated PersonalData; raises ValueError on a name taken twice."""
    known = _registry.get(cls.name)
    if known is not None and type(known).__qualname__ != cls.__qualname__:
        raise ValueError(f"{cls.name} is declared twice.")
    _registry[cls.name] = cls()
    return cls


def categories() -> list[PersonalData]:
    """Every declared category, by name."""
    return [_registry[name] for name in sorted(_registry)]


def in_order_of_erasure() -> list[PersonalData]:
    """Every declared category, what refers to others first."""
    return sorted(_registry.values(), key=lambda one: (one.order, one.name))
