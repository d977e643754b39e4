from django.db import transaction

from forums.enums import ReportReason
from forums.models import Report
from network_site.core.outbox import emit
from network_site.core.text import visible


@transaction.atomic
def contest_hiding(*, post, author, comment):
    """Ask for a hidden post to be looked at again; return whether it was not asked yet."""
    if post.reports.open().filter(reason=ReportReason.CONTEST).exists():
        return False
    report = Report.objects.create(
        post=post,
        reporter=author,
        reason=ReportReason.CONTEST,
        comment=visible(comment).strip(),
    )
    emit("forum.post_reported", report_id=report.pk)
    return True
