"""Writing in the journal of decisions."""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from network_site.journal.models import Entry
from network_site.journal.triggers import RETENTION_DAYS


def record(action, *, actor=None, subject=None, about=None, **detail):
    """Write one entry in the transaction of the decision itself; returns it.

    `actor` is the user who decided (None: a rule of the site), `subject` the user whom it
    concerns, `about` the model instance it concerns; `detail` holds codes and numbers that
    JSON can keep, never a name or words somebody wrote.
    """
    return Entry.objects.create(
        action=action,
        actor_id=actor.pk if actor is not None else None,
        subject_id=subject.pk if subject is not None else None,
        object_kind=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        detail=detail,
    )


@transaction.atomic
def forget_old_entries(*, now=None):
    """Remove the entries older than RETENTION_DAYS; return how many.

    The one way out of the journal: its triggers refuse any younger entry.
    """
    limit = (now or timezone.now()) - timedelta(days=RETENTION_DAYS)
    old = models.QuerySet(Entry).filter(at__lt=limit)
    return old._raw_delete(using=old.db)
