"""What follows a request about one's own data: long work is queued, mails are sent."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network_site.core.addresses import absolute
from network_site.core.outbox import handles
from network_site.mailing.mail import send_templated
from network_site.privacy import services
from network_site.privacy.enums import ExportStatus
from network_site.privacy.models import Departure, Export, InactivityNotice
from network_site.privacy.services import erasure, inactivity
from network_site.privacy.tasks import erase_account, prepare_export


def _stay_url(user):
    return absolute(reverse("privacy:stay_from_mail", args=[services.stay_token(user)]))


@handles("export.asked")
def queue_export(export_id):
    if Export.objects.filter(pk=export_id, status=ExportStatus.WAITING).exists():
        prepare_export.enqueue(export_id)


@handles("export.ready")
def tell_export_ready(export_id):
    export = (
        Export.objects.select_related("user")
        .filter(pk=export_id, status=ExportStatus.READY)
        .first()
    )
    if export is None:
        return
    send_templated(
        template="privacy/export_ready",
        to=export.user,
        context=lambda: {
            "export": export,
            "days": settings.EXPORT_KEPT_DAYS,
            "action_url": absolute(reverse("privacy:home")),
            "action_label": _("Fetch my data"),
            "reason": _("You receive this mail because you asked for your data."),
        },
        once=f"export.ready:{export.pk}",
    )


@handles("departure.asked")
def confirm_departure(departure_id):
    _write_to_leaver(departure_id, "departure_asked")


@handles("departure.reminder")
def remind_of_departure(departure_id):
    _write_to_leaver(departure_id, "departure_reminder")


def _write_to_leaver(departure_id, name):
    departure = Departure.objects.select_related("user").filter(pk=departure_id).first()
    if departure is None or not departure.is_open:
        return
    user = departure.user
    send_templated(
        template=f"privacy/{name}",
        to=user,
        context=lambda: {
            "departure": departure,
            "signature": services.signature_of(user, departure.signature),
            "action_url": _stay_url(user),
            "action_label": _("I stay"),
            "reason": _(
                "You receive this mail because you asked to leave the network."
            ),
        },
        once=f"{name}:{departure.pk}",
    )


@handles("departure.due")
def queue_erasure(departure_id):
    due = Departure.objects.filter(pk=departure_id, cancelled_at=None, erased_at=None)
    if due.exists():
        erase_account.enqueue(departure_id)


@handles("departure.emptied")
def send_receipt(departure_id):
    departure = Departure.objects.filter(pk=departure_id, erased_at=None).first()
    if departure is None or not departure.held:
        return
    held = departure.held
    address = held["addresses"][0] if held["addresses"] else ""
    try:
        send_templated(
            template="privacy/receipt",
            to=address,
            language=held["language"],
            context=lambda: {
                "lines": services.receipt_lines(departure, get_language()),
                "later": services.what_goes_later(),
                "signature": held["signature"],
                "is_inactivity": departure.cause == "inactivity",
                "action_url": absolute(
                    reverse("privacy:receipt", args=[departure.receipt_key])
                ),
                "action_label": _("Read this receipt again"),
                "reason": _(
                    "This is the last mail that we send you: your address is erased now."
                ),
            },
            once=f"departure.receipt:{departure.pk}",
        )
    except Exception:
        if not erasure.may_end_without_receipt(departure):
            raise
    services.close(departure_id=departure.pk)


@handles("inactivity.notice")
def send_notice(notice_id):
    notice = (
        InactivityNotice.objects.select_related("user")
        .filter(pk=notice_id, sent_at=None)
        .first()
    )
    now = timezone.now()
    if notice is None:
        return
    # Whoever came back in the meantime is not told that they are away.
    if not inactivity.away(now).filter(
        pk=notice.user_id, last_active_at=notice.last_active_at
    ):
        return
    user = get_user_model().objects.get(pk=notice.user_id)
    once = f"inactivity:{notice.pk}"
    was_sent = send_templated(
        template="privacy/inactivity_notice",
        to=user,
        context=lambda: {
            "notice": notice,
            "is_last": notice.number == inactivity.LAST_NOTICE,
            "months": settings.INACTIVITY_MONTHS,
            "days": settings.INACTIVITY_NOTICE_DAYS,
            "action_url": _stay_url(user),
            "action_label": _("I stay"),
            "reason": _(
                "You receive this mail because you have an account in the network that you"
                " have not used for two years."
            ),
        },
        once=once,
    )
    # A former attempt that was killed may have left: nobody is told twice.
    mails = apps.get_model("notifications", "OutgoingMail").objects
    has_left = mails.filter(
        key=f"{once}|{user.pk}", status__in=["sent", "uncertain"]
    ).exists()
    if was_sent or has_left:
        inactivity.note_sent(notice=notice, now=now)
    else:
        inactivity.note_undeliverable(notice=notice)
