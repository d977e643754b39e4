"""Places at exchange days: the coming ones are given back, the past ones only count."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from events import services
from events.models import EventPage, Registration
from network_site.registries.personal_data import (
    Dependent,
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)


@personal_data
class Registrations(PersonalData):
    name = "events.registration"
    label = _("Registrations for exchange days")
    purpose = _("To keep you a place, and to prepare the day with your questions")
    models = ("events.Registration",)
    kept = _("As long as the day is in the calendar")
    on_leaving = _(
        "Coming places are given back to who waits; past ones stay as a number, without"
        " what you wrote."
    )
    order = 35
    fields = {
        "day": _("Day"),
        "starts": _("Date"),
        "status": _("Status"),
        "mode": _("Attendance"),
        "access_needs": _("Needs for access"),
        "question": _("Question for the day"),
        "registered": _("Registered"),
        "cancelled": _("Cancelled"),
    }

    def export(self, user):
        found = Registration.objects.filter(user=user).select_related("event")
        seen = set(
            EventPage.objects.visible_to(user)
            .filter(registrations__user=user)
            .values_list("pk", flat=True)
        )
        return Section(
            [
                {
                    "day": one.event.title if one.event_id in seen else one.event_id,
                    "starts": one.event.starts_at,
                    "status": one.get_status_display(),
                    "mode": one.get_mode_display(),
                    "access_needs": one.access_needs,
                    "question": one.question,
                    "registered": one.created_at,
                    "cancelled": one.cancelled_at,
                }
                for one in found.order_by("pk")
            ]
        )

    def erase(self, leaving):
        user = get_user_model().objects.get(pk=leaving.user_id)
        mine = Registration.objects.filter(user=user)
        coming = list(
            mine.active().filter(event__ends_at__gt=leaving.now).select_related("event")
        )
        for registration in coming:
            services.cancel(registration=registration, by=user, now=leaving.now)
        given_back, _rows = mine.filter(event__ends_at__gt=leaving.now).delete()
        mine.update(access_needs="", question="")
        kept = mine.count()
        yield ReceiptLine(_("Coming places at exchange days"), given_back)
        yield ReceiptLine(
            _("Past places at exchange days"),
            kept=kept,
            why_kept=_("They count who came; they lead to your empty account."),
        )

    def dependents(self, user):
        coming = EventPage.objects.filter(owner=user, live=True).upcoming()
        for event in coming.order_by("starts_at", "pk"):
            yield Dependent(_("Coming day that you organise"), event.title, event.url)

    def count(self):
        return Registration.objects.count()


@personal_data
class AccessNeeds(PersonalData):
    name = "events.access_needs"
    label = _("Needs for access")
    purpose = _("To welcome everyone at an exchange day; they may tell of one's health")
    models = ()
    retention = Retention(
        services.FORGET_NEEDS_AFTER,
        _("30 days after the day, or at once when the place is given back"),
        "events.timetable.forget_access_needs",
    )
    on_leaving = _("Erased.")

    def count(self):
        return Registration.objects.exclude(access_needs="").count()

    def overdue(self, now):
        before = now - services.FORGET_NEEDS_AFTER - timedelta(days=1)
        return (
            Registration.objects.filter(event__ends_at__lte=before)
            .exclude(access_needs="")
            .count()
        )


@personal_data
class Contacts(PersonalData):
    name = "events.contact"
    label = _("Contacts of exchange days")
    purpose = _("To reach who prepares a day")
    models = ("events.EventPage",)
    kept = _("As long as the page of the day")
    on_leaving = _("Your address is taken out of the days that give it.")
