"""From what happens in a space to the people who follow it."""

from django.db import transaction
from django.utils import timezone

from network_site.core.outbox import emit
from network_site.notifications.audience import OLDEST_TOLD
from network_site.notifications.items import canonical
from network_site.notifications.models import Item
from network_site.registries.notifications import item_notification


@transaction.atomic
def announce(
    name, object_id, *, variant="", actor_id=None, occurred_at, path="", now=None
):
    """Note that something happened, once; those who follow it are told by the worker.

    `name` is a declared ItemNotification, `object_id` what it loads, `variant` tells
    happenings of one object apart, `path` is the address where it is read. Called from the
    outbox handlers of the spaces; return the Item, or None when it was noted before.

    What is older than OLDEST_TOLD is noted, so that it is never told later, and told to nobody.
    """
    kind = item_notification(name)
    item, is_new = Item.objects.get_or_create(
        name=name,
        object_id=object_id,
        variant=variant,
        defaults={
            "category": kind.category,
            "actor_id": actor_id,
            "occurred_at": occurred_at,
            "path": canonical(path)[:400],
        },
    )
    if not is_new:
        return None
    if (now or timezone.now()) - occurred_at <= OLDEST_TOLD:
        emit("notification.announced", item_id=item.pk)
    return item
