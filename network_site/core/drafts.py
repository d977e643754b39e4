"""What somebody has typed is never lost, were the session to end meanwhile.

The form carries a signed mark of whose text it is (`owner_token`). Posted without a session,
the text waits in the new one (`keep`) and comes back, after the log-in, to its owner only
(`kept`). Posted with a security token of an older log-in, the view is told so
(`request.has_stale_token`, by `keeps_text`) and shows the form again, filled.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

_KEY = "kept_drafts"
_SALT = "core.drafts"
_AT_MOST = 3
_KEPT_FOR = timezone.timedelta(hours=24)
_LONGEST = 100_000
_MOST_VALUES = 200
_NOT_KEPT = {"csrfmiddlewaretoken", "owner", "action"}


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check, answering with the reason instead of a page."""

    def _reject(self, request, reason):
        return reason


def keeps_text(view):
    """Let `view` see a post whose security token is stale, as `request.has_stale_token`:
    it must then show the form again and change nothing."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        check = _TokenCheck(lambda _request: None)
        check.process_request(request)
        request.has_stale_token = request.method == "POST" and bool(
            check.process_view(request, None, (), {})
        )
        return view(request, *args, **kwargs)

    return wrapper


def owner_token(user):
    """A signed mark put in a form: whose text it is; two weeks at most."""
    return signing.dumps(user.pk, salt=_SALT)


def owner_of(request):
    """The active person a posted form was made for, or None."""
    try:
        pk = signing.loads(
            request.POST.get("owner", ""), salt=_SALT, max_age=14 * 86_400
        )
    except signing.BadSignature:
        return None
    return get_user_model().objects.filter(pk=pk, is_active=True).first()


def keep(request, owner):
    """Put the typed text into the visitor's session, for `owner`; lead to the log-in."""
    texts = dict(request.session.get(_KEY, {}))
    texts[request.path] = {
        "owner": owner.pk,
        "at": timezone.now().isoformat(),
        "data": {
            name: value[:_LONGEST]
            for name, value in request.POST.items()
            if name not in _NOT_KEPT
        },
        # Boxes ticked: fields that have several values.
        "several": {
            name: values[:_MOST_VALUES]
            for name, values in request.POST.lists()
            if len(values) > 1 and name not in _NOT_KEPT
        },
    }
    newest = sorted(texts.items(), key=lambda item: item[1]["at"])[-_AT_MOST:]
    request.session[_KEY] = dict(newest)
    messages.info(
        request,
        _(
            "Your session had ended. Your text has been kept: log in, and you will find"
            " it in the form."
        ),
    )
    return redirect_to_login(request.get_full_path())


def kept(request):
    """The text that waits for this person at this address, as {name: value}, or None."""
    found = _waiting(request)
    return found["data"] if found else None


def kept_post(request):
    """What waits for this person, as it was posted (a QueryDict), or None."""
    found = _waiting(request)
    if found is None:
        return None
    post = QueryDict(mutable=True)
    post.update(found["data"])
    for name, values in found.get("several", {}).items():
        post.setlist(name, values)
    return post


def _waiting(request):
    found = request.session.get(_KEY, {}).get(request.path)
    if not found or found["owner"] != request.user.pk:
        return None
    if timezone.now() - parse_datetime(found["at"]) > _KEPT_FOR:
        return None
    return found


def forget(request):
    """Drop what waited at this address: it has been sent."""
    texts = dict(request.session.get(_KEY, {}))
    if texts.pop(request.path, None) is not None:
        request.session[_KEY] = texts
