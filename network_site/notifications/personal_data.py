"""What people are told of: their settings, what they follow, what was told to them."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from network_site.notifications.models import (
    Delivery,
    DigestSchedule,
    Follow,
    Item,
    MailSettings,
)
from network_site.notifications.retention import ITEM_DAYS
from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)

_JOB = "network_site.notifications.timetable.forget_old_items"
# The job passes once a day.
_A_DAY = timedelta(days=1)


@personal_data
class Settings(PersonalData):
    name = "notifications.settings"
    label = _("Mail settings")
    purpose = _("To write to you when and how you wish")
    models = ("notifications.MailSettings", "notifications.DigestSchedule")
    kept = _("As long as the account")
    on_leaving = _("Erased.")
    fields = {
        "rhythm": _("Rhythm"),
        "hour": _("Hour of the summary"),
        "by_space": _("Rhythm by space"),
        "switched_off": _("Switched off"),
        "paused_from": _("Pause, first day"),
        "paused_until": _("Pause, last day"),
        "newsletter": _("Newsletter"),
    }

    def export(self, user):
        return Section(
            [
                {
                    "rhythm": one.get_rhythm_display(),
                    "hour": one.hour,
                    "by_space": one.category_rhythms,
                    "switched_off": one.switched_off,
                    "paused_from": one.paused_from,
                    "paused_until": one.paused_until,
                    "newsletter": one.wants_newsletter,
                }
                for one in MailSettings.objects.filter(user=user)
            ]
        )

    def erase(self, leaving):
        count, _rows = MailSettings.objects.filter(user_id=leaving.user_id).delete()
        DigestSchedule.objects.filter(user_id=leaving.user_id).delete()
        yield ReceiptLine(self.label, count)

    def count(self):
        return MailSettings.objects.count()


@personal_data
class Follows(PersonalData):
    name = "notifications.follow"
    label = _("What you follow")
    purpose = _("To tell you what is new there")
    models = ("notifications.Follow",)
    kept = _("As long as you follow it")
    on_leaving = _("Erased.")
    fields = {
        "kind": _("Kind"),
        "object": _("Number or code"),
        "level": _("Level"),
        "by_taking_part": _("By taking part"),
        "since": _("Since"),
    }

    def export(self, user):
        # By number: what it is called is somebody else's, and may be closed by now.
        return Section(
            [
                {
                    "kind": one.kind,
                    "object": one.target,
                    "level": one.get_level_display(),
                    "by_taking_part": one.is_automatic,
                    "since": one.created_at,
                }
                for one in Follow.objects.filter(user=user).order_by("pk")
            ]
        )

    def erase(self, leaving):
        count, _rows = Follow.objects.filter(user_id=leaving.user_id).delete()
        yield ReceiptLine(self.label, count)

    def count(self):
        return Follow.objects.count()


@personal_data
class Items(PersonalData):
    name = "notifications.items"
    label = _("What was told to you")
    purpose = _("To tell you each thing once, and to show you what you have not read")
    models = ("notifications.Item", "notifications.Delivery")
    retention = Retention(
        timedelta(days=ITEM_DAYS), _("400 days after it happened"), _JOB
    )
    on_leaving = _("Erased.")
    fields = {
        "what": _("What"),
        "at": _("When"),
        "reason": _("Why"),
        "way": _("By which way"),
        "read": _("Read"),
        "mailed": _("Mailed"),
    }

    def export(self, user):
        deliveries = Delivery.objects.filter(user=user).select_related("item")
        return Section(
            [
                {
                    "what": f"{one.item.name}:{one.item.object_id}",
                    "at": one.item.occurred_at,
                    "reason": one.get_reason_display(),
                    "way": one.get_channel_display(),
                    "read": one.read_at,
                    "mailed": one.mailed_at,
                }
                for one in deliveries.order_by("pk")
            ]
        )

    def erase(self, leaving):
        count, _rows = Delivery.objects.filter(user_id=leaving.user_id).delete()
        yield ReceiptLine(self.label, count)

    def count(self):
        return Delivery.objects.count()

    def overdue(self, now):
        limit = now - timedelta(days=ITEM_DAYS) - _A_DAY
        return Item.objects.filter(occurred_at__lt=limit, created_at__lt=limit).count()
