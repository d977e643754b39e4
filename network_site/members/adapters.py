from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from network_site.members import services


class AccountAdapter(DefaultAccountAdapter):
    """Where allauth's flows meet the membership of the network."""

    def get_login_redirect_url(self, request):
        return reverse("dashboard")

    def get_signup_redirect_url(self, request):
        return reverse("membership")

    def clean_email(self, email):
        return super().clean_email(email).lower()

    def confirm_email(self, request, email_address):
        """An address just proven may admit at once, or brings the request to facilitators."""
        is_confirmed = super().confirm_email(request, email_address)
        if is_confirmed:
            services.confirm_address(user=email_address.user)
        return is_confirmed
