"""Whether the site is well, at two addresses: alive (this process), ready (what it needs)."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network_site.core import health


@never_cache
@require_safe
def alive(request):
    """Answer 200 while this process answers at all; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def ready(request):
    """Answer 200 when readers may be sent here, 503 when a vital part is away.

    `parts` tells the state of each: a silent worker or a full disk is said without refusing
    readers. Details are for whoever asks from the machine itself.
    """
    parts = health.examine()
    is_ready = health.is_ready(parts)
    local = is_from_this_machine(request)
    answer = {
        "ready": is_ready,
        "parts": {
            name: {"state": part.state, **({"detail": part.detail} if local else {})}
            for name, part in parts.items()
        },
    }
    return JsonResponse(answer, status=200 if is_ready else 503)


def is_from_this_machine(request):
    """Whether the request comes from a loopback address, and not through a proxy."""
    forwarded = {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"}
    address = request.META.get("REMOTE_ADDR", "")
    return (address.startswith("127.") or address == "::1") and not (
        forwarded & request.META.keys()
    )
