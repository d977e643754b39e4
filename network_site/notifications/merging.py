from django.db import transaction

from network_site.members.merging import moves
from network_site.notifications.models import Follow


@moves("members.organization")
def followers(kept, absorbed):
    """Who followed the body that is gone follows the one it joined; a level already chosen stays."""
    rows = Follow.objects.filter(kind="organization", target=str(absorbed.pk))
    known = Follow.objects.filter(kind="organization", target=str(kept.pk))
    with transaction.atomic():
        rows.filter(user__in=known.values("user")).delete()
        rows.update(target=str(kept.pk))
