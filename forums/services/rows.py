"""Pieces the actions share: the lock, the counters, who somebody was when they wrote."""

from django.db.models import Count, Max, Q

from forums.models import Post, Thread
from network_site.catalogue.marks import touch
from network_site.notifications.services import follow_by_taking_part
from network_site.registries.notifications import Target


def lock(thread):
    """Return the thread's row, locked until the end of the transaction."""
    return (
        Thread.objects.select_for_update(of=("self",))
        .select_related("forum")
        .get(pk=thread.pk)
    )


def recount(thread):
    """Compute the counters of a locked thread again, from the posts that are shown."""
    shown = Q(is_hidden=False)
    totals = Post.objects.filter(thread=thread).aggregate(
        answers=Count("pk", filter=shown & Q(is_first=False)),
        last=Max("created_at", filter=shown),
    )
    thread.answer_count = totals["answers"]
    thread.last_post_at = totals["last"] or thread.created_at


def follow(thread, author, level):
    """Whoever writes follows the thread from now on, as its page says at once."""
    if author is not None:
        follow_by_taking_part(
            user=author, target=Target("thread", str(thread.pk)), level=level
        )


def changed(thread):
    """Write down that search must read the thread again."""
    touch(thread)


def signature_of(user):
    """Return (name, function) of a person now: the post keeps them when they move on."""
    if user is None:
        return "", ""
    name = user.get_full_name()
    profile = getattr(user, "profile", None)
    if profile is None:
        return name, ""
    pieces = [
        profile.job_title,
        profile.organization_label,
        str(profile.territory) if profile.territory else "",
    ]
    return name[:200], ", ".join(filter(None, pieces))[:400]
