"""What allauth says and does about the safety of accounts, in our words."""

import logging
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_site.core.middleware import is_admin_path
from network_site.core.outbox import emit
from network_site.members import limits, sealed_secrets
from network_site.members.devices import describe

logger = logging.getLogger(__name__)


class SafeAccountAdapter(DefaultAccountAdapter):
    """Refusals that say when to come back, and an address that never changes in silence."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "This address and this password do not go together. Check both, or ask for a"
            " code instead."
        ),
        "incorrect_code": gettext_lazy(
            "This code is not the right one. Check it, or ask for another."
        ),
        "incorrect_password": gettext_lazy("This password is not the right one."),
    }

    def validation_error(self, code, *args):
        """The error `code`; one about haste says when to try again."""
        if code in {"too_many_login_attempts", "rate_limited"}:
            return self._patience(code)
        return super().validation_error(code, *args)

    def _patience(self, code):
        request = allauth_context.request
        error = super().validation_error(code)
        seconds = max(
            limits.seconds_until_page(request),
            limits.seconds_until(
                request,
                app="allauth.account",
                action="login_failed",
                key=self._attempts_key(request),
            ),
        )
        error.message = _("Too many attempts. You may try again %(when)s.") % {
            "when": limits.in_words(seconds)
        }
        return error

    def _attempts_key(self, request):
        """What failed attempts count by: the person, or the address that was typed."""
        stage = getattr(request, "_login_stage", None)
        person = stage.login.user if stage else request.user
        if person.is_authenticated:
            return f"mfa-auth-user-{person.pk}"
        email = request.POST.get("login", "") or request.POST.get("email", "")
        return self._get_login_attempts_cache_key(request, email=email)

    def is_safe_url(self, url):
        """Also refuse to send to the back office whoever it would send back here.

        Wagtail redirects to the log-in page even those who are logged in, and allauth would
        redirect them to Wagtail again, for ever.
        """
        request = allauth_context.request
        if (
            url
            and request
            and request.user.is_authenticated
            and is_admin_path(urlsplit(url).path)
            and not request.user.has_perm("wagtailadmin.access_admin")
        ):
            return False
        return super().is_safe_url(url)

    def send_mail(self, template_prefix, email, context):
        """Also once the request is over, when what it committed is followed up."""
        request = allauth_context.request or self.request
        if "user_agent" in context:
            # "Firefox on Windows" says more to its owner than what browsers call themselves.
            context = {**context, "user_agent": describe(context["user_agent"])}
        with allauth_context.request_context(request):
            super().send_mail(template_prefix, email, context)

    def get_reauthentication_methods(self, user):
        """allauth's, in our words."""
        words = {
            "reauthenticate": _("Confirm with my password"),
            "mfa_reauthenticate": _("Confirm with a code of my application"),
            "mfa_reauthenticate:webauthn": _("Confirm with my key"),
        }
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = words.get(method["id"], method["description"])
        return methods

    def confirm_email(self, request, email_address):
        """An address that replaces another is told to whoever follows employers."""
        former = email_address.user.email
        with transaction.atomic():
            is_confirmed = super().confirm_email(request, email_address)
            if is_confirmed and email_address.user.email != former:
                emit("account.address_changed", user_id=email_address.user_id)
        return is_confirmed


class SecondFactorAdapter(DefaultMFAAdapter):
    """The names of the network and of keys, and errors that say what to do."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This code is not the right one. It changes every half minute: enter the one"
            " that the application shows now."
        ),
        "unverified_email": gettext_lazy(
            "Confirm your e-mail address first: without it, nobody could give you your"
            " account back."
        ),
        "unreadable": gettext_lazy(
            "The site can no longer read this second factor. Write to those who run it:"
            " they can remove it, after which you set up another."
        ),
    }

    def encrypt(self, text):
        """What allauth is about to keep of a secret."""
        return sealed_secrets.seal(text)

    def decrypt(self, encrypted_text):
        """A secret that allauth kept. Raises ValidationError where no key opens it."""
        try:
            return sealed_secrets.unseal(encrypted_text)
        except sealed_secrets.Unreadable as error:
            logger.error(
                "A second factor cannot be read: its key is neither in"
                " MFA_ENCRYPTION_KEYS nor SECRET_KEY"
            )
            raise self.validation_error("unreadable") from error

    def _get_site_name(self):
        return settings.WAGTAIL_SITE_NAME

    def generate_authenticator_name(self, user, type):
        """ "Firefox on Windows, 3 May 2026": what tells two keys apart."""
        agent = allauth_context.request.META.get("HTTP_USER_AGENT", "")
        today = date_format(timezone.localdate(), "DATE_FORMAT")
        return f"{describe(agent)}, {today}"[:100]
