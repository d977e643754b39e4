"""The newsletter: who receives it without an account, who proposed what, where tests went."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network_site.newsletters.enums import ContributionStatus
from network_site.newsletters.models import Contribution, Proof, Subscription
from network_site.newsletters.services.subscriptions import (
    LEFT_KEPT_FOR,
    UNCONFIRMED_KEPT_FOR,
)
from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)

# Far longer than an issue is prepared.
PROOFS_KEPT_FOR = timedelta(days=180)


def _at(addresses, field="email"):
    condition = Q(pk__in=[])
    for address in addresses:
        condition |= Q(**{f"{field}__iexact": address})
    return condition


@personal_data
class Subscriptions(PersonalData):
    name = "newsletters.subscription"
    label = _("Newsletter without an account")
    purpose = _(
        "To send the newsletter to who asked for it, and to prove that they did"
    )
    models = ("newsletters.Subscription",)
    retention = Retention(
        LEFT_KEPT_FOR,
        _(
            "As long as the subscription; 30 days after it ends, 7 days when it was never"
            " confirmed"
        ),
        "network_site.newsletters.timetable.forget_subscriptions",
    )
    on_leaving = _("Erased, where it is at one of your addresses.")
    fields = {
        "address": _("Address"),
        "consent": _("Wording accepted"),
        "asked": _("Asked"),
        "confirmed": _("Confirmed"),
        "ended": _("Ended"),
    }

    def export(self, user):
        return Section(
            [
                {
                    "address": one.email,
                    "consent": one.consent,
                    "asked": one.created_at,
                    "confirmed": one.confirmed_at,
                    "ended": one.unsubscribed_at,
                }
                for one in Subscription.objects.filter(_at([user.email])).order_by("pk")
            ]
        )

    def erase(self, leaving):
        count, _rows = Subscription.objects.filter(_at(leaving.addresses)).delete()
        yield ReceiptLine(self.label, count)

    def count(self):
        return Subscription.objects.count()

    def overdue(self, now):
        now -= timedelta(days=1)
        return Subscription.objects.filter(
            Q(confirmed_at=None, created_at__lt=now - UNCONFIRMED_KEPT_FOR)
            | Q(unsubscribed_at__lt=now - LEFT_KEPT_FOR)
        ).count()


@personal_data
class Contributions(PersonalData):
    name = "newsletters.contribution"
    label = _("Proposals for the newsletter")
    purpose = _("To make the newsletter of what members propose")
    models = ("newsletters.Contribution", "newsletters.Dispatch")
    kept = _("As long as the issue; those not taken, as long as the account")
    on_leaving = _(
        "Those that were published stay with their issue; the others are erased."
    )
    fields = {
        "title": _("Title"),
        "text": _("Text"),
        "url": _("Address"),
        "status": _("Status"),
        "reason": _("Reason of the refusal"),
        "proposed": _("Proposed"),
    }

    def export(self, user):
        return Section(
            [
                {
                    "title": one.title,
                    "text": one.text,
                    "url": one.url,
                    "status": one.get_status_display(),
                    "reason": one.reason,
                    "proposed": one.created_at,
                }
                for one in Contribution.objects.filter(author=user).order_by("pk")
            ]
        )

    def erase(self, leaving):
        mine = Contribution.objects.filter(author_id=leaving.user_id)
        taken = mine.filter(status=ContributionStatus.ACCEPTED)
        kept = taken.count()
        erased, _rows = mine.exclude(pk__in=taken.values("pk")).delete()
        yield ReceiptLine(
            self.label,
            erased,
            kept,
            _("They were published in an issue.") if kept else "",
        )

    def count(self):
        return Contribution.objects.count()


@personal_data
class Proofs(PersonalData):
    name = "newsletters.proof"
    label = _("Tests of the newsletter")
    purpose = _("To see an issue as it arrives before everybody gets it")
    models = ("newsletters.Proof",)
    retention = Retention(PROOFS_KEPT_FOR, _("180 days"))
    on_leaving = _("Erased.")
    fields = {"address": _("Address"), "asked": _("Asked")}

    def export(self, user):
        found = Proof.objects.filter(asked_by=user, address__iexact=user.email)
        return Section(
            [
                {"address": one.address, "asked": one.created_at}
                for one in found.order_by("pk")
            ]
        )

    def erase(self, leaving):
        count, _rows = Proof.objects.filter(
            _at(leaving.addresses, "address") | Q(asked_by_id=leaving.user_id)
        ).delete()
        yield ReceiptLine(self.label, count)

    def count(self):
        return Proof.objects.count()

    def overdue(self, now):
        before = now - PROOFS_KEPT_FOR - timedelta(days=1)
        return Proof.objects.filter(created_at__lt=before).count()

    def forget(self, now):
        Proof.objects.filter(created_at__lt=now - PROOFS_KEPT_FOR).delete()
