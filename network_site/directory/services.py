"""The contact relay: messages without addresses, limited, refusable, soon forgotten."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from network_site.catalogue.marks import touch
from network_site.core.outbox import emit
from network_site.directory.models import ContactBlock, ContactMessage
from network_site.directory.permissions import (
    organization_receives_from,
    receives_from,
)
from network_site.members.models import Organization, Profile

# Within twenty-four hours, by one member.
DAY = timedelta(hours=24)
MESSAGES_PER_DAY = 10
MESSAGES_PER_RECIPIENT = 3
# To one mail box, from all members together.
RECEIVED_PER_DAY = 20
ANSWERS_PER_DAY = 30
# An organisation has no account: its answers are counted for each message.
ANSWERS_PER_MESSAGE = 5
WORDS_KEPT_FOR = timedelta(days=30)
# Who wrote to whom: so that an old mail may still be refused or reported.
ROWS_KEPT_FOR = timedelta(days=365)


class NotReceived(Exception):
    """The recipient takes no message, or none from this sender."""


class TooMany(Exception):
    """A limit is reached; `limit` is its number, `to_one` whether it is that of one recipient,
    `from_all` whether it counts what the recipient receives from everybody."""

    def __init__(self, limit, to_one=False, from_all=False):
        super().__init__(limit)
        self.limit, self.to_one, self.from_all = limit, to_one, from_all


@transaction.atomic
def write_message(
    *,
    sender,
    subject,
    body,
    form_token,
    recipient=None,
    organization=None,
    answers=None,
    now=None,
):
    """Send a message from `sender` (a member) to `recipient` (a user) or to `organization`.

    `answers` is the message being answered, which counts apart. Returns the ContactMessage;
    the one already sent when the same form comes twice. Raises NotReceived and TooMany.
    """
    now = now or timezone.now()
    # One at a time for each sender and each recipient, so that the limits are exact.
    _lock(sender, recipient, organization)
    known = ContactMessage.objects.filter(form_token=form_token, sender=sender).first()
    if known is not None:
        return known
    if recipient is not None:
        profile = Profile.objects.select_related("user").get(user=recipient)
        received = receives_from(profile, sender)
    else:
        received = organization_receives_from(organization, sender)
    if not received:
        raise NotReceived
    _check_limits(sender, recipient, organization, answers, now)
    message = ContactMessage.objects.create(
        sender=sender,
        recipient=recipient,
        organization=organization,
        answers=answers,
        subject=subject,
        body=body,
        form_token=form_token,
        sent_at=now,
    )
    emit("directory.message_written", message_id=message.pk)
    return message


def _lock(sender, recipient, organization):
    people = {sender.pk, recipient.pk if recipient else sender.pk}
    # Always in the same order: two people who write to each other wait, and no more.
    rows = get_user_model().objects.select_for_update().filter(pk__in=people)
    list(rows.order_by("pk"))
    if organization is not None:
        Organization.objects.select_for_update().get(pk=organization.pk)


def _check_limits(sender, recipient, organization, answers, now):
    recent = ContactMessage.objects.filter(sender=sender, sent_at__gt=now - DAY)
    if answers is not None:
        if recent.filter(answers__isnull=False).count() >= ANSWERS_PER_DAY:
            raise TooMany(ANSWERS_PER_DAY)
        return
    recent = recent.filter(answers=None)
    if recent.count() >= MESSAGES_PER_DAY:
        raise TooMany(MESSAGES_PER_DAY)
    same = recent.filter(recipient=recipient, organization=organization)
    if same.count() >= MESSAGES_PER_RECIPIENT:
        raise TooMany(MESSAGES_PER_RECIPIENT, to_one=True)
    received = ContactMessage.objects.filter(
        recipient=recipient,
        organization=organization,
        sender__isnull=False,
        sent_at__gt=now - DAY,
    )
    if received.count() >= RECEIVED_PER_DAY:
        raise TooMany(RECEIVED_PER_DAY, from_all=True)


@transaction.atomic
def answer_for_organization(*, message, body, form_token, now=None):
    """Send the organisation's answer to `message`, from its mailbox; as write_message.

    Raises NotReceived when its author is no longer there.
    """
    # Its row is the lock: two windows of one mailbox count together.
    message = (
        ContactMessage.objects.select_for_update(of=("self",))
        .select_related("sender")
        .get(pk=message.pk)
    )
    known = ContactMessage.objects.filter(form_token=form_token).first()
    if known is not None:
        return known
    sender = message.sender
    if sender is None or not sender.is_active or sender.left_at:
        raise NotReceived
    if message.answers_received.count() >= ANSWERS_PER_MESSAGE:
        raise TooMany(ANSWERS_PER_MESSAGE)
    answer = ContactMessage.objects.create(
        recipient=sender,
        organization=message.organization,
        answers=message,
        subject=message.subject,
        body=body,
        form_token=form_token,
        sent_at=now or timezone.now(),
    )
    emit("directory.message_written", message_id=answer.pk)
    return answer


def refuse_sender(*, message):
    """The recipient of `message` receives nothing more from its sender; twice is once."""
    target = (
        {"recipient": message.recipient}
        if message.recipient_id
        else {"organization": message.organization}
    )
    try:
        with transaction.atomic():
            ContactBlock.objects.create(sender=message.sender, **target)
    except IntegrityError:
        return


def accept_sender(*, message):
    """Take back refuse_sender."""
    blocks = ContactBlock.objects.filter(sender=message.sender)
    if message.recipient_id:
        blocks.filter(recipient=message.recipient).delete()
    else:
        blocks.filter(organization=message.organization).delete()


@transaction.atomic
def set_contact(*, user, is_open):
    """Let members write to `user` through the site, or not."""
    profile = Profile.objects.select_for_update().filter(user=user).first()
    if profile is not None and profile.accepts_contact != is_open:
        profile.accepts_contact = is_open
        profile.save(update_fields=["accepts_contact"])
        touch(profile)


@transaction.atomic
def report_message(*, message, comment="", now=None):
    """Tell the facilitators of a message; a second report changes nothing."""
    reported = ContactMessage.objects.filter(pk=message.pk, reported_at=None).update(
        reported_at=now or timezone.now(), report_comment=comment
    )
    if reported:
        emit("directory.message_reported", message_id=message.pk)
    return bool(reported)


def erase_old(now=None):
    """Erase the words of old messages, and the rows of very old ones; return how many each."""
    now = now or timezone.now()
    old = ContactMessage.objects.filter(
        sent_at__lte=now - WORDS_KEPT_FOR, erased_at=None
    )
    erased = old.update(subject="", body="", report_comment="", erased_at=now)
    gone = ContactMessage.objects.filter(sent_at__lte=now - ROWS_KEPT_FOR)
    return erased, gone.delete()[0]
