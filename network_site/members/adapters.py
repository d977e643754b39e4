from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language

from network_site.core.text import one_blank_line
from network_site.members import services


def _person_of(email):
    """Whose address this is, confirmed or not; None for nobody's."""
    users = get_user_model().objects
    return (
        users.filter(email__iexact=email).first()
        or users.filter(emailaddress__email__iexact=email).order_by("pk").first()
    )


def _address(name):
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name)


class AccountAdapter(DefaultAccountAdapter):
    """Where allauth's flows meet the membership of the network."""

    def get_login_redirect_url(self, request):
        return reverse("dashboard")

    def get_signup_redirect_url(self, request):
        # The address is proven: what should reach the person, while a facilitator reads.
        return reverse("notifications:welcome")

    def send_mail(self, template_prefix, email, context):
        """Write to the person in their own language, with the network's name and addresses.

        These mails answer what somebody is doing at this moment: they leave at once, are not
        journaled, and reach an address that refused others.
        """
        user = context.get("user") or _person_of(email)
        language = user.language if user else get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            frame = {
                "recipient": user,
                "site_name": settings.WAGTAIL_SITE_NAME,
                "base_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
                "password_reset_url": _address("account_reset_password"),
            }
            # Whatever host the request came by, the site's own.
            own = {"signup_url": _address("account_signup")}
            super().send_mail(template_prefix, email, frame | context | own)

    def send_account_already_exists_mail(self, email):
        """Said in the language of whose address it is, its addresses too."""
        self.send_mail("account/email/account_already_exists", email, {})

    def render_mail(self, template_prefix, email, context, headers=None):
        """The mail in the network's frame, whose title is the subject."""
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        context = context | {"subject": " ".join(subject.split())}
        headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
        message = super().render_mail(template_prefix, email, context, headers)
        message.body = one_blank_line(message.body)
        return message

    def clean_email(self, email):
        return super().clean_email(email).lower()

    def confirm_email(self, request, email_address):
        """An address just proven may admit at once, or brings the request to facilitators."""
        is_confirmed = super().confirm_email(request, email_address)
        if is_confirmed:
            services.confirm_address(user=email_address.user)
        return is_confirmed
