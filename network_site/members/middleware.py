"""What holds on every page for whoever is logged in: who they are, the second factor, and when
last seen."""

import threading
import time
from collections import OrderedDict

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from network_site.core.kept import kept_fields
from network_site.members import roles, second_factor

# Pages of the account, and what any page needs: they never ask for a second factor.
_ACCOUNT = ("account_", "mfa_", "usersessions_")
_NEEDED_BY_PAGES = frozenset(
    {
        "branding_css",
        "health_alive",
        "health_ready",
        "robots",
        "text_size",
        "set_language",
    }
)
# With a second factor that this session has not shown: what leads to showing it, only.
_SHOWING = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)
# Not pages: files and answers to a script get what a visitor gets.
_AS_A_VISITOR = frozenset({"serve_media", "wagtaildocs_serve", "search_suggestions"})

SEEN_EVERY = 600
MOST_SESSIONS = 10_000


def _name_of(request):
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""


class ReaderMiddleware(AuthenticationMiddleware):
    """As Django's, the person read with their groups."""

    def process_request(self, request):
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _reader(request))


def _reader(request):
    if not hasattr(request, "_cached_user"):
        request._cached_user = _known_reader(request) or auth.get_user(request)
    return request._cached_user


def _known_reader(request):
    """The person of a session that stands; None where Django is to say what becomes of it."""
    session = request.session
    backend = session.get(auth.BACKEND_SESSION_KEY)
    key = session.get(auth.SESSION_KEY) or ""
    if backend not in settings.AUTHENTICATION_BACKENDS or not key.isdecimal():
        return None
    user = roles.read_with_groups(key)
    if user is None or not auth.load_backend(backend).user_can_authenticate(user):
        return None
    known = session.get(auth.HASH_SESSION_KEY, "")
    if not constant_time_compare(known, user.get_session_auth_hash()):
        return None
    return user


class SecondFactorMiddleware:
    """Lead staff without a second factor to setting one up, and ask others to show theirs.

    During the days of grace the page is served and says until when
    (`request.second_factor_until`), unless this session was told not to again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self._refusal(request) or self.get_response(request)

    def _refusal(self, request):
        standing = second_factor.standing_of(request.user)
        if standing is None:
            return None
        if standing.is_protected and second_factor.has_shown(request):
            return None
        if not standing.is_protected and standing.until:
            if not request.session.get(second_factor.LATER):
                request.second_factor_until = standing.until
            return None
        return self._lead(request, standing)

    def _lead(self, request, standing):
        name = _name_of(request)
        if name in _NEEDED_BY_PAGES or request.path_info.startswith(
            settings.STATIC_URL
        ):
            return None
        if settings.IS_DEVELOPMENT and request.path_info.startswith("/courriels/"):
            return None
        if name in _AS_A_VISITOR:
            request.user = AnonymousUser()
            return None
        if standing.is_protected:
            if name in _SHOWING:
                return None
            url = self._showing_url(standing)
        else:
            request.second_factor_needed = True
            if name.startswith(_ACCOUNT):
                return None
            url = reverse("account_security")
        if request.method not in {"GET", "HEAD"}:
            # Sent from a page opened earlier: what was typed comes back with the answer.
            context = {"setup_url": url, "fields": kept_fields(request)}
            return render(
                request, "members/second_factor_first.html", context, status=403
            )
        if standing.is_protected:
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{url}?{query}")
        request.session[second_factor.GOING_TO] = request.get_full_path()
        return HttpResponseRedirect(url)

    def _showing_url(self, standing):
        if "totp" in standing.kinds:
            return reverse("mfa_reauthenticate")
        return reverse("mfa_reauthenticate_webauthn")


class LastSeenMiddleware:
    """Note when each session was last used, once in ten minutes and a process.

    allauth would write a row at every request.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self._noted = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, request):
        key = request.session.session_key
        # Only a log-in through allauth has a row, and leaves its methods in the session.
        is_listed = key and AUTHENTICATION_METHODS_SESSION_KEY in request.session
        if is_listed and self._is_due(key):
            UserSession.objects.filter(session_key=key).update(
                last_seen_at=timezone.now()
            )
        return self.get_response(request)

    def _is_due(self, key):
        now = time.monotonic()
        with self._lock:
            if now - self._noted.get(key, -SEEN_EVERY) < SEEN_EVERY:
                return False
            self._noted[key] = now
            self._noted.move_to_end(key)
            while len(self._noted) > MOST_SESSIONS:
                self._noted.popitem(last=False)
            return True
