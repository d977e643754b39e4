"""Pages that a mail leads to by a signed address, without log-in: one decorator for all.

Opening such a page shows, only a POST acts: the scanners of mail servers open every link.
Whoever holds the mail may act for its reader and for nobody else, so that the session that
happens to be open in the browser is not looked at.
"""

from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpResponseNotAllowed
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from network_site.core.own_forms import UNSAID, refuse_foreign, sent_from
from network_site.core.seals import DeadSeal, Fault

METHODS = ("GET", "HEAD", "POST")


def signed_page(
    seal=None,
    find=None,
    *,
    dead="signed_pages/dead.html",
    takes_bare_posts=False,
):
    """The view of a page whose address is signed, as `token`, by `seal` (core.seals).

    - The view is given what `find` makes of the value that was signed. Where the seal is
      broken, too old or spent (`find` gives None, it or the view raises DeadSeal), the page
      says which, in words, and does nothing: 404 with the template `dead`, which knows `fault`
      and `lasts` (days). Without `seal` the view is given its arguments as they are: a key
      that only a mail has told;
    - GET, HEAD and POST only; a POST is taken from a page of this site, as the browser says
      (core.own_forms), else with its security token. `takes_bare_posts` is for the addresses
      of List-Unsubscribe, where the program of a mail box posts without either (RFC 8058);
    - the reader is nobody in particular, and the messages of whoever is logged in wait;
    - whatever the answer, refusals included: never kept, never indexed, and its address is
      told to no other site. Not to none at all: with "no-referrer" browsers send
      "Origin: null" with the page's own form, which is then refused
      (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
    """

    def decorate(view):
        def answer(request, **kwargs):
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            request.user = AnonymousUser()
            if hasattr(request, "_messages"):
                del request._messages
            refused = _refused(request, takes_bare_posts)
            if refused is not None:
                return refused
            if seal is None:
                return view(request, **kwargs)
            try:
                return view(request, _found(seal, find, **kwargs))
            except DeadSeal as error:
                lasts = seal.lasts.days if seal.lasts else None
                context = {"fault": error.fault, "lasts": lasts}
                return render(request, dead, context, status=404)

        @csrf_exempt
        @wraps(view)
        def wrapper(request, **kwargs):
            try:
                response = answer(request, **kwargs)
            except (Http404, PermissionDenied) as error:
                response = response_for_exception(request, error)
            add_never_cache_headers(response)
            response["X-Robots-Tag"] = "noindex, nofollow"
            response["Referrer-Policy"] = "same-origin"
            return response

        wrapper.is_signed_page = True
        wrapper.seal = seal
        return wrapper

    return decorate


def _found(seal, find, token):
    value = seal.read(token)
    try:
        found = find(value)
    except (ValueError, TypeError) as error:
        # Signed in the form of another version of the site.
        raise DeadSeal(Fault.BROKEN) from error
    if found is None:
        raise DeadSeal(Fault.SPENT)
    return found


def _refused(request, takes_bare_posts):
    """The refusal of a form that was not sent from the page, or None."""
    is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    if request.method != "POST" or (takes_bare_posts and is_one_click):
        return None
    refuse_foreign(request)
    if sent_from(request) != UNSAID or takes_bare_posts:
        return None
    check = CsrfViewMiddleware(lambda _request: None)
    check.process_request(request)
    return check.process_view(request, None, (), {})
