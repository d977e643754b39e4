"""Mails written from three templates, in the reader's language, at most once each."""

import logging
from email.header import Header
from functools import lru_cache

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from network_site.core import claims, workers
from network_site.core.addresses import absolute, site_host, site_root
from network_site.core.models import WorkerHeartbeat
from network_site.core.text import one_blank_line, one_line_of
from network_site.mailing import (
    addresses,
    bounces,
)
from network_site.mailing.courier import (
    LEASE,
    dress,
    send_over,
    settle,
)
from network_site.mailing.enums import (
    Mailer,
    MailStatus,
)
from network_site.mailing.links import mail_settings_link
from network_site.mailing.mail_text import (
    fitting_subject,
    preheader_of,
    whole_subject,
)
from network_site.mailing.models import OutgoingMail
from network_site.mailing.smtp import (
    Fate,
    verdict_on,
)
from network_site.mailing.wishes import is_wanted
from network_site.registries.notifications import notification_named

logger = logging.getLogger(__name__)

# They part the words of a header (RFC 5322 3.2.3).
_SPECIALS = str.maketrans(dict.fromkeys('()<>[]:;@\\,."', " "))
GREETING = "emails/components/hello.txt"


def send_templated(
    *,
    template,
    to,
    context=None,
    language=None,
    headers=None,
    once=None,
    attachments=(),
):
    """Send the mail `template` ("events/registration_confirmed") to `to`.

    `to` is a user or an address; the rest is said at `compose`. Nothing is sent to a
    suspended address, nor to who switched this notification off.

    `once` names the mail ("registration_confirmed:7"): with the same key nothing is
    ever sent again to the same recipient. When a former attempt was killed while it
    was talking to the mail server, nobody can tell whether it arrived: it is marked
    uncertain and not repeated. Call it from outbox handlers, outside a transaction.

    Returns True when a mail was sent, False when there was nothing to send or the server
    refused it for good (it is in the journal). Other errors of the mail server are raised, so
    that the outbox tries again.
    """
    recipient, address = (None, to) if isinstance(to, str) else (to, to.email)
    name = template.replace("/", ".")
    if not address or not _is_wanted(name, recipient, address):
        return False
    key = once and _key(once, recipient, address)
    if key and _was_attempted(key):
        return False
    message = compose(
        template=template,
        address=address,
        recipient=recipient,
        context=context,
        language=language,
        headers=headers,
        attachments=attachments,
        notification=notification_named(name),
    )
    server = mailers[Mailer.DEFAULT]
    try:
        if key is None:
            send_over(server, message)
            return True
        record = _reserve(key=key, name=name, to=recipient, message=message)
        return record is not None and _send_reserved(server, record, message)
    finally:
        server.close()


def compose(
    *,
    template,
    address,
    recipient=None,
    context=None,
    language=None,
    headers=None,
    attachments=(),
    notification=None,
):
    """The mail `template` to `address`, entirely in the reader's language.

    The subject, text and HTML come from
    templates/emails/<template>_{subject.txt,body.txt,body.html}. `language` is by default
    that of `recipient` (a user, or None), else the site's. `context` is a mapping, or a
    function that returns one and is called in that language; beside it the templates have `base_url`,
    `site_name`, `recipient`, `LANGUAGE_CODE`, `notification` (of the registry, or None), `mail_settings_url` (where the
    reader switches it off, "" when that cannot be) and, in the bodies, `subject`, `heading` (the subject before it was
    made to fit) and `preheader` (by default the first words of the text).
    `attachments` are (name, bytes, type) triples.
    """
    language = language or getattr(recipient, "language", "") or settings.LANGUAGE_CODE
    with translation.override(language):
        switch = _switch(notification, recipient)
        given = context() if callable(context) else context
        full = {
            "base_url": site_root(),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "recipient": recipient,
            "LANGUAGE_CODE": language,
            "notification": notification,
            "mail_settings_url": switch,
            **(given or {}),
        }
        path = f"emails/{template}"
        written = _plain(f"{path}_subject.txt", full)
        subject = full["subject"] = fitting_subject(written)
        full["heading"] = whole_subject(written)
        text = one_blank_line(_plain(f"{path}_body.txt", full))
        full["preheader"] = preheader_of(
            text, _plain(GREETING, full), str(full.get("preheader") or "")
        )
        html = render_to_string(f"{path}_body.html", full)
        listed = (
            list_headers(
                notification.category.value, notification.category.label, switch
            )
            if switch
            else {}
        )
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[address],
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": addresses.new_message_id(),
            **listed,
            **(headers or {}),
        },
    )
    message.attach_alternative(html, "text/html")
    for name, content, kind in attachments:
        message.attach(name, content, kind)
    return message


