"""Pages that a mail leads to by a signed address, without log-in: one decorator for all.

Opening such a page shows, only a POST acts: the scanners of mail servers open every link.
Whoever holds the mail may act for its reader and for nobody else, so that the session that
happens to be open in the browser is not looked at.
"""

from functools import partial, wraps

from django.contrib.auth.models import AnonymousUser
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from network_site.core.own_forms import UNSAID, refuse_foreign, sent_from


def signed_page(view=None, *, takes_bare_posts=False):
    """The view of a page whose address is signed.

    - GET, HEAD and POST only; a POST is taken from a page of this site, as the browser says
      (core.own_forms), else with its security token. `takes_bare_posts` is for the addresses
      of List-Unsubscribe, where the program of a mail box posts without either (RFC 8058);
    - the reader is nobody in particular, and the messages of whoever is logged in wait;
    - never kept, never indexed, and its address is told to no other site. Not to none at
      all: with "no-referrer" browsers send "Origin: null" with the page's own form, which
      is then refused (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
    """
    if view is None:
        return partial(signed_page, takes_bare_posts=takes_bare_posts)

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method == "POST" and not (
            takes_bare_posts and request.POST.get("List-Unsubscribe") == "One-Click"
        ):
            refuse_foreign(request)
            if sent_from(request) == UNSAID and not takes_bare_posts:
                refused = _check_token(request)
                if refused is not None:
                    return _sealed(refused)
        request.user = AnonymousUser()
        if hasattr(request, "_messages"):
            del request._messages
        return _sealed(view(request, *args, **kwargs))

    wrapper.is_signed_page = True
    return wrapper


def _check_token(request):
    check = CsrfViewMiddleware(lambda _request: None)
    check.process_request(request)
    return check.process_view(request, None, (), {})


def _sealed(response):
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
