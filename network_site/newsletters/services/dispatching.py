"""An issue leaves once: planned, started, stopped, finished."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_noop
from wagtail.log_actions import log
from wagtail.models import Revision

from network_site.core.outbox import emit
from network_site.journal.enums import Action
from network_site.journal.services import record
from network_site.mailing.enums import (
    Mailer,
    MailStatus,
)
from network_site.mailing.models import OutgoingMail
from network_site.mailing.queue import enqueue_many
from network_site.newsletters import audience as reach
from network_site.newsletters.enums import Audience, DispatchStatus
from network_site.newsletters.models import Dispatch, NewsletterIssuePage, Proof

KIND = "newsletter"
CHUNK = 500
STOPPED = gettext_noop("The sending was stopped.")


class AlreadyPlanned(Exception):
    """Somebody has already planned or sent this issue."""


class IssueChanged(Exception):
    """The issue was written again since it was looked at."""


class PastTime(Exception):
    """The hour asked for has passed."""


class PublicationDelayed(Exception):
    """The page has a date of publication of its own, still to come."""


class NobodyToWrite(Exception):
    """Nobody would receive it."""


@transaction.atomic
def plan_dispatch(*, issue, revision_id, audience, by, starts_at=None, now=None):
    """Have `issue` leave at `starts_at`, or at once; return the Dispatch.

    `revision_id` is the version that was looked at: it is what leaves, whatever is written
    afterwards. Raises AlreadyPlanned, IssueChanged, PastTime, PublicationDelayed, NobodyToWrite.
    """
    now = now or timezone.now()
    if starts_at is not None and starts_at < now:
        raise PastTime
    if Dispatch.objects.filter(issue=issue).exists():
        raise AlreadyPlanned
    revision = _checked_revision(issue, revision_id, starts_at or now)
    if not reach.count(issue, audience, starts_at or now).total:
        raise NobodyToWrite
    try:
        with transaction.atomic():
            dispatch = Dispatch.objects.create(
                issue=issue,
                audience=audience,
                starts_at=starts_at or now,
                revision_id=revision.pk,
                content=revision.content,
                created_by=by,
            )
    except IntegrityError:
        raise AlreadyPlanned from None
    log(instance=issue, action="newsletters.plan", user=by, revision=revision)
    record(Action.LETTER_SENT, actor=by, about=issue)
    if starts_at is None:
        emit("newsletter.planned", dispatch_id=dispatch.pk)
    return dispatch


def _checked_revision(issue, revision_id, starts_at):
    """The latest version, when it is the one that was looked at and may be published."""
    latest = issue.get_latest_revision()
    if latest is None or latest.pk != revision_id:
        raise IssueChanged
    go_live_at = latest.content.get("go_live_at")
    if go_live_at and datetime.fromisoformat(go_live_at) > starts_at:
        raise PublicationDelayed
    return latest


@transaction.atomic
def take_new_version(*, dispatch, revision_id, by):
    """Send the version just written instead of the one planned; False when it has left.

    Raises IssueChanged when the version is not the latest any more, PublicationDelayed.
    """
    dispatch = _locked(dispatch)
    if dispatch is None or dispatch.status != DispatchStatus.SCHEDULED:
        return False
    revision = _checked_revision(dispatch.issue, revision_id, dispatch.starts_at)
    dispatch.revision_id, dispatch.content = revision.pk, revision.content
    dispatch.created_by = by
    dispatch.save(update_fields=["revision_id", "content", "created_by"])
    log(instance=dispatch.issue, action="newsletters.plan", user=by, revision=revision)
    return True


@transaction.atomic
def cancel_dispatch(*, dispatch, by):
    """Forget a planned sending; False when it has begun meanwhile."""
    dispatch = _locked(dispatch)
    if dispatch is None or dispatch.status != DispatchStatus.SCHEDULED:
        return False
    log(instance=dispatch.issue, action="newsletters.cancel", user=by)
    dispatch.delete()
    return True


def _locked(dispatch):
    return (
        Dispatch.objects.select_for_update(of=("self",))
        .select_related("issue")
        .filter(pk=dispatch.pk)
        .first()
    )


def start_dispatch(*, dispatch_id, now=None):
    """Publish the issue in the archive and put its mails in the queue; False when not due.

    May be called again after a kill: every recipient has a key of their own.
    """
    now = now or timezone.now()
    dispatch = _begin(dispatch_id, now)
    if dispatch is None:
        return False
    enqueue_many(_rows(dispatch, now))
    Dispatch.objects.filter(pk=dispatch.pk).update(enqueued_at=now)
    return True


@transaction.atomic
def _begin(dispatch_id, now):
    dispatch = Dispatch.objects.due(now).filter(pk=dispatch_id).first()
    dispatch = dispatch and _locked(dispatch)
    if dispatch is None or dispatch.enqueued_at is not None:
        return None
    if dispatch.status == DispatchStatus.SCHEDULED:
        _publish(dispatch)
        dispatch.status = DispatchStatus.SENDING
        dispatch.started_at = now
        dispatch.save(update_fields=["status", "started_at"])
        log(
            instance=dispatch.issue,
            action="newsletters.send",
            user=dispatch.created_by,
        )
    return dispatch


def _publish(dispatch):
    """The archive shows what is sent, unless a correction has been published since."""
    page = NewsletterIssuePage.objects.get(pk=dispatch.issue_id)
    if page.live and (page.live_revision_id or 0) >= dispatch.revision_id:
        return
    revision = Revision.objects.filter(pk=dispatch.revision_id).first()
    if revision is None:
        revision = page.with_content_json(dispatch.content).save_revision(
            user=dispatch.created_by, log_action=False
        )
    revision.publish(user=dispatch.created_by, skip_permission_checks=True)


def _rows(dispatch, now):
    """What the queue needs for each recipient, read a few hundred at a time."""
    issue = dispatch.issue
    common = {"kind": KIND, "reference": issue.pk, "mailer": Mailer.BULK}
    if dispatch.audience != Audience.SUBSCRIBERS:
        for user in _walk(reach.members_to_write(issue, now), dispatch):
            yield {**common, "key": f"{KIND}:{issue.pk}:{user.pk}", "user": user}
    if dispatch.audience != Audience.MEMBERS:
        for one in _walk(reach.subscribers_to_write(issue), dispatch):
            yield {
                **common,
                "key": f"{KIND}:{issue.pk}:s{one.pk}",
                "address": one.email,
            }


def _walk(queryset, dispatch):
    last = 0
    while True:
        rows = list(queryset.filter(pk__gt=last)[:CHUNK])
        if not rows or _is_stopped(dispatch):
            return
        yield from rows
        last = rows[-1].pk


def _is_stopped(dispatch):
    return Dispatch.objects.filter(
        pk=dispatch.pk, status=DispatchStatus.STOPPED
    ).exists()


def mails_of(issue_id):
    """The mails of an issue in the journal."""
    return OutgoingMail.objects.filter(kind=KIND, reference=issue_id)


def stop_dispatch(*, dispatch, by):
    """Keep back the mails that have not left; return how many, None when all have.

    What the archive shows stays.
    """
    with transaction.atomic():
        dispatch = _locked(dispatch)
        if dispatch is None or dispatch.status != DispatchStatus.SENDING:
            return None
        dispatch.status = DispatchStatus.STOPPED
        dispatch.save(update_fields=["status"])
        log(instance=dispatch.issue, action="newsletters.stop", user=by)
    return (
        mails_of(dispatch.issue_id)
        .filter(status=MailStatus.QUEUED)
        .update(status=MailStatus.DROPPED, error=STOPPED)
    )


@transaction.atomic
def resume_dispatch(*, dispatch, by, now=None):
    """Let the mails kept back leave; who no longer wants them is passed over again."""
    now = now or timezone.now()
    dispatch = _locked(dispatch)
    if dispatch is None or dispatch.status != DispatchStatus.STOPPED:
        return False
    mails_of(dispatch.issue_id).filter(status=MailStatus.DROPPED).update(
        status=MailStatus.QUEUED,
        error="",
        next_attempt_at=now,
        claimed_by="",
        claimed_until=None,
    )
    dispatch.status = DispatchStatus.SENDING
    # Some may not have been addressed yet.
    dispatch.enqueued_at = dispatch.finished_at = None
    dispatch.save(update_fields=["status", "enqueued_at", "finished_at"])
    log(instance=dispatch.issue, action="newsletters.resume", user=by)
    emit("newsletter.planned", dispatch_id=dispatch.pk)
    return True


_COUNTED = {
    "sent_count": [MailStatus.SENT],
    "failed_count": [MailStatus.FAILED],
    "uncertain_count": [MailStatus.UNCERTAIN],
    "dropped_count": [MailStatus.DROPPED],
    "waiting_count": [MailStatus.QUEUED, MailStatus.SENDING],
}


def counts_of(issue_id):
    """How many mails of an issue were sent, refused, are uncertain, dropped, waiting."""
    return mails_of(issue_id).aggregate(
        **{
            name: Count("pk", filter=Q(status__in=statuses))
            for name, statuses in _COUNTED.items()
        }
    )


def finish_dispatches(*, now=None):
    """Write down the figures of the issues whose last mail has gone."""
    now = now or timezone.now()
    for dispatch in Dispatch.objects.leaving():
        counts = counts_of(dispatch.issue_id)
        if counts.pop("waiting_count"):
            continue
        # Stopped or resumed in between: the condition on the status says so.
        Dispatch.objects.filter(pk=dispatch.pk, status=dispatch.status).update(
            finished_at=now,
            status=(
                DispatchStatus.SENT
                if dispatch.status == DispatchStatus.SENDING
                else dispatch.status
            ),
            **counts,
        )


@transaction.atomic
def ask_proof(*, issue, revision_id, address, by):
    """Send a test of a version to one address; what it shows is what its owner may read."""
    proof = Proof.objects.create(
        issue=issue, revision_id=revision_id, address=address, asked_by=by
    )
    emit("newsletter.proof_asked", proof_id=proof.pk)
    return proof
