from urllib.parse import urlencode, urlsplit

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import override

from network_site.core.addresses import split_language
from network_site.mailing import bounces
from network_site.members import adapters


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
            with override(split_language(urlsplit(response.url).path)[0]):
                check = reverse("notifications:address_check")
            response["Location"] = f"{check}?{query}"
        return response
