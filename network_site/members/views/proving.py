"""Proving one's address by a code: what allauth's page leaves unsaid."""

import time

from allauth.account import app_settings
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY as AWAITED,
)
from allauth.account.internal.flows.email_verification_by_code import (
    EmailVerificationProcess,
)
from allauth.account.views import email_verification_sent
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network_site.members import services, visitor_mails
from network_site.members.adapters import refuse_more_mails
from network_site.members.forms.signup import DRAFT, RESUMES


@never_cache
def prove_address(request):
    """allauth's page for the code; where it would only send elsewhere, say why."""
    state = request.session.get(AWAITED)
    if state is None:
        if request.user.is_authenticated:
            # The same code sent twice, or the page opened again afterwards.
            messages.info(request, _("Your address is already proven."))
            return redirect("membership")
        messages.info(
            request,
            _(
                "No code is awaited in this browser. Log in with your address and your"
                " password: a code will be sent to you, and what you wrote is kept."
            ),
        )
    elif time.time() - state["at"] > app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT:
        messages.warning(
            request,
            _(
                "This code is no longer valid: it had waited too long. Log in with your"
                " address and your password: another one will be sent to you, and what you"
                " wrote in your request is kept."
            ),
        )
    elif (
        request.POST.get("action") == "resend"
        # Where there is no account nothing leaves; it counts as if it did.
        and "user_id" not in state
        and not visitor_mails.count(state["email"])
    ):
        refuse_more_mails(request)
    response = email_verification_sent(request)
    if request.user.is_authenticated:
        request.session.pop(DRAFT, None)
    return response


@require_POST
def other_address(request):
    """Go back to the form, filled as it was, to give another address.

    The account made for an address that nobody has proven goes away with it. What is seen is
    the same when the address had an account already.
    """
    if request.user.is_authenticated or AWAITED not in request.session:
        return redirect(
            "membership" if request.user.is_authenticated else "account_signup"
        )
    process = EmailVerificationProcess.resume(request)
    if process is not None:
        draft = request.session.get(DRAFT, {})
        if process.user is not None and draft.get("email") == process.email:
            services.give_up_request(user=process.user)
        process.abort()
    request.session[RESUMES] = True
    messages.info(
        request,
        _(
            "Correct your address, and choose your password again: nothing else is lost."
        ),
    )
    return redirect("account_signup")
