"""What can be told, and what can be followed: each app declares it in `notifications.py`.

The contract is told in docs/features/notifications.md. This module knows no space: they come
to it.

- a `Notification` is a mail with a name, a category, and whether a member may switch it off;
- an `ItemNotification` is something that happens in a space: it reaches those who follow one of
  its targets, at once, in a summary, or on the site only, and each of them once;
- a `Followable` is a kind of thing one may follow, with one of four levels (enums.Level).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from network_site.registries.enums import (
    Category,
    Level,
    Reason,
)


class Target(NamedTuple):
    """Something that is followed: a kind of the registry and its object, as text."""

    kind: str
    pk: str

    def __str__(self):
        return f"{self.kind}:{self.pk}"

    @classmethod
    def parse(cls, text):
        """The target written "kind:pk"; raises ValueError for anything else."""
        kind, found, pk = text.partition(":")
        if not (kind and found and pk):
            raise ValueError(text)
        return cls(kind, pk)


@dataclass(frozen=True)
class Line:
    """An item as one line of a list, a summary or a mail.

    `mark` is the sign of its space (texte, pratique, journee, discussion), `what` says in two
    words what happened ("New text"), `context` one line that helps to decide whether to
    open it, `theme` the label it is grouped under ("" when it has none), `day` the one it is about,
    which the subject of a mail names.
    """

    mark: str
    what: str
    title: str
    path: str
    context: str = ""
    theme: str = ""
    lang: str = "fr"
    occurred_at: datetime | None = None
    day: datetime | None = None


class Notification:
    """A mail of the network; subclasses are registered with @notification.

    Its words stand in templates/emails/<name with "/">_{subject.txt,body.txt,body.html}.
    """

    # "events.registration_confirmed": the app's label and a name.
    name: str
    category: Category
    # What it is and who receives it, for the settings page and the documentation.
    label: str
    audience: str = ""
    # What somebody needs for something they asked for is never switched off.
    can_be_switched_off = False
    # The roles (members.roles) whose people alone receive it; empty: anybody may.
    for_roles: tuple[str, ...] = ()

    @property
    def template(self):
        return self.name.replace(".", "/")


class InCatalogue(NamedTuple):
    """How the catalogue tells whether a reader may still be told of an item, without loading it.

    - `root`: the model under which the catalogue holds what the item is about;
    - `objects`: a queryset of the objects that may still be told of, where the entry is not
      that of the object itself or does not say it; `columns` lead from one of them to the
      numbers of the one or two entries that the reader must be able to read;
    - `mask(catalogue)`: of the entries that may still be told of, where not all may;
    - `for_members`: members of the network only are told.
    """

    root: str
    objects: object = None
    columns: tuple[str, ...] = ("pk",)
    mask: Callable | None = None
    for_members: bool = False


class ItemNotification(Notification):
    """Something that happens in a space. Methods are called for many objects at a time."""

    can_be_switched_off = True

    def load(self, ids) -> Mapping[int, object]:
        """{pk: object} with all that the methods below read, in a constant number of queries.

        What is gone, hidden or unpublished is left out: nobody is told of it any more.
        """
        raise NotImplementedError

    def tokens(self, obj) -> frozenset:
        """Who may read `obj`, as in search: holders of one of these tokens."""
        raise NotImplementedError

    def in_catalogue(self) -> InCatalogue | None:
        """What answers in the place of `load` and `tokens` where items are only counted.

        It must say the same; None where the catalogue does not hold such objects.
        """
        return

    def targets(self, obj) -> Iterable[Target]:
        """All that one may follow in order to hear of `obj`."""
        raise NotImplementedError

    def addressed_to(self, obj) -> Mapping[int, Reason]:
        """People it concerns by itself: {user's pk: Reason.MENTION or Reason.OWN}."""
        return {}

    def new_in_search(self, obj):
        """The object of the search index that is new with `obj`: saved searches are told of it.

        None where something happens to what could be found already.
        """
        return

    def line(self, obj) -> Line:
        """How it reads in a list, on the site."""
        raise NotImplementedError

    def mail_line(self, obj) -> Line:
        """How it reads in a mail; a space that wants no content in mails says less here."""
        return self.line(obj)

    def mail_context(self, obj) -> dict:
        """More for the templates of its own mail (the text of a post, the day's hours)."""
        return {}

    def mail_headers(self, obj) -> dict:
        """Message-ID, In-Reply-To, References… of its own mail, where it has any."""
        return {}


class Followable:
    """A kind of thing that can be followed; subclasses are registered with @followable."""

    # "theme", "forum": at most 16 characters.
    kind: str
    # The most precise setting decides: a thread (50) over its space (40) over a theme (20).
    precision: int = 20
    # The words before the four levels: "Follow this theme".
    verb: str
    # The words before the level that is set: "You follow this theme".
    following: str = _("You follow it")
    # What they are together, in the list of what a member follows.
    plural: str = _("Others")
    # What following at the level of this code brings, when a member asks without choosing.
    default_level = Level.SUMMARY
    # Only its owner may see it (a saved search); otherwise people with the same rights see the
    # same, and what it is called is read once for all of them.
    is_personal = False

    def load(self, pks, user) -> Mapping[str, object]:
        """{pk as text: object} of those that `user` may see."""
        raise NotImplementedError

    def label(self, obj) -> str:
        return str(obj)

    def mail_label(self, obj) -> str:
        """What it is called in a mail; a space that wants no content in mails says less."""
        return self.label(obj)

    def url(self, obj) -> str:
        return obj.get_absolute_url()


_notifications: dict[str, Notification] = {}
_followables: dict[str, Followable] = {}


def notification(cls):
    """Register a Notification class under its name."""
    _notifications[cls.name] = cls()
    return cls


def followable(cls):
    """Register a Followable class under its kind."""
    _followables[cls.kind] = cls()
    return cls


def notifications() -> list[Notification]:
    return [_notifications[name] for name in sorted(_notifications)]


def notification_named(name) -> Notification | None:
    return _notifications.get(name)


def item_notification(name) -> ItemNotification | None:
    """The declared kind of item, None when the app no longer declares it."""
    found = _notifications.get(name)
    return found if isinstance(found, ItemNotification) else None


def followable_of(kind) -> Followable | None:
    return _followables.get(kind)
