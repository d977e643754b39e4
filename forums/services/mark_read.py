from django.db import transaction

from forums.models import ReadMark


def mark_read(*, thread, user, read_at):
    """Remember how far `user` has read; return whether the mark moved forward."""
    # Read first, outside of any transaction: opening a thread that one knows must not
    # take SQLite's only write lock.
    known = ReadMark.objects.filter(thread=thread, user=user, read_at__gte=read_at)
    if known.exists():
        return False
    with transaction.atomic():
        ReadMark.objects.update_or_create(
            thread=thread, user=user, defaults={"read_at": read_at}
        )
    return True
