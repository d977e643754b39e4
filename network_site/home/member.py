"""A member's own first screen."""

from functools import partial

from django.template.loader import render_to_string

from events.day_listing import next_day as events_next_day
from events.services import registrations_of
from forums.models import Thread
from good_practices.models import GoodPracticePage
from network_site.catalogue import Catalogue, Filter
from network_site.home import front, pending
from network_site.members import roles
from network_site.members.models import Profile
from network_site.notifications.bell import newest_of
from network_site.notifications.models import MailSettings
from network_site.pages.reader_cache import shared_piece


def dashboard(request):
    """The context of the dashboard for the reader of `request`."""
    user = request.user
    profile = (
        Profile.objects.select_related("organization")
        .prefetch_related("themes")
        .filter(user=user)
        .order_by()
        .first()
    )
    sections = pending.sections(request)
    places = registrations(user, request)
    return {
        "told": newest_of(request),
        "is_welcomed": MailSettings.objects.filter(user=user)
        .exclude(onboarded_at=None)
        .exists(),
        "profile": profile,
        "is_member": roles.is_member(user),
        "waiting": [one for one in sections or [] if one["count"]],
        "is_in_charge": sections is not None,
        "registrations": places,
        "threads": threads(user),
        "drafts": drafts(user),
        "next_event": None if places else next_day(request),
        "news": news(profile, request),
    }


def next_day(request):
    """The next day that the reader may open, as {title, url, starts_at}; or None."""

    def build():
        event = events_next_day(request.user)
        return event and {
            "lang": event.lang,
            "title": event.title,
            "url": event.get_url(request),
            "starts_at": event.starts_at,
        }

    return shared_piece(request, "next-day", build)


def registrations(user, request):
    """The days to come at which `user` has a place or waits for one, the next first."""
    found = list(
        registrations_of(user)
        # A row of a page is wide, and one asks for its columns at each drawing.
        .only(
            "status",
            "event__title",
            "event__lang",
            "event__url_path",
            "event__starts_at",
        )[:10]
    )
    for one in found:
        # The address of a page asks for the site it lies in.
        one.event_url = shared_piece(
            request, f"url-{one.event_id}", partial(one.event.get_url, request)
        )
    return found


def threads(user):
    """The threads that `user` opened or answered, the most recently active first."""
    return list(
        Thread.objects.visible_to(user)
        .filter(pk__in=user.posts.values("thread"))
        .select_related("forum")
        .only("title", "slug", "last_post_at", "answer_count", "forum__name")
        .order_by("-last_post_at", "-pk")[:8]
    )


def drafts(user):
    """The practices that `user` began and that are not published yet."""
    return list(
        GoodPracticePage.objects.filter(owner=user, live=False)
        .only("title", "lang", "live", "content_type", "latest_revision_created_at")
        .prefetch_workflow_states()
        .order_by("-latest_revision_created_at", "-pk")[:10]
    )


def news(profile, request):
    """The newest texts and practices on the member's themes, or on all of them, as `rows`.

    Drawn once for the readers with the same rights who chose the same themes.
    """
    chosen = list(profile.themes.all()) if profile else []
    name = "-".join(["news", *sorted(str(theme.pk) for theme in chosen)])
    return {
        "rows": shared_piece(
            request,
            name,
            lambda: render_to_string(
                "home/_news.html", _news_on(chosen, request.user, request)
            ),
        ),
        "is_personal": bool(chosen),
    }


def _news_on(chosen, user, request, number=4):
    filters = [Filter("theme", [theme.pk for theme in chosen])] if chosen else []
    return front.newest(Catalogue(user), request, number, *filters)
