from django.db import transaction
from django.utils import timezone

from forums.enums import ModerationKind
from forums.models import ModerationAction, Report
from network_site.core.outbox import emit


@transaction.atomic
def handle_report(*, report, actor, reason):
    """Set a report aside with the reason; return whether it was still open.

    To act on a report, hide its post: that settles it.
    """
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("post")
        .get(pk=report.pk)
    )
    if report.handled_at is not None:
        return False
    report.handled_at = timezone.now()
    report.handled_by = actor
    report.save(update_fields=["handled_at", "handled_by"])
    action = ModerationAction.objects.create(
        kind=ModerationKind.DISMISS,
        thread_id=report.post.thread_id,
        post=report.post,
        reason=reason,
        actor=actor,
    )
    emit("forum.report_handled", report_id=report.pk, action_id=action.pk)
    return True
