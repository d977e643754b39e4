"""Pieces the actions share: the lock, the counters, who somebody was when they wrote."""

import re
import unicodedata

from django.db.models import Count, Max, Q

from forums.models import Post, Thread
from network_site.core.outbox import emit

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
# Marks that make text run the other way: a title could show something else than it says.
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def clean_body(text):
    """Return the text as it is kept: one kind of line end, no control characters (no XML
    may carry them), composed accents."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()


def clean_title(text):
    """Return a title on one line, without control or direction characters."""
    text = _DIRECTION.sub("", _CONTROL.sub(" ", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


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


def changed(thread):
    """Write down that search must read the thread again."""
    emit("object.changed", model=Thread._meta.label_lower, pk=thread.pk)


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
