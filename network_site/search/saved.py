"""Searches kept under a name: made and deleted by their owner, followed like the rest."""

from django.contrib.auth import get_user_model
from django.db import transaction

from network_site.notifications.models import Follow
from network_site.notifications.services import TooManyFollows, set_level
from network_site.registries.enums import Level
from network_site.registries.notifications import Target
from network_site.search import queries
from network_site.search.models import CRITERIA, SavedSearch, fingerprint_of

MOST_SAVED = 30
KIND = "search"


class NothingToSave(Exception):
    """The search has neither words nor filters, or words that find nothing by themselves."""


class AlreadySaved(Exception):
    """The person keeps the same search already."""


class TooManySaved(Exception):
    """The person keeps MOST_SAVED searches, or follows as much as one may."""


def kept_criteria(criteria):
    """What of the values of a SearchForm makes a question; its order of results does not."""
    return {
        "q": queries.clean(criteria["q"]),
        **{name: list(criteria[name]) for name in CRITERIA[1:]},
    }


def asks_something(criteria):
    """Whether a search by `criteria` can find anything in particular."""
    if criteria["q"]:
        return bool(queries.parse(criteria["q"]).clauses)
    return any(criteria[name] for name in CRITERIA[1:])


@transaction.atomic
def save_search(*, user, name, criteria):
    """Keep a search (the values of a SearchForm) and follow it in the summary.

    Returns the SavedSearch; raises NothingToSave, AlreadySaved, TooManySaved.
    """
    criteria = kept_criteria(criteria)
    if not asks_something(criteria):
        raise NothingToSave
    # One at a time for a person: the limit holds when two forms come together.
    get_user_model().objects.select_for_update().get(pk=user.pk)
    fingerprint = fingerprint_of(criteria)
    if user.saved_searches.filter(fingerprint=fingerprint).exists():
        raise AlreadySaved
    if user.saved_searches.count() >= MOST_SAVED:
        raise TooManySaved
    saved = SavedSearch.objects.create(
        user=user, name=name, criteria=criteria, fingerprint=fingerprint
    )
    try:
        set_level(user=user, target=target_of(saved), level=Level.SUMMARY)
    except TooManyFollows as error:
        raise TooManySaved from error
    return saved


@transaction.atomic
def delete_search(*, saved):
    """Keep a search no longer, nor what is asked of it."""
    target = target_of(saved)
    Follow.objects.filter(kind=target.kind, target=target.pk).delete()
    saved.delete()


def target_of(saved):
    return Target(KIND, str(saved.pk))
