"""A member's own first screen."""

from django.utils import timezone

from events.enums import RegistrationStatus
from events.models import EventPage, Registration
from forums.models import Thread
from good_practices.models import GoodPracticePage
from library.models import RecordPage
from network_site.crossings import items
from network_site.home import front, pending
from network_site.members import roles
from network_site.members.models import Profile
from network_site.pages.filters import about_theme


def dashboard(request):
    """The context of the dashboard for the reader of `request`."""
    user = request.user
    profile = (
        Profile.objects.select_related("organization", "territory")
        .prefetch_related("themes")
        .filter(user=user)
        .first()
    )
    sections = pending.sections(user)
    return {
        "profile": profile,
        "is_member": roles.is_member(user),
        "waiting": [one for one in sections or [] if one["count"]],
        "is_in_charge": sections is not None,
        "registrations": registrations(user),
        "threads": threads(user),
        "drafts": drafts(user),
        "next_event": front.next_event(user),
        "news": news(user, profile, request),
    }


def registrations(user):
    """The days to come at which `user` has a place or waits for one, the next first."""
    return list(
        Registration.objects.filter(user=user, event__ends_at__gt=timezone.now())
        .exclude(status=RegistrationStatus.CANCELLED)
        .select_related("event__state")
        .order_by("event__starts_at", "pk")[:10]
    )


def threads(user):
    """The threads that `user` opened or answered, the most recently active first."""
    return list(
        Thread.objects.visible_to(user)
        .filter(pk__in=user.posts.values("thread"))
        .select_related("forum")
        .order_by("-last_post_at", "-pk")[:8]
    )


def drafts(user):
    """The practices that `user` began and that are not published yet."""
    return list(
        GoodPracticePage.objects.filter(owner=user, live=False).order_by(
            "-latest_revision_created_at", "-pk"
        )[:10]
    )


def news(user, profile, request, number=4):
    """The newest texts and practices on the member's themes, or on all of them."""
    chosen = list(profile.themes.all()) if profile else []
    texts = RecordPage.objects.visible_to(user)
    practices = GoodPracticePage.objects.visible_to(user)
    if chosen:
        condition = about_theme(chosen[0])
        for theme in chosen[1:]:
            condition |= about_theme(theme)
        texts, practices = texts.filter(condition), practices.filter(condition)
    texts = texts.order_by("-first_published_at", "-pk")[:number]
    practices = practices.order_by("-first_published_at", "-pk").prefetch_related(
        "territory_links__territory"
    )[:number]
    return {
        "texts": [items.text_item(one, request) for one in texts],
        "practices": [items.practice_item(one, request) for one in practices],
        "events": [
            items.event_item(one, request)
            for one in EventPage.objects.visible_to(user).upcoming()[:number]
        ],
        "is_personal": bool(chosen),
    }
