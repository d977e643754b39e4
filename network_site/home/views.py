from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from network_site.home.models import Branding


def home(request, page):
    """The home page."""
    return render(request, "home/home_page.html", {"page": page})


def dashboard(request):
    return render(request, "home/dashboard.html")


def pending_list(request):
    return render(request, "home/pending_list.html")


# Without a token: a visitor would need a cookie on every page for a harmless choice.
@csrf_exempt
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


def robots_txt(request):
    """What crawlers may read."""
    address = request.build_absolute_uri(reverse("sitemap"))
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /comptes/",
        f"Sitemap: {address}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
