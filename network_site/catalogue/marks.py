"""Saying that objects changed, where no watched table tells it."""

from django.db import connection, transaction

from network_site.catalogue import building
from network_site.catalogue.models import Mark


def touch(root, numbers):
    """Mark objects of a root model ("forums.thread"), in the transaction that changes them.

    Their entries are written once it is over; nothing else follows, whoever reads meanwhile
    finds them as they are.
    """
    Mark.objects.bulk_create(Mark(model=root, object_id=number) for number in numbers)
    settle_at_commit()


def settle_at_commit():
    """Write the entries of what is marked once the transaction under way is over.

    A failure is left to the worker, which settles what it finds.
    """
    already = [function for _ids, function, _robust in connection.run_on_commit]
    if building.settle not in already:
        transaction.on_commit(building.settle, robust=True)
