"""What somebody has typed is never lost, were the session to end meanwhile.

The form carries a signed mark of whose text it is (`owner_token`). Posted without a session,
the text waits in the new one (`keep`) and comes back, after the log-in, to its owner only
(`kept`). Posted with a security token of an older log-in, the view is told so
(`request.has_stale_token`, by `keeps_text`) and shows the form again, filled.

What was not posted at all stays in the browser (static/js/keep-draft.js): `marks` gives the
form what that needs, and `forget` has the copy erased, once the text is taken.
"""

import uuid
from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from network_site.core.seals import DeadSeal, Seal

_KEY = "kept_drafts"
_OWNER = Seal("core.drafts", lasts=timedelta(days=14))
_AT_MOST = 3
_KEPT_FOR = timedelta(hours=24)
_LONGEST = 100_000
_MOST_VALUES = 200
_NOT_KEPT = {"csrfmiddlewaretoken", "owner", "draft", "action"}
_SENT = "sent_drafts"
_MOST_SENT = 5


STALE_WORDS = gettext_lazy(
    "You have logged in again since you opened this page. Nothing is lost: read your text"
    " and send it once more."
)


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
    return _OWNER.sign(user.pk)


def owner_of(request):
    """The active person a posted form was made for, or None."""
    try:
        pk = _OWNER.read(request.POST.get("owner", ""))
    except DeadSeal:
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


def marks(request, name, *, is_typed=False):
    """What components/kept_draft.html writes in the form `name` ("answer-12") of a person.

    `is_typed` says that the form holds words that the site has not taken.
    """
    return {
        "owner": owner_token(request.user),
        # Another person at the same machine is offered nothing.
        "key": f"{name}-{request.user.pk}",
        "token": _token_of(request) or uuid.uuid4(),
        "sent": sent(request),
        "is_typed": is_typed,
    }


def sent(request):
    """The forms of this session whose text was taken: the browser erases its copies."""
    return " ".join(request.session.get(_SENT, ()))


def _token_of(request):
    try:
        return str(uuid.UUID(request.POST.get("draft", "")))
    except ValueError:
        return ""


def forget(request):
    """Drop what waited at this address, and the browser's copy: it has been sent."""
    if token := _token_of(request):
        sent = [*request.session.get(_SENT, ()), token]
        request.session[_SENT] = sent[-_MOST_SENT:]
    texts = dict(request.session.get(_KEY, {}))
    if texts.pop(request.path, None) is not None:
        request.session[_KEY] = texts
