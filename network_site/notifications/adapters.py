from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse

from network_site.members import adapters
from network_site.notifications import bounces


class AccountAdapter(adapters.AccountAdapter):
    """The membership's adapter, which lies below and knows of no mail that came back."""

    def post_login(self, request, user, **options):
        """Whoever's address is suspended is asked about it, wherever the log-in led to."""
        response = super().post_login(request, user, **options)
        if (
            isinstance(response, HttpResponseRedirect)
            and not options.get("signup")
            and bounces.is_suspended(user.email)
        ):
            query = urlencode({"next": response.url})
            response["Location"] = f"{reverse('notifications:address_check')}?{query}"
        return response
