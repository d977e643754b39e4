"""The lists of threads, of all spaces or of one: their filters."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from forums.catalogue_source import THREAD
from forums.enums import ThreadState
from forums.models import Forum
from network_site.catalogue import Filter
from network_site.catalogue.listing import Kind, Listing, TermFacet, WordFacet


def forums_of(catalogue):
    """The spaces that the reader may enter, each with its `reader_count` and `thread_count`."""

    def read():
        counts = catalogue.ask(kinds=(THREAD,), size=0, counts=("forum",)).counts
        forums = list(
            Forum.objects.visible_to(catalogue.user)
            .annotate(reader_count=Count("group__user", distinct=True))
            .order_by("position", "name", "pk")
        )
        for forum in forums:
            forum.thread_count = counts["forum"].get(forum.pk, 0)
        return forums

    return catalogue.kept("forums", read)


def _spaces(catalogue):
    return [(forum.slug, forum.pk, forum.label) for forum in forums_of(catalogue)]


_SPACE = WordFacet("espace", _("Space"), _spaces, facet="forum", radio=True)
_OTHERS = (
    WordFacet(
        "etat", _("State"), ThreadState.choices, facet="thread_state", radio=True
    ),
    TermFacet("theme", _("Theme"), radio=True),
)
_ORDERS = {"recent": (("-last", "-pk"), _("The last to have moved first"))}
ALL_THREADS = Kind((THREAD,), (_SPACE, *_OTHERS), _ORDERS, "discussion")
THREADS_OF_ONE = Kind((THREAD,), _OTHERS, _ORDERS, "discussion")


def threads_asked(data, user, forum=None):
    """The Listing of threads that an address asks for, in one space or in all."""
    if forum is None:
        return Listing(ALL_THREADS, data, user)
    return Listing(THREADS_OF_ONE, data, user, fixed=[Filter("forum", [forum.pk])])
