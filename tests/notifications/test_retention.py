"""What was sent to whom is kept as long as the privacy page says, and no longer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network_site.mailing.enums import MailStatus
from network_site.mailing.models import (
    AddressHealth,
    Bounce,
    OutgoingMail,
)
from network_site.mailing.retention import prune_mails
from network_site.notifications.models import (
    Delivery,
    Item,
)
from network_site.notifications.retention import prune_items
from network_site.registries.enums import Category

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def aged(row, field, days):
    type(row).objects.filter(pk=row.pk).update(**{field: NOW - timedelta(days=days)})
    return row


def make_mail(key, status, days):
    row = OutgoingMail.objects.create(
        key=key, kind="test", address="a@exemple.fr", status=status
    )
    return aged(row, "created_at", days)


def test_the_journal_forgets_after_its_time_but_never_what_waits(settings):
    settings.MAIL_JOURNAL_DAYS = 180
    make_mail("old", MailStatus.SENT, 181)
    make_mail("uncertain", MailStatus.UNCERTAIN, 181)
    make_mail("waiting", MailStatus.QUEUED, 181)
    make_mail("leaving", MailStatus.SENDING, 181)
    make_mail("young", MailStatus.SENT, 179)
    for name, days in (("old", 181), ("young", 179)):
        bounce = Bounce.objects.create(
            report_id=name, address="a@exemple.fr", is_hard=True
        )
        aged(bounce, "received_at", days)
    prune_mails(NOW)
    assert set(OutgoingMail.objects.values_list("key", flat=True)) == {
        "waiting",
        "leaving",
        "young",
    }
    assert list(Bounce.objects.values_list("report_id", flat=True)) == ["young"]


def test_a_suspension_lasts_and_a_single_old_refusal_does_not():
    long_ago = NOW - timedelta(days=200)
    for name, fields in {
        "suspended": {"hard_bounces": 2, "suspended_at": long_ago},
        "once": {"hard_bounces": 1},
        "lifted": {"hard_bounces": 0},
    }.items():
        AddressHealth.objects.create(
            address=f"{name}@exemple.fr", last_bounced_at=long_ago, **fields
        )
    recent = AddressHealth.objects.create(
        address="recent@exemple.fr", hard_bounces=1, last_bounced_at=NOW
    )
    prune_mails(NOW)
    assert set(AddressHealth.objects.values_list("address", flat=True)) == {
        "suspended@exemple.fr",
        recent.address,
    }


def test_items_are_kept_long_after_they_may_be_told(member):
    kept = []
    for number, (occurred, noted) in enumerate([(401, 401), (401, 5), (399, 399)]):
        item = Item.objects.create(
            name="forums.post",
            object_id=number,
            category=Category.FORUMS,
            occurred_at=NOW - timedelta(days=occurred),
        )
        aged(item, "created_at", noted)
        Delivery.objects.create(user=member, item=item)
        kept.append(item.pk)
    prune_items(NOW)
    assert set(Item.objects.values_list("pk", flat=True)) == set(kept[1:])
    assert set(Delivery.objects.values_list("item_id", flat=True)) == set(kept[1:])
