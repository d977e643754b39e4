"""What passes between the spaces: who rests on a text, what is said of it, where it is met.

Every function takes the reader and counts only what they may open.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q

from events.models import EventPage
from forums.models import Thread
from good_practices.models import GoodPracticePage
from library.models import RecordPage, RegulatoryTextPage, StudyPage
from network_site.members.models import ContactPoint, Organization
from network_site.pages.filters import about_theme, in_territory, of_programme
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


def cross_counts(page_ids, user):
    """For each page: how many texts, practices, days and threads concern it, for `user`.

    Returns {page id: {"texts": n, "practices": n, "events": n, "threads": n}}, with a
    zero where there is none; three queries whatever the number of pages.
    """
    page_ids = list(page_ids)
    counts = {
        pk: {"texts": 0, "practices": 0, "events": 0, "threads": 0} for pk in page_ids
    }
    if not page_ids:
        return counts
    space_of = _space_of_type()
    for pk, _other, type_id in _linked(page_ids, user):
        space = space_of.get(type_id)
        if space:
            counts[pk][space] += 1
    threads = (
        Thread.objects.visible_to(user)
        .filter(about_id__in=page_ids)
        .order_by()
        .values_list("about_id")
        .annotate(Count("pk"))
    )
    for pk, number in threads:
        counts[pk]["threads"] = number
    return counts


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
        .prefetch_related("territory_links__territory")
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
    """All that the network holds on a theme, a territory or a programme, for one reader."""

    texts: list
    text_count: int
    practices: list
    practice_count: int
    next_events: list
    past_events: list
    threads: list
    thread_count: int
    organizations: list
    contact_points: list


def gather(user, *, theme=None, territory=None, programme=None, limit=6):
    """What concerns a term, in the five-minute order: texts, practices, day, questions, contact.

    On a territory, the texts filed under the places it lies in are added: they apply there.
    """
    condition = Q()
    organizations = Organization.objects.listed()
    contacts = ContactPoint.objects.select_related("organization", "territory")
    thread_list = threads(user)
    text_condition = None
    if theme is not None:
        condition &= about_theme(theme)
        organizations = organizations.filter(themes__path__startswith=theme.path)
        contacts = contacts.filter(themes__path__startswith=theme.path)
        thread_list = thread_list.filter(themes__path__startswith=theme.path)
    if programme is not None:
        condition &= of_programme(programme)
        organizations = organizations.none()
        contacts = contacts.none()
        thread_list = thread_list.filter(of_programme(programme, "about__"))
    if territory is not None:
        condition &= in_territory(territory)
        above = [place.pk for place in ancestors(territory)]
        text_condition = condition | Q(territory_links__territory__in=above)
        organizations = organizations.filter(
            Q(territory=territory)
            | Q(territory__parent=territory)
            | Q(territory__parent__parent=territory)
            | Q(territory__in=above)
        )
        contacts = contacts.filter(Q(territory=territory) | Q(territory__in=above))
        thread_list = thread_list.filter(in_territory(territory, "about__"))
    records = RecordPage.objects.visible_to(user).filter(text_condition or condition)
    practice_list = GoodPracticePage.objects.visible_to(user).filter(condition)
    days = EventPage.objects.visible_to(user).filter(condition).select_related("state")
    return Gathering(
        texts=list(
            records.select_related("publisher", "regulatorytextpage")
            .order_by("-document_date", "-pk")
            .distinct()[:limit]
        ),
        text_count=records.distinct().count(),
        practices=list(
            practice_list.select_related("state", "measure")
            .prefetch_related("territory_links__territory")
            .order_by("-started_year", "title", "pk")[:limit]
        ),
        practice_count=practice_list.count(),
        next_events=list(days.upcoming()[:3]),
        past_events=list(days.past()[:3]),
        threads=list(thread_list.distinct()[:limit]),
        thread_count=thread_list.distinct().count(),
        organizations=list(
            organizations.select_related("territory")
            .order_by("name", "pk")
            .distinct()[: limit * 2]
        ),
        contact_points=list(contacts.distinct().order_by("label", "pk")[:limit]),
    )


def ancestors(territory):
    """The places `territory` lies in, the nearest first."""
    found = []
    place = territory.parent
    while place is not None:
        found.append(place)
        place = place.parent
    return found
