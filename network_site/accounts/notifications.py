"""The mails about the safety of an account that are not an answer to a click."""

from django.utils.translation import gettext_lazy

from network_site.registries.enums import Category
from network_site.registries.notifications import (
    Notification,
    notification,
)


@notification
class SecondFactorReset(Notification):
    name = "accounts.second_factor_reset"
    category = Category.ACCOUNT
    label = gettext_lazy("An administrator removed your second factor")
    audience = gettext_lazy("The person whose second factor it was")
