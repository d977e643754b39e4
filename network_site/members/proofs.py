"""What follows when somebody proves an address, by whatever way of allauth's."""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import unstash_login
from allauth.account.signals import email_confirmed
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.utils.translation import gettext as _

from network_site.members import services


def connect():
    """Called once the app is ready."""
    email_confirmed.connect(_proven, dispatch_uid="members.proofs")


def _proven(sender, request, email_address, **kwargs):
    user = email_address.user
    is_logged_in = request.user.is_authenticated and request.user.pk == user.pk
    lost = services.address_proven(
        user=user,
        email=email_address.email,
        keeps_password=_chose_the_password(request, user),
        session_key=request.session.session_key,
    )
    if lost and is_logged_in:
        update_session_auth_hash(request, user)
    if lost and _by_login_code(request):
        messages.info(
            request,
            _(
                "The password that had been chosen before the address was proven no longer"
                " opens this account. You may choose one in “My account”."
            ),
        )


def _chose_the_password(request, user):
    """Whether this session asked to join for `user`, or gave their password."""
    records = get_authentication_records(request, user)
    if any(record.get("method") == "password" for record in records):
        return True
    login = unstash_login(request, peek=True)
    return bool(
        login and login.signup and login.user is not None and login.user.pk == user.pk
    )


def _by_login_code(request):
    match = request.resolver_match
    return bool(match) and match.url_name == "account_confirm_login_code"
