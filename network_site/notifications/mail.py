"""Mails written from three templates, in the reader's language, at most once each."""

import logging
import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation

from network_site.notifications.enums import MailStatus
from network_site.notifications.models import OutgoingMail

logger = logging.getLogger(__name__)


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

    `to` is a user or an address. The subject, text and HTML come from
    templates/emails/<template>_{subject.txt,body.txt,body.html}, rendered in
    `language` (the recipient's by default; the site's for an address) with `base_url`,
    `site_name`, `recipient`, `LANGUAGE_CODE` and, in the bodies, `subject` beside `context`.
    `context` may be a function without argument: it is called in that language, so that
    the words and addresses it makes are the reader's. `attachments` are (name, bytes, type)
    triples.

    `once` names the mail ("registration_confirmed:7"): with the same key nothing is
    ever sent again to the same recipient. When a former attempt was killed while it
    was talking to the mail server, nobody can tell whether it arrived: it is marked
    uncertain and not repeated. Call it from outbox handlers, outside a transaction.

    Returns True when a mail was sent. Errors of the mail server are raised, so that the
    outbox tries again.
    """
    recipient, address = (None, to) if isinstance(to, str) else (to, to.email)
    if not address:
        return False
    message = _compose(
        template=template,
        address=address,
        recipient=recipient,
        context=context or {},
        language=language
        or getattr(recipient, "language", "")
        or settings.LANGUAGE_CODE,
        headers=headers or {},
        attachments=attachments,
    )
    if once is None:
        message.send()
        return True
    record = _reserve(
        key=_key(once, recipient, address),
        template=template,
        to=recipient,
        message=message,
    )
    if record is None:
        return False
    try:
        message.send()
    except BaseException:
        # Refused, hence not sent: the next attempt may try again.
        record.delete()
        raise
    record.status = MailStatus.SENT
    record.sent_at = timezone.now()
    record.save(update_fields=["status", "sent_at"])
    return True


def _compose(*, template, address, recipient, context, language, headers, attachments):
    with translation.override(language):
        given = context() if callable(context) else context
        context = {
            "base_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "recipient": recipient,
            "LANGUAGE_CODE": language,
            **given,
        }
        path = f"emails/{template}"
        subject = " ".join(_plain(f"{path}_subject.txt", context).split())
        context["subject"] = subject
        text = _plain(f"{path}_body.txt", context)
        # What a condition left out leaves no hole.
        text = re.sub(r"\n\s*\n\s*\n", "\n\n", text).strip() + "\n"
        html = render_to_string(f"{path}_body.html", context)
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[address],
        headers={"Auto-Submitted": "auto-generated", **headers},
    )
    message.attach_alternative(html, "text/html")
    for name, content, kind in attachments:
        message.attach(name, content, kind)
    return message


def _plain(path, context):
    """Render a text template: nothing in it is HTML, so nothing is escaped."""
    return get_template(path).template.render(Context(context, autoescape=False))


def _key(once, recipient, address):
    return f"{once}|{recipient.pk if recipient else address}"[:200]


def _reserve(*, key, template, to, message):
    """Write down that this mail is leaving, or return None when it has left already."""
    try:
        with transaction.atomic():
            return OutgoingMail.objects.create(
                key=key,
                kind="templated",
                notification=template.replace("/", "."),
                user=to,
                address=message.to[0],
                subject=message.subject[:250],
                status=MailStatus.SENDING,
            )
    except IntegrityError:
        interrupted = OutgoingMail.objects.filter(key=key, status=MailStatus.SENDING)
        if interrupted.update(status=MailStatus.UNCERTAIN):
            logger.warning(
                "Mail %s was interrupted while being sent; not repeated", key
            )
        return None
