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

# The job that runs `forget()` of the categories that have no job of their own.
DAILY_JOB = "network_site.privacy.timetable.forget_past_due"


@dataclass(frozen=True)
class Leaving:
    """How somebody leaves: `keeps_name` lets the name stand under what they wrote.

    `signature` is what they sign from then on; `name` is what is to be replaced by it
    (empty when it stands), `addresses` all that were theirs.
    """

    user_id: int
    signature: str
    keeps_name: bool
    now: datetime
    first_name: str = ""
    last_name: str = ""
    addresses: tuple[str, ...] = ()

    @property
    def words(self):
        """The strings that must not remain, for stores that can only be searched."""
        name = f"{self.first_name} {self.last_name}".strip()
        return (*self.addresses, *([name] if name and not self.keeps_name else ()))


@dataclass
class ReceiptLine:
    """One line of a receipt: what went (`erased`), what stays (`kept`) and why.

    The words are lazy: the receipt is read in the language of whoever opens it.
    """

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
    job: str = DAILY_JOB


@dataclass
class Section:
    """What an export holds of one category: plain values that JSON can keep."""

    rows: list[dict] = field(default_factory=list)
    # Files to add to the archive: {name in the archive: callable returning bytes}.
    files: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Dependent:
    """Something that rests on a person, said to them before they leave."""

    label: str
    title: str = ""
    url: str = ""


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
    # How long it is kept where no clock says it ("as long as the account"), in words.
    kept: str = ""
    # Erasure goes from the lowest to the highest: what refers to others first.
    order = 50
    # What an export calls each of its keys, in words.
    fields: dict = {}
    # Said before somebody leaves: what becomes of it.
    on_leaving: str = ""
    # It opens transactions itself: it may be long, and nobody must wait for it.
    has_own_transactions = False
    # Asked once more at the end: the receipt itself is a mail.
    erases_again = False
    # Models whose words are a publication: a name in them is left and said in the receipt.
    published_works: tuple[str, ...] = ()

    def export(self, user) -> Section:
        """What belongs to `user`, and nothing that another person wrote or is named in."""
        return Section()

    def erase(self, leaving: Leaving) -> Iterable[ReceiptLine]:
        """Erase what is the person's; idempotent, inside a transaction of the caller."""
        return ()

    def settle(self, leaving: Leaving) -> None:
        """What is not in the database, once all that is has gone; idempotent, may be long."""

    def dependents(self, user) -> Iterable[Dependent]:
        """What would be left without anybody, did `user` leave."""
        return ()

    def count(self) -> int:
        """How many rows are kept today; 0 where there is nothing to count."""
        return 0

    def overdue(self, now) -> int:
        """How many rows are past their time at `now`; 0 where there is no retention."""
        return 0

    def forget(self, now) -> None:
        """Erase what is past its time at `now`; for categories without a job of their own."""


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
