"""Builds the mails of an issue from the version that was confirmed."""

from django.utils import timezone

from network_site.core.numbers import whole_number
from network_site.mailing.queue import (
    Letter,
    builds,
    moment,
)
from network_site.members import roles
from network_site.newsletters.audience import (
    members_to_write,
    subscribers_to_write,
)
from network_site.newsletters.enums import DispatchStatus
from network_site.newsletters.letter import LetterWriter, Recipient
from network_site.newsletters.models import Dispatch
from network_site.newsletters.services.dispatching import KIND


@builds(KIND)
def open_batch(mails):
    """Read what the mails share, and who of their recipients still gets the issue."""
    writers = {}
    dispatches = Dispatch.objects.select_related("issue").filter(
        issue_id__in={mail.reference for mail in mails},
        status=DispatchStatus.SENDING,
    )
    for dispatch in dispatches:
        batch = [mail for mail in mails if mail.reference == dispatch.issue_id]
        page = dispatch.issue.with_content_json(dispatch.content)
        writers[dispatch.issue_id] = (
            LetterWriter(page, timezone.localdate(dispatch.starts_at)),
            _recipients(dispatch.issue, batch),
        )

    def build(mail):
        writer, recipients = writers.get(mail.reference, (None, {}))
        recipient = recipients.get(mail.pk)
        if recipient is None or not writer.may_read(recipient):
            return None
        return Letter(writer.message_to(recipient))

    return build


def _recipients(issue, mails):
    """{mail's pk: Recipient} of those who want it, may read it and can be reached, now."""
    users = {
        user.pk: user
        for user in roles.remember_groups(
            members_to_write(issue, moment()).filter(
                pk__in=[mail.user_id for mail in mails if mail.user_id]
            )
        )
    }
    subscriptions = {
        one.pk: one
        for one in subscribers_to_write(issue).filter(
            pk__in=[_subscription_id(mail) for mail in mails if not mail.user_id]
        )
    }
    found = {}
    for mail in mails:
        if mail.user_id:
            user = users.get(mail.user_id)
            found[mail.pk] = Recipient.of_user(user) if user else None
        else:
            one = subscriptions.get(_subscription_id(mail))
            found[mail.pk] = Recipient.of_subscription(one) if one else None
    return found


def _subscription_id(mail):
    """The subscription a mail was queued for: the end of its key, "newsletter:7:s12"."""
    return whole_number(mail.key.rpartition(":s")[2]) or 0
