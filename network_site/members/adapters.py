from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from network_site.members import services


class AccountAdapter(DefaultAccountAdapter):
    """Where allauth's flows meet the membership of the network."""

    def get_login_redirect_url(self, request):
        return reverse("dashboard")

    def get_signup_redirect_url(self, request):
        return reverse("membership")

    def send_mail(self, template_prefix, email, context):
        """Mails say the network's name, where allauth would say the host's."""
        frame = {
            "site_name": settings.WAGTAIL_SITE_NAME,
            "base_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
        }
        super().send_mail(template_prefix, email, frame | context)

    def clean_email(self, email):
        return super().clean_email(email).lower()

    def confirm_email(self, request, email_address):
        """An address just proven may admit at once, or brings the request to facilitators."""
        is_confirmed = super().confirm_email(request, email_address)
        if is_confirmed:
            services.confirm_address(user=email_address.user)
        return is_confirmed
