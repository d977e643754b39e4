"""What a member wrote in the network, for one reader: never more than the reader may open."""

from dataclasses import dataclass

from forums.enums import ForumVisibility
from forums.models import Thread
from network_site.crossings.items import thread_item
from network_site.members import roles
from network_site.members.enums import FieldVisibility

MOST_THREADS = 5


@dataclass(frozen=True)
class Contributions:
    """Questions opened and questions answered, as lines of lists."""

    opened: list
    answered: list


def contributions_of(profile, reader, level=None):
    """What `profile` wrote that `reader` may open; with `level`, that such a reader would.

    Visitors read authors in the discussions without their family name: a sheet that named
    the same person beside their questions would undo it. None for them.
    """
    if level is None and not roles.is_member(reader):
        return None
    if level == FieldVisibility.EVERYONE:
        return None
    threads = Thread.objects.visible_to(reader).select_related("forum")
    if level is not None:
        # Somebody else's private spaces are not known: what every member reads.
        threads = threads.exclude(forum__visibility=ForumVisibility.GROUP)
    threads = threads.order_by("-last_post_at", "-pk")
    user = profile.user
    answered = (
        threads.filter(
            posts__author=user, posts__is_first=False, posts__is_hidden=False
        )
        .exclude(author=user)
        .distinct()
    )
    return Contributions(
        opened=[thread_item(one) for one in threads.filter(author=user)[:MOST_THREADS]],
        answered=[thread_item(one) for one in answered[:MOST_THREADS]],
    )
