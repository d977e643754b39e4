"""The health of addresses: what servers refuse, and when it is better not to insist.

Two refusals for good, or one complaint, suspend an address; nothing but account mails (codes,
password) is sent to it until its owner, asked at the next login, confirms or changes it. A burst
(many addresses, one server, one reason, a short time) is shown to those who run the network and
counted against nobody until one of them says so.
"""

import re
from datetime import timedelta
from ipaddress import ip_address

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from network_site.mailing.models import (
    AddressHealth,
    Bounce,
    Burst,
)
from network_site.mailing.refusals import (
    DEAD,
    Cause,
    understand,
)

HARD_BOUNCES_TO_SUSPEND = 2
BURST_SIZE = 5
BURST_WINDOW = timedelta(hours=1)
# A mailbox that is full is its owner's affair, however many there are.
NEVER_A_BURST = (Cause.FULL, Cause.COMPLAINT)


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
        hard_bounces=0, complained_at=None, suspended_at=None
    )


@transaction.atomic
def note_bounce(
    *,
    report_id,
    address,
    status,
    diagnostic="",
    mail=None,
    is_hard=False,
    cause="",
    host="",
    now=None,
):
    """Write down a mail that came back; suspend the address when it was the second for good.

    `cause` is a Cause, `host` the server that refused (by default the domain of `address`). The
    same `report_id` counts once: return the Bounce, or None when it was known.
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
            "cause": cause or (Cause.UNKNOWN if is_hard else Cause.OTHER),
            "host": _family(host or address.rpartition("@")[2]),
            "received_at": now,
        },
    )
    if not is_new:
        return None
    if bounce.cause == Cause.COMPLAINT:
        _health(address).update(complained_at=now, suspended_at=now)
    elif not _join_burst(bounce) and is_hard:
        _charge(bounce)
    return bounce


def note_refusal(mail, verdict, now=None):
    """Count the refusal of a recipient in the dialogue itself (smtp.Verdict)."""
    if not verdict.is_about_recipient:
        return
    refusal = understand(verdict.said, verdict.status)
    note_bounce(
        report_id=f"smtp:{mail.pk}:{mail.attempts}",
        address=mail.address,
        mail=mail,
        status=verdict.status,
        diagnostic=verdict.said,
        is_hard=refusal is not None and refusal.is_hard,
        cause=refusal.cause if refusal else Cause.OTHER,
        now=now,
    )


def _health(address):
    AddressHealth.objects.get_or_create(address=address)
    return AddressHealth.objects.filter(address=address)


def _charge(bounce):
    health = _health(bounce.address)
    health.update(
        hard_bounces=F("hard_bounces") + 1, last_bounced_at=bounce.received_at
    )
    health.filter(suspended_at=None, hard_bounces__gte=HARD_BOUNCES_TO_SUSPEND).update(
        suspended_at=bounce.received_at
    )
    Bounce.objects.filter(pk=bounce.pk).update(is_charged=True)


def _discharge(pks):
    """Take back what the bounces `pks` counted, and the suspensions that followed from it."""
    charged = Bounce.objects.filter(pk__in=pks, is_charged=True)
    for bounce in charged:
        health = AddressHealth.objects.filter(address=bounce.address)
        health.filter(hard_bounces__gt=0).update(hard_bounces=F("hard_bounces") - 1)
        health.filter(
            complained_at=None, hard_bounces__lt=HARD_BOUNCES_TO_SUSPEND
        ).update(suspended_at=None)
    charged.update(is_charged=False)


# Bursts


def open_bursts():
    """The bursts nobody has settled, with the number of their `addresses`."""
    return with_addresses(Burst.objects.filter(settled_at=None))


def with_addresses(bursts):
    """`bursts`, each with the number of addresses it touched."""
    return bursts.annotate(addresses=Count("bounces__address", distinct=True))


@transaction.atomic
def settle_burst(burst, *, counts, now=None):
    """Close `burst`: its refusals for good count against the addresses, or never.

    Return how many were counted; 0 when somebody had settled it before.
    """
    now = now or timezone.now()
    is_ours = Burst.objects.filter(pk=burst.pk, settled_at=None).update(
        settled_at=now, is_counted=counts
    )
    if not (is_ours and counts):
        return 0
    hard = list(burst.bounces.filter(is_hard=True, is_charged=False))
    for bounce in hard:
        _charge(bounce)
    return len(hard)


def _join_burst(bounce):
    """Whether `bounce` is one of many alike; then none of them is held against its address."""
    if not bounce.host or bounce.cause in NEVER_A_BURST:
        return False
    start = bounce.received_at - BURST_WINDOW
    alike = Bounce.objects.filter(
        host=bounce.host,
        cause=bounce.cause,
        burst=None,
        received_at__gt=start,
        received_at__lte=bounce.received_at,
    )
    # One that was set aside goes on as it began.
    burst = Burst.objects.filter(
        host=bounce.host, cause=bounce.cause, is_counted=False, last_at__gt=start
    ).first()
    if burst is None:
        if alike.values("address").distinct().count() < BURST_SIZE:
            return False
        burst = Burst.objects.create(
            host=bounce.host,
            cause=bounce.cause,
            first_at=alike.earliest("received_at").received_at,
            last_at=bounce.received_at,
        )
    else:
        Burst.objects.filter(pk=burst.pk).update(last_at=bounce.received_at)
    pks = list(alike.values_list("pk", flat=True))
    _discharge(pks)
    Bounce.objects.filter(pk__in=pks).update(burst=burst)
    return True


def _family(host):
    """The name that the machines of one service share: "mx1.ville.fr" and "mx2.ville.fr"."""
    host = host.strip("[]. ").lower()[:200]
    try:
        ip_address(host)
    except ValueError:
        return re.sub(r"\d+", "", host)
    return host


def is_about_addresses(burst):
    """Whether what the server says speaks of the addresses: then they may be counted."""
    return burst.cause in DEAD
