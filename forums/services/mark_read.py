from django.db import transaction

from forums.models import ReadMark


@transaction.atomic
def mark_read(*, thread, user, read_at):
    """Remember how far `user` has read; return whether the mark moved forward."""
    mark = ReadMark.objects.filter(thread=thread, user=user).first()
    if mark is not None and mark.read_at >= read_at:
        return False
    ReadMark.objects.update_or_create(
        thread=thread, user=user, defaults={"read_at": read_at}
    )
    return True
