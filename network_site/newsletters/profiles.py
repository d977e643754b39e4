"""Three real readers who get different mails, for the composer to look through their eyes."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.members import roles
from network_site.newsletters.audience import (
    members_to_write,
    subscribers_to_write,
)
from network_site.newsletters.contents import beginning
from network_site.newsletters.letter import LetterWriter, Recipient


@dataclass(frozen=True)
class Profile:
    """One of the three: named by role, never by name.

    `hidden` are the titles of what they do not see, `exists` whether there is such a reader.
    """

    key: str
    label: str
    recipient: Recipient
    hidden: tuple = ()
    shown_count: int = 0
    exists: bool = True
    receives: bool = True


def profiles_of(issue, now=None):
    """The three Profiles of `issue`, and the LetterWriter that writes to them."""
    now = now or timezone.now()
    writer = LetterWriter(issue)
    groups = _groups_that_matter(writer)
    members = members_to_write(issue, now)
    ordinary = members.exclude(groups__in=groups).first() if groups else members.first()
    subscriber = subscribers_to_write(issue).first()
    found = [
        _profile(
            "subscriber",
            _("A person subscribed without an account"),
            Recipient.of_subscription(subscriber) if subscriber else Recipient(""),
            writer,
            exists=subscriber is not None,
        ),
        _profile(
            "member",
            _("A member of the network"),
            _of_user(ordinary),
            writer,
            exists=ordinary is not None,
        ),
    ]
    label, other = _other(members, groups, ordinary)
    found.append(
        _profile("other", label, _of_user(other), writer, exists=other is not None)
    )
    return found, writer


def _groups_that_matter(writer):
    """The groups beside the members' that open a piece of the issue."""
    pks = [
        int(token.rpartition(":")[2])
        for token in writer.contents.tokens
        if token.startswith(("group:", "member-group:"))
    ]
    return list(Group.objects.filter(pk__in=pks).exclude(role__code=roles.MEMBERS))


def _other(members, groups, ordinary):
    """The member who sees most; without private pieces, one who reads in English."""
    if groups:
        user = (
            members.filter(groups__in=groups)
            .annotate(
                opened=Count("groups", filter=Q(groups__in=groups), distinct=True)
            )
            .order_by("-opened", "pk")
            .first()
        )
        names = (
            ", ".join(
                user.groups.filter(pk__in=[group.pk for group in groups])
                .order_by("name")
                .values_list("name", flat=True)
            )
            if user
            else groups[0].name
        )
        return _("A member of the group “%(name)s”") % {"name": names}, user
    user = members.exclude(pk=ordinary.pk if ordinary else None)
    english = user.filter(language="en").first()
    if english is not None:
        return _("A member who reads the site in English"), english
    return (
        _("A facilitator of the network"),
        user.filter(groups__role__code=roles.FACILITATORS).first(),
    )


def _of_user(user):
    if user is None:
        return Recipient("")
    roles.remember_groups([user])
    return Recipient.of_user(user)


def _profile(key, label, recipient, writer, *, exists):
    seen = writer.sees(recipient)
    hidden = tuple(
        dict.fromkeys(
            piece.title or _("the text “%(words)s”") % {"words": beginning(piece)}
            for piece in writer.contents.pieces
            if piece not in seen
        )
    )
    return Profile(
        key=key,
        label=label,
        recipient=recipient,
        hidden=hidden,
        shown_count=sum(not piece.is_intro for piece in seen),
        exists=exists,
        receives=writer.may_read(recipient),
    )
