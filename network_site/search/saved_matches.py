"""What is new is looked for in the saved searches, each distinct question once.

The job reads the items noted for a day, waits until the index knows what they are about, puts
every question to these objects alone, with the rights of those who ask, and hands what answers
to the notifications. An item is looked for once, whatever is saved afterwards.
"""

from collections import defaultdict
from datetime import timedelta

from django.utils import timezone

from network_site.notifications.audience import deliver, people
from network_site.notifications.items import happenings
from network_site.notifications.models import Follow, Item
from network_site.pages.visibility import ALL
from network_site.registries.enums import Level
from network_site.search.keys import object_key
from network_site.search.models import SavedSearch, SearchedItem
from network_site.search.saved import KIND, target_of
from network_site.search.services import Among, tokens_in

# What the index has not met after a day is not in it.
PATIENCE = timedelta(days=1)
# Those who follow the item's own targets are told first.
HEAD_START = timedelta(minutes=2)
MOST_ITEMS = 500


def look_for_new(now=None):
    """Tell the owners of saved searches what newly answers; return how many items were looked for.

    Raises IndexUnavailable: the same items are looked for at the next run.
    """
    now = now or timezone.now()
    items = list(
        Item.objects.filter(
            searched=None,
            created_at__gte=now - PATIENCE,
            created_at__lte=now - HEAD_START,
        ).order_by("pk")[:MOST_ITEMS]
    )
    if not items:
        return 0
    found, done = happenings(items), []
    by_key = defaultdict(list)
    for item in items:
        happening = found.get(item.pk)
        if happening is None:
            # Gone, or unreadable for now: the second stands in `found` without a value.
            if item.pk not in found:
                done.append(item)
            continue
        thing = happening.kind.new_in_search(happening.obj)
        if thing is None:
            done.append(item)
        else:
            by_key[object_key(thing)].append(happening)
    if by_key:
        among = Among(by_key)
        ready = {key: by_key[key] for key in among.keys}
        for happening, matched in _matches(among, ready):
            deliver(happening, matched, now)
        done += [one.item for those in ready.values() for one in those]
    SearchedItem.objects.bulk_create(
        [SearchedItem(item=item) for item in done], ignore_conflicts=True
    )
    return len(done)


def _matches(among, ready):
    """(happening, {user's pk: {Target}}) for each that answers somebody's search."""
    matched = defaultdict(lambda: defaultdict(set))
    # What not even an administrator finds, nobody does.
    answered = [
        searches
        for searches in _questions()
        if among.answering(tokens=frozenset({ALL}), **searches[0].asked)
    ]
    owners = people({one.user_id for searches in answered for one in searches})
    for searches in answered:
        for saved, keys in _answers(among, searches, owners):
            for key in keys:
                matched[key][saved.user_id].add(target_of(saved))
    for key, those in matched.items():
        for happening in ready[key]:
            yield happening, those


def _questions():
    """The searches that are followed, by lists of those that ask the same."""
    followed = set(
        Follow.objects.filter(
            kind=KIND, level__in=[Level.ALL, Level.SUMMARY]
        ).values_list("user_id", "target")
    )
    questions = defaultdict(list)
    for saved in SavedSearch.objects.order_by("pk").iterator():
        if (saved.user_id, str(saved.pk)) in followed:
            questions[saved.fingerprint].append(saved)
    return questions.values()


def _answers(among, searches, owners):
    """(search, keys that its owner finds) among searches that ask the same."""
    by_rights = {}
    for saved in searches:
        owner = owners.get(saved.user_id)
        if owner is None:
            continue
        tokens = tokens_in(owner.tokens, owner.user.language)
        if tokens not in by_rights:
            by_rights[tokens] = among.answering(tokens=tokens, **saved.asked)
        yield saved, by_rights[tokens]
