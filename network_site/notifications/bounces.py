"""The health of addresses: what servers refuse, and when it is better not to insist.

Two refusals for good suspend an address; nothing but account mails (codes, password) is sent
to it until its owner, asked at the next login, confirms or changes it.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from network_site.notifications.models import AddressHealth, Bounce

HARD_BOUNCES_TO_SUSPEND = 2
# Permanent, and yet nothing against the address: full, too long, content, policy (RFC 3463).
NOT_THE_ADDRESS = ("5.2.2", "5.2.3", "5.3.4", "5.6.", "5.7.")


def folded(address):
    """The spelling under which an address is counted."""
    return address.strip().lower()


def health_of(address):
    """The AddressHealth of `address`, or None when nothing ever came back from it."""
    return AddressHealth.objects.filter(address=folded(address)).first()


def is_suspended(address):
    """Whether mails to `address` are held back."""
    return bool(suspended_among([address]))


def suspended_among(addresses):
    """Those of `addresses`, folded, that are suspended; one query."""
    wanted = {folded(address) for address in addresses}
    return set(
        AddressHealth.objects.filter(address__in=wanted)
        .exclude(suspended_at=None)
        .values_list("address", flat=True)
    )


def reinstate(address):
    """Count from zero again: its owner, or a facilitator, says that `address` is right."""
    AddressHealth.objects.filter(address=folded(address)).update(
        hard_bounces=0, suspended_at=None
    )


def is_hard(status):
    """Whether `status` (RFC 3463, "5.1.1") says for good that the address takes no mail."""
    return status.startswith("5.") and not status.startswith(NOT_THE_ADDRESS)


@transaction.atomic
def note_bounce(
    *, report_id, address, status, diagnostic="", mail=None, is_hard=False, now=None
):
    """Write down a mail that came back; suspend the address when it was the second for good.

    The same `report_id` counts once: return the Bounce, or None when it was known.
    """
    now = now or timezone.now()
    address = folded(address)
    bounce, is_new = Bounce.objects.get_or_create(
        report_id=report_id[:200],
        defaults={
            "address": address,
            "mail": mail,
            "status": status[:12],
            "diagnostic": diagnostic[:2000],
            "is_hard": is_hard,
        },
    )
    if not is_new:
        return None
    if is_hard:
        AddressHealth.objects.get_or_create(address=address)
        health = AddressHealth.objects.filter(address=address)
        health.update(hard_bounces=F("hard_bounces") + 1, last_bounced_at=now)
        health.filter(
            suspended_at=None, hard_bounces__gte=HARD_BOUNCES_TO_SUSPEND
        ).update(suspended_at=now)
    return bounce


def note_refusal(mail, verdict, now=None):
    """Count the refusal of a recipient in the dialogue itself (smtp.Verdict)."""
    if verdict.is_about_recipient:
        note_bounce(
            report_id=f"smtp:{mail.pk}:{mail.attempts}",
            address=mail.address,
            mail=mail,
            status=verdict.status,
            diagnostic=verdict.said,
            is_hard=is_hard(verdict.status),
            now=now,
        )
