"""From what happens in a space to the people who follow it."""

from django.db import transaction

from network_site.core.outbox import emit
from network_site.notifications.models import Item
from network_site.notifications.registry import item_notification


@transaction.atomic
def announce(name, object_id, *, variant="", actor_id=None, occurred_at, path=""):
    """Note that something happened, once; those who follow it are told by the worker.

    `name` is a declared ItemNotification, `object_id` what it loads, `variant` tells
    happenings of one object apart. Called from the outbox handlers of the spaces; return the
    Item, or None when it was noted before.
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
            "path": path[:400],
        },
    )
    if not is_new:
        return None
    emit("notification.announced", item_id=item.pk)
    return item
