"""What protects one's account, and the devices on which it is open."""

from contextlib import suppress

from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows import sessions as session_flows
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network_site.accounts.proofs import is_proven
from network_site.core.kept import kept_fields
from network_site.members import limits, second_factor
from network_site.members.devices import describe


def _devices(request):
    """The open sessions of the person, this one first, then the latest seen."""
    current = request.session.session_key
    rows = [
        {
            "pk": session.pk,
            "label": describe(session.user_agent),
            "opened_at": session.created_at,
            "seen_at": session.last_seen_at,
            "is_current": session.session_key == current,
        }
        for session in UserSession.objects.purge_and_list(request.user)
    ]
    rows.sort(key=lambda row: (row["seen_at"], row["pk"]), reverse=True)
    rows.sort(key=lambda row: not row["is_current"])
    return rows


def _factors(user):
    """{"totp": row or None, "keys": rows, "codes_left": number or None}."""
    found = {"totp": None, "keys": [], "codes_left": None}
    for one in Authenticator.objects.filter(user=user).order_by("created_at", "pk"):
        if one.type == Authenticator.Type.TOTP:
            found["totp"] = one
        elif one.type == Authenticator.Type.WEBAUTHN:
            key = one.wrap()
            found["keys"].append(
                {
                    "pk": one.pk,
                    "name": key.name,
                    "is_enough": key.is_passwordless is True,
                    "created_at": one.created_at,
                    "used_at": one.last_used_at,
                }
            )
        else:
            # Those that no key opens any more serve nobody.
            with suppress(ValidationError):
                found["codes_left"] = len(one.wrap().get_unused_codes())
    return found


@never_cache
@login_required
def account_security(request):
    """The page "Log-in and security": everything in words, each with its way to change it."""
    factors = _factors(request.user)
    return render(
        request,
        "members/account_security.html",
        {
            "is_address_proven": is_proven(request.user),
            "has_password": request.user.has_usable_password(),
            "factors": factors,
            "has_factor": bool(factors["totp"] or factors["keys"]),
            "standing": second_factor.standing_of(request.user),
            "going_to": request.session.get(second_factor.GOING_TO),
            "devices": _devices(request),
        },
    )


@login_required
@require_POST
def account_device_end(request, pk):
    """Log one of one's own devices out."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    is_current = session.session_key == request.session.session_key
    session_flows.end_sessions(request, [session])
    if is_current:
        return redirect("account_login")
    messages.success(
        request,
        _("%(device)s is logged out.") % {"device": describe(session.user_agent)},
    )
    return redirect("account_security")


@login_required
@require_POST
def account_devices_end_others(request):
    """Log out every device but this one."""
    session_flows.end_other_sessions(request, request.user)
    messages.success(request, _("All your other devices are logged out."))
    return redirect("account_security")


@login_required
@require_POST
def second_factor_later(request):
    """Say no more in this session that a second factor will be asked; back where they were."""
    request.session[second_factor.LATER] = True
    following = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        following, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        following = "/"
    return redirect(following)


@login_required
def second_factor_reset(request, pk):
    """In the admin: take away the second factor of somebody who lost it, once confirmed."""
    if not request.user.is_superuser:
        raise PermissionDenied
    user = get_object_or_404(get_user_model(), pk=pk)
    if request.method == "POST":
        gone = second_factor.reset(user=user, by=request.user)
        if gone:
            messages.success(
                request,
                _("The second factor of %(name)s is removed; a mail tells them so.")
                % {"name": user},
            )
        else:
            messages.info(request, _("%(name)s had no second factor.") % {"name": user})
        return redirect("wagtailusers_users:edit", user.pk)
    return render(
        request,
        "members/admin_second_factor_reset.html",
        {"person": user, "factors": _factors(user)},
    )


def too_many_requests(request):
    """The answer to whoever sends too much: when to try again, and what they typed."""
    until_mails = getattr(request, "seconds_until_mails", 0)
    seconds = until_mails or limits.seconds_until_page(request)
    response = render(
        request,
        "429.html",
        {
            "when": limits.in_words(seconds),
            "fields": kept_fields(request),
            "is_about_mails": bool(until_mails),
        },
        status=429,
    )
    # RFC 6585 section 4, RFC 9110 section 10.2.3: seconds.
    response["Retry-After"] = str(seconds or 300)
    return response
