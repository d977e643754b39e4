"""What the catalogue holds of a thread, and who enters its space."""

from django.utils.translation import gettext_lazy as _

from forums.enums import ThreadKind, ThreadState
from forums.models import Forum, Thread
from forums.permissions import can_view_forum
from network_site.catalogue.gates import gate
from network_site.catalogue.kept import kept
from network_site.catalogue.registry import (
    Built,
    Facet,
    Right,
    Source,
    Term,
    Vocabulary,
    Watch,
    add_facets,
    add_vocabulary,
    derived_facet,
    source,
)
from network_site.pages.catalogue_source import PAGE

THREAD = "thread"
ROOT = "forums.thread"
PREFIX = "f/"
# What a thread says of itself: whether it waits for an answer hangs on its space too.
_WAITING = "waiting"


def _forums():
    return [
        Term(pk, slug, None, name, name_en, "archived" if is_archived else "open")
        for pk, slug, name, name_en, is_archived in Forum.objects.values_list(
            "pk", "slug", "name", "name_en", "is_archived"
        )
    ]


add_vocabulary(Vocabulary("forum", (Forum,), _forums, is_flat=True))
add_facets(
    Facet("forum", vocabulary="forum"),
    Facet("thread_standing"),
    Facet("about", model=PAGE),
)


@kept("forum_doors", Forum)
def doors():
    """Forums, with what says who enters them."""
    return list(Forum.objects.only("visibility", "group_id").order_by())


@gate
def closed_forums(user):
    """The spaces that a reader may not enter."""
    return [
        f"{PREFIX}{forum.pk}/" for forum in doors() if not can_view_forum(user, forum)
    ]


@source
class ThreadSource(Source):
    """Threads: shown unless hidden, each behind the gate of its space."""

    root = ROOT
    kinds = (THREAD,)
    labels = {THREAD: _("Threads")}
    right = Right(
        Thread,
        "NOT {row}.is_hidden",
        f"'{PREFIX}' || {{row}}.forum_id || '/'",
        ("is_hidden", "forum_id"),
    )
    watches = (
        Watch(
            Thread,
            "id",
            (
                "title",
                "forum_id",
                "kind",
                "about_id",
                "is_locked",
                "is_hidden",
                "accepted_post_id",
                "answer_count",
                "created_at",
                "last_post_at",
            ),
        ),
        Watch(Thread.themes.through, "thread_id"),
    )

    def ids(self):
        return Thread.objects.order_by().values_list("pk", flat=True)

    def build(self, ids):
        themes = {}
        for thread, theme in (
            Thread.themes.through.objects.filter(thread_id__in=ids)
            .order_by("pk")
            .values_list("thread_id", "theme_id")
        ):
            themes.setdefault(thread, []).append(theme)
        for thread in Thread.objects.filter(pk__in=ids).order_by():
            yield Built(
                thread.pk,
                THREAD,
                f"{PREFIX}{thread.forum_id}/",
                not thread.is_hidden,
                title=thread.title,
                facets={
                    "theme": themes.get(thread.pk, []),
                    "forum": [thread.forum_id],
                    "about": [thread.about_id] if thread.about_id else [],
                    "thread_standing": [_standing(thread)],
                },
                keys={
                    "opened": thread.created_at.timestamp(),
                    "last": thread.last_post_at.timestamp(),
                },
            )


def _standing(thread):
    if thread.kind != ThreadKind.QUESTION:
        return ThreadState.DISCUSSION.value
    if thread.accepted_post_id:
        return ThreadState.SOLVED.value
    if thread.answer_count:
        return ThreadState.ANSWERED.value
    return "closed" if thread.is_locked else _WAITING


@derived_facet("thread_state")
def states(catalogue):
    """Where a thread stands: no answer is waited for in a space that is archived
    (ThreadQuerySet.unanswered)."""
    found = {
        state.value: catalogue.having("thread_standing", [state.value])
        for state in ThreadState
    }
    still_open = [
        term.pk for term in catalogue.terms("forum") if term.kind != "archived"
    ]
    found[ThreadState.UNANSWERED.value] = catalogue.having(
        "thread_standing", [_WAITING]
    ) & catalogue.having("forum", still_open)
    return found
