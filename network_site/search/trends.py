"""What people look for in vain, and what led them to a record: counted, never followed.

A week is counted under a key that is thrown away with it: who asked is a mark made with
that key, kept to count a person once. When the week is over the key, the marks and every
question of fewer than three people are erased; before that such a question is shown to
nobody. (CNIL: audience measurement limited to anonymous statistics.)
"""

import hashlib
import hmac
import logging
import re
import secrets
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from network_site.search import analysis, queries
from network_site.search.models import CountingKey, QueryCount, QueryTrace

logger = logging.getLogger(__name__)

# Below this number of people a question says something of someone.
LEAST_PEOPLE = 3
LONGEST_QUERY = 80
SHORTEST_QUERY = 2
KEPT_WEEKS = 52
# A week's questions: beyond it, somebody is playing with the counters.
MOST_IN_A_WEEK = 20_000
# What looks like an address or a number of a person is not written down at all.
_PERSONAL = re.compile(r"@|\d(?:[ .-]?\d){7,}")


def week_of(now):
    """The Monday of the week of `now`, in local time."""
    day = timezone.localdate(now)
    return day - timedelta(days=day.weekday())


def normalised(text: str) -> str:
    """The question as it is counted: "" when it must not be."""
    text = queries.clean(text)
    if _PERSONAL.search(text):
        return ""
    text = analysis.fold_whole(text)
    return text if SHORTEST_QUERY <= len(text) <= LONGEST_QUERY else ""


def count_unanswered(*, text, person="", place="", now=None):
    """Somebody found nothing for `text`.

    `person`: text that tells whoever has an account from others, "" for a visitor; `place`:
    where they ask from. Whoever asks from one place without an account is one person, and the
    same as the one who asks from there with theirs: nothing that a browser sends of itself
    makes two of one.
    """
    _count(text, "", person, place, now or timezone.now())


def count_opened(*, text, object_key, person="", place="", now=None):
    """Somebody opened the object of that key among the results of `text`; as above."""
    _count(text, object_key, person, place, now or timezone.now())


def _count(text, object_key, person, place, now):
    query = normalised(text)
    if not query:
        return
    week = week_of(now)
    try:
        with transaction.atomic():
            if not QueryCount.objects.filter(
                week=week, query=query, object_key=object_key
            ).exists() and (
                QueryCount.objects.filter(week=week).count() >= MOST_IN_A_WEEK
            ):
                return
            counted, _new = QueryCount.objects.get_or_create(
                week=week, query=query, object_key=object_key
            )
            is_new = _is_another(counted, person, place)
            QueryCount.objects.filter(pk=counted.pk).update(
                times=F("times") + 1, people=F("people") + int(is_new)
            )
    except DatabaseError as error:
        # A statistic must never cost an answer.
        logger.warning("A question was not counted: %s", error)


def _is_another(counted, person, place):
    """Whether this is nobody who was counted already; keeps their mark."""
    traces = QueryTrace.objects.filter(counted=counted)
    if not person:
        if traces.filter(person=_mark(counted.week, f"known:{place}")).exists():
            return False
        return _keep(counted, f"visitor:{place}")
    is_new = _keep(counted, f"person:{person}")
    if place:
        _keep(counted, f"known:{place}")
        # The visitor who was counted there may be this very person.
        before = traces.filter(person=_mark(counted.week, f"visitor:{place}"))
        if is_new and before.delete()[0]:
            return False
    return is_new


def _keep(counted, who):
    """Keep the mark of `who`; returns whether it is a new one."""
    _trace, is_new = QueryTrace.objects.get_or_create(
        counted=counted, person=_mark(counted.week, who)
    )
    return is_new


def _mark(week, person):
    key, _new = CountingKey.objects.get_or_create(
        week=week, defaults={"key": secrets.token_hex(32)}
    )
    return hmac.new(
        key.key.encode(), person.encode(errors="replace"), hashlib.sha256
    ).hexdigest()[:32]


def close_weeks(now=None):
    """Erase what only served to count the weeks that are over, and what few people asked."""
    week = week_of(now or timezone.now())
    with transaction.atomic():
        over = QueryCount.objects.filter(week__lt=week)
        QueryTrace.objects.filter(counted__week__lt=week).delete()
        over.filter(people__lt=LEAST_PEOPLE).delete()
        over.filter(week__lt=week - timedelta(weeks=KEPT_WEEKS)).delete()
        CountingKey.objects.filter(week__lt=week).delete()


def shown():
    """The counts that may be shown."""
    return QueryCount.objects.filter(people__gte=LEAST_PEOPLE)


def unanswered():
    """The questions that found nothing, the latest week first, the most asked first."""
    return shown().filter(object_key="").order_by("-week", "-people", "query", "pk")


def leading_to(object_key):
    """The questions that led to an object."""
    return shown().filter(object_key=object_key).order_by("-people", "query", "pk")
