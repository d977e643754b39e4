"""Mails about the safety of an account, once the decision is committed."""

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from network_site.core.addresses import absolute
from network_site.core.outbox import handles
from network_site.mailing.mail import send_templated


@handles("account.second_factor_reset")
def tell_whose_second_factor_went(user_id):
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    send_templated(
        template="accounts/second_factor_reset",
        to=user,
        # Asked for in the recipient's language, as its words are.
        context=lambda: {
            "action_url": absolute(reverse("account_security")),
            "action_label": _("Log in and set one up again"),
            "reason": _(
                "You receive this mail because it concerns the safety of your account."
            ),
        },
    )
