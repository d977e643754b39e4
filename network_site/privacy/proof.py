"""Asking again for a password, a code or a key before what cannot be undone.

Ten minutes after a log-in nobody is asked. Whoever has neither password nor second factor
logs in again, by a code.
"""

import functools
import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    suspend_request,
)
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

RECENT = 600


def is_proven(request):
    """Whether the person showed who they are within the last ten minutes."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < RECENT for record in records)


def proof_required(view):
    """The view is answered for whoever has just proven who they are; others do it first.

    What a form sent is kept meanwhile, and answered afterwards.
    """

    @login_required
    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        if is_proven(request):
            return view(request, *args, **kwargs)
        if get_reauthentication_flows(request.user):
            return suspend_request(request, reverse("account_reauthenticate"))
        home = reverse("privacy:home")
        logout(request)
        return HttpResponseRedirect(
            f"{reverse('account_login')}?{urlencode({'next': home})}"
        )

    return wrapped
