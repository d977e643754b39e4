"""What the worker does once an item has been noted."""

from django.contrib.auth import get_user_model

from network_site.core.outbox import handles
from network_site.members.enums import MembershipStatus
from network_site.notifications.audience import backfill, fan_out
from network_site.notifications.services import ensure_settings


@handles("notification.announced")
def tell_followers(item_id):
    fan_out(item_id)


@handles("notification.welcomed")
def fill_first_summary(user_id):
    """Somebody has said what interests them: their first summary is not empty."""
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if user is not None:
        backfill(user)


@handles("membership.admitted")
def settle_member(profile_id):
    """A new member hears of the four spaces, and of what they could not read until now."""
    user = (
        get_user_model()
        .objects.filter(
            profile__pk=profile_id,
            profile__status=MembershipStatus.APPROVED,
            is_active=True,
        )
        .first()
    )
    if user is not None:
        ensure_settings(user=user)
        backfill(user)
