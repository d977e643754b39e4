from django.db import transaction

from forums.models import Report
from network_site.core.outbox import emit
from network_site.core.text import visible


@transaction.atomic
def report_post(*, post, reason, comment="", reporter=None, email=""):
    """Bring a post to the facilitators' notice and return the report.

    A member who reports the same post again before it is looked at adds nothing: their
    first report is returned.
    """
    if reporter is not None:
        known = post.reports.open().filter(reporter=reporter).first()
        if known is not None:
            return known
    report = Report.objects.create(
        post=post,
        reporter=reporter,
        reporter_email=email,
        reason=reason,
        comment=visible(comment).strip(),
    )
    emit("forum.post_reported", report_id=report.pk)
    return report
