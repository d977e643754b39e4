"""What passes between the spaces: who rests on a text, what is said of it, where it is met.

Every function takes the reader and counts only what they may open.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from events.catalogue_source import DAY
from events.day_listing import ARE_COMING, ARE_PAST, LATEST, SOONEST
from events.models import EventPage
from forums.catalogue_source import THREAD
from forums.models import Thread
from good_practices.catalogue_source import PRACTICE
from good_practices.models import GoodPracticePage
from library.catalogue_source import KINDS as RECORDS
from library.models import RecordPage, RegulatoryTextPage, StudyPage
from network_site.catalogue import Catalogue, Filter
from network_site.catalogue.listing import shown
from network_site.pages.cards import page_cards
from network_site.pages.catalogue_source import PAGE
from network_site.pages.models import RelatedPage
from network_site.pages.visibility import visible_page_filter

SPACES = {
    "texts": (RegulatoryTextPage, StudyPage),
    "practices": (GoodPracticePage,),
    "events": (EventPage,),
}


def _space_of_type():
    return {
        ContentType.objects.get_for_model(model).pk: space
        for space, models in SPACES.items()
        for model in models
    }


def _linked(page_ids, user):
    """Yield (page id, linked page id, its content type id, the link, read from its end?)."""
    seen = set()
    for link in (
        RelatedPage.objects.filter(
            visible_page_filter(user, "target__"), page_id__in=page_ids
        )
        .select_related("target")
        .only("page_id", "target_id", "kind", "target__content_type_id")
        .order_by("pk")
    ):
        if (link.page_id, link.target_id) not in seen:
            seen.add((link.page_id, link.target_id))
            yield link.page_id, link.target_id, link.target.content_type_id
    for link in (
        RelatedPage.objects.filter(
            visible_page_filter(user, "page__"), target_id__in=page_ids
        )
        .select_related("page")
        .only("page_id", "target_id", "kind", "page__content_type_id")
        .order_by("pk")
    ):
        if (link.target_id, link.page_id) not in seen:
            seen.add((link.target_id, link.page_id))
            yield link.target_id, link.page_id, link.page.content_type_id


def cross_counts(page_ids, catalogue):
    """For each page: how many texts, practices, days and threads concern it, for the reader.

    Returns {page id: {"texts": n, "practices": n, "events": n, "threads": n}}, with a
    zero where there is none; asked of the catalogue alone.
    """
    page_ids = list(page_ids)
    linked = catalogue.neighbours("related", PAGE, page_ids)
    about = catalogue.neighbours("about", PAGE, page_ids)
    return {
        pk: {
            space: sum(by_page.get(pk, {}).get(kind, 0) for kind in kinds)
            for space, by_page, kinds in (
                ("texts", linked, RECORDS),
                ("practices", linked, (PRACTICE,)),
                ("events", linked, (DAY,)),
                ("threads", about, (THREAD,)),
            )
        }
        for pk in page_ids
    }


@dataclass
class Links:
    """What concerns one page in the spaces of the network, as one reader sees it."""

    texts: list = field(default_factory=list)
    practices: list = field(default_factory=list)
    events: list = field(default_factory=list)
    threads: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.texts or self.practices or self.events or self.threads)


def links_of(page, user, *, limit=12):
    """The texts, practices, days and threads that concern `page`, for `user`."""
    space_of = _space_of_type()
    found = defaultdict(list)
    for _pk, other, type_id in _linked([page.pk], user):
        if space := space_of.get(type_id):
            found[space].append(other)
    return Links(
        texts=texts(user, Q(pk__in=found["texts"]))[:limit] if found["texts"] else [],
        practices=practices(user, Q(pk__in=found["practices"]))[:limit]
        if found["practices"]
        else [],
        events=events(user, Q(pk__in=found["events"]))[:limit]
        if found["events"]
        else [],
        threads=list(threads(user).filter(about=page)[:limit]),
    )


def texts(user, condition):
    """Records that meet `condition` and that `user` may open, the most recent first."""
    return list(
        RecordPage.objects.visible_to(user)
        .filter(condition)
        .order_by("-document_date", "-pk")
        .select_related("publisher", "regulatorytextpage")[:40]
    )


def practices(user, condition):
    """Practices that meet `condition` and that `user` may open, the most recent first."""
    return list(
        GoodPracticePage.objects.visible_to(user)
        .filter(condition)
        .select_related("state", "measure")
        .with_places()
        .order_by("-started_year", "title", "pk")[:40]
    )


def events(user, condition):
    """Days that meet `condition` and that `user` may open, the latest first."""
    return list(
        EventPage.objects.visible_to(user)
        .filter(condition)
        .select_related("state")
        .order_by("-starts_at", "-pk")[:40]
    )


def threads(user):
    """Threads that `user` may read, the most recently active first."""
    return (
        Thread.objects.visible_to(user)
        .select_related("forum", "author")
        .order_by("-last_post_at", "-pk")
    )


@dataclass
class Gathering:
    """All that the network holds on a programme, for one reader."""

    texts: list
    text_count: int
    practices: list
    practice_count: int
    next_events: list
    past_events: list
    threads: list
    thread_count: int


def gather(user, programme, *, limit=6):
    """What concerns a programme: texts, practices, days, questions.

    A thread is on the programme of the page that it is about.
    """
    catalogue = Catalogue(user)
    filed = Filter("programme", [programme.pk])
    records, found, coming, past = pages_of(
        catalogue,
        texts_asked(catalogue, filed, number=limit),
        practices_asked(catalogue, filed, number=limit),
        days_asked(catalogue, ARE_COMING, filed, order=SOONEST, number=3),
        days_asked(catalogue, ARE_PAST, filed, order=LATEST, number=3),
    )
    open_threads = threads_of(catalogue, filed._replace(via="about"), number=limit)
    return Gathering(
        texts=records.rows,
        text_count=records.total,
        practices=found.rows,
        practice_count=found.total,
        next_events=coming.rows,
        past_events=past.rows,
        threads=open_threads.rows,
        thread_count=open_threads.total,
    )


@dataclass
class Found:
    """A few of the objects that the catalogue gave, and how many there are in all."""

    rows: list
    total: int


def texts_asked(catalogue, *filters, order=("-date", "-pk"), number):
    """Texts and studies that pass `filters`, the most recent first: an Answer."""
    return catalogue.ask(kinds=RECORDS, filters=filters, order=order, size=number)


def practices_asked(catalogue, *filters, order=("-begun", "title"), number):
    """Practices that pass `filters`, the last begun first: an Answer."""
    return catalogue.ask(kinds=(PRACTICE,), filters=filters, order=order, size=number)


def days_asked(catalogue, *filters, order, number):
    """Days that pass `filters`: an Answer."""
    return catalogue.ask(kinds=(DAY,), filters=filters, order=order, size=number)


def pages_of(catalogue, *answers):
    """The PageCards of several answers, a Found for each, in one statement."""
    cards = page_cards(catalogue, {pk for one in answers for pk in one.object_ids})
    return [
        Found([cards[pk] for pk in one.object_ids if pk in cards], one.total)
        for one in answers
    ]


def threads_of(catalogue, *filters, order=("-last", "-pk"), number):
    """Threads that pass `filters`, the last to have moved first: Found."""
    rows = Thread.objects.select_related("forum")
    answer = catalogue.ask(kinds=(THREAD,), filters=filters, order=order, size=number)
    return Found(shown(rows, answer.object_ids, catalogue.user), answer.total)
