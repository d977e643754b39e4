from django.conf import settings as django_settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.cards import card_of
from events.day_listing import next_day
from events.seats import seats_of
from network_site.catalogue import Catalogue
from network_site.core.languages import in_language
from network_site.core.own_forms import without_token
from network_site.home import front, member, pending
from network_site.home.models import Branding, HomePage
from network_site.pages.reader_cache import shared_by_readers
from network_site.pages.serving import serves


@serves(HomePage)
@shared_by_readers
def home(request, page):
    """The first screen: what the network is for, one box, four ways in, the map."""
    user = request.user
    catalogue = Catalogue(user)
    places, overseas, practice_count = front.map_places(catalogue)
    event = next_day(user, catalogue=catalogue)
    return render(
        request,
        "home/home_page.html",
        {
            "page": page,
            "places": places,
            "overseas": overseas,
            "practice_count": practice_count,
            "map_summary": front.map_summary(practice_count, places, overseas),
            "ways": front.ways(catalogue),
            "event": event,
            "event_card": card_of(event, url=event.get_url(request)) if event else None,
            "event_seats": seats_of(event) if event else None,
            "latest": front.latest(catalogue, request),
            "question": front.oldest_unanswered(catalogue),
            "editorial": front.editorial(user),
        },
    )


@login_required
def dashboard(request):
    """A member's own first screen: what waits, their days, threads and drafts, what is new."""
    return render(request, "home/dashboard.html", member.dashboard(request))


@login_required
def pending_list(request):
    """One list of what waits for a facilitator, a reviewer or an editor."""
    sections = pending.sections(request)
    if sections is None:
        raise PermissionDenied(
            _("This list is for the people who run the network or examine practices.")
        )
    return render(
        request,
        "home/pending_list.html",
        {"sections": sections, "total": sum(one["count"] for one in sections)},
    )


@without_token
@require_POST
def text_size(request):
    """Remember the reader's text size (s, m or l) for a year and return where they were."""
    following = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        following, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        following = "/"
    response = HttpResponseRedirect(following)
    size = request.POST.get("size", "")
    if size in {"s", "m", "l"}:
        response.set_cookie(
            "text_size",
            size,
            max_age=31_536_000,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response


def branding_css(request):
    """The two brand colours as custom properties."""
    settings = Branding.for_request(request)
    return HttpResponse(
        f":root{{--brand-ink:{settings.ink_colour};--brand-signal:{settings.signal_colour}}}",
        content_type="text/css",
    )


_NOT_FOR_CRAWLERS = ("/admin/", "/comptes/")


def robots_txt(request):
    """What crawlers may read."""
    address = request.build_absolute_uri(reverse("sitemap"))
    root = get_script_prefix().rstrip("/")
    lines = [
        "User-agent: *",
        *(
            f"Disallow: {root}{in_language(path, code)}"
            for path in _NOT_FOR_CRAWLERS
            for code, _name in django_settings.LANGUAGES
        ),
        f"Sitemap: {address}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