def list_headers(code, name, unsubscribe_url, *, archive_url=None):
    """What mail programs show as "unsubscribe" and sort by, for what is sent to many.

    `code` and `name` are those of the list ("library", "Library"): List-Id as in RFC 2919, a name for
    people and an identifier for programs; the others as in RFC 2369. The two of RFC 8058 let the
    reader leave with one click, without opening a page. Precedence and X-Auto-Response-Suppress
    keep out-of-office replies away (RFC 3834 advises both kinds). `archive_url` is where the same
    can be read, the notification centre by default.
    """
    archive_url = archive_url or absolute(reverse("notifications:centre"))
    name = f"{settings.WAGTAIL_SITE_NAME} – {name}"
    return {
        "List-Id": f"{_phrase(name)} <{code}.{site_host()}>",
        "List-Unsubscribe": f"<{unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Archive": f"<{archive_url}>",
        "Precedence": "list",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }


@lru_cache(maxsize=256)
def _phrase(name):
    """`name` as a phrase of a header (RFC 5322 3.2.5): encoded words where it is not ASCII."""
    bare = one_line_of(name.translate(_SPECIALS))
    # Each encoded word has 75 characters at most (RFC 2047 2).
    return bare if bare.isascii() else Header(bare, "utf-8", 75).encode(linesep="")


def _switch(notification, recipient):
    """Where `recipient` switches `notification` off; "" when that cannot be."""
    if (
        notification is None
        or not notification.can_be_switched_off
        or recipient is None
    ):
        return ""
    return mail_settings_link(recipient.pk, f"name:{notification.name}")


def _plain(path, context):
    """Render a text template: nothing in it is HTML, so nothing is escaped."""
    return get_template(path).template.render(Context(context, autoescape=False))


def _is_wanted(name, recipient, address):
    if bounces.is_suspended(address) or getattr(recipient, "left_at", None):
        return False
    declared = notification_named(name)
    if recipient is None or declared is None or not declared.can_be_switched_off:
        return True
    return is_wanted(recipient, declared)


def _key(once, recipient, address):
    return f"{once}|{recipient.pk if recipient else address}"[:200]


def _was_attempted(key):
    """Whether this mail has left, or may have: what was interrupted is said so."""
    record = OutgoingMail.objects.filter(key=key).first()
    if record is None:
        return False
    if (
        record.status == MailStatus.SENDING
        and _is_interrupted(record)
        and claims.swap(record, "status", status=MailStatus.UNCERTAIN)
    ):
        logger.warning("Mail %s was interrupted while being sent; not repeated", key)
    return True


def _is_interrupted(record):
    """Whether nobody is sending it any more: its worker is gone, or its time is over."""
    if record.claimed_until is None or record.claimed_until <= timezone.now():
        return True
    is_workers = record.claimed_by.startswith("worker-")
    alive = WorkerHeartbeat.objects.filter(worker_id=record.claimed_by)
    return is_workers and not alive.exists()


def _reserve(*, key, name, to, message):
    """Write down that this mail is leaving, or return None when another was faster."""
    record = claims.insert_once(
        OutgoingMail(
            key=key,
            kind="templated",
            notification=name,
            user=to,
            address=message.to[0],
            subject=message.subject[:250],
            message_id=message.extra_headers["Message-ID"],
            status=MailStatus.SENDING,
            claimed_by=workers.current_id(),
            claimed_until=timezone.now() + LEASE,
        )
    )
    if record is None:
        _was_attempted(key)
    return record


def _send_reserved(server, record, message):
    try:
        send_over(server, dress(message, record))
    except Exception as error:
        verdict = verdict_on(error)
        if verdict.fate is Fate.UNCERTAIN:
            settle(record, status=MailStatus.UNCERTAIN, error=verdict.said)
        elif verdict.fate is Fate.REFUSED:
            settle(record, status=MailStatus.FAILED, attempts=1, error=verdict.said)
            bounces.note_refusal(record, verdict)
        else:
            # Not taken, hence not sent: the next attempt may try again.
            record.delete()
            raise
        logger.warning("Mail %s: %s", record.key, verdict.said)
        return False
    settle(record, status=MailStatus.SENT, attempts=1, sent_at=timezone.now(), error="")
    return True
