"""What waits for a facilitator in the discussion spaces, with its age."""

from datetime import timedelta

from django.utils import timezone

from forums.models import Report, Thread
from forums.querysets import moderated_forum_filter

# A question is due an answer within two working days; over a week-end that makes four.
PATIENCE = timedelta(days=2)


def reports_awaiting(user):
    """Open reports that `user` may decide on, oldest first, ready to be listed."""
    return Report.objects.awaiting(user).select_related(
        "post__thread__forum", "reporter"
    )


def unanswered_questions(user, older_than=PATIENCE, now=None):
    """Questions without an answer in the spaces `user` moderates, oldest first.

    Only those opened at least `older_than` ago; each has `age`, a timedelta.
    """
    now = now or timezone.now()
    threads = (
        Thread.objects.visible_to(user)
        .filter(moderated_forum_filter(user, "forum__"))
        .unanswered()
        .filter(created_at__lte=now - older_than)
        .select_related("forum")
        .order_by("created_at", "pk")
    )
    for thread in threads:
        thread.age = now - thread.created_at
    return threads
