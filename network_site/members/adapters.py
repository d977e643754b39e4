from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Where allauth's flows meet the membership of the network."""

    def get_login_redirect_url(self, request):
        return reverse("dashboard")
