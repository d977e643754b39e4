"""Writing in the journal of decisions."""

from network_site.journal.models import Entry


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
