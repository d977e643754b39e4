"""Asking to leave, thinking it over, changing one's mind."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import pgettext

from network_site.core.outbox import emit
from network_site.core.seals import Seal
from network_site.core.timetable import PARIS
from network_site.journal.enums import Action
from network_site.journal.services import record
from network_site.members.models import Profile
from network_site.privacy.enums import DepartureCause, Signature
from network_site.privacy.models import Departure, Presence
from network_site.registries.personal_data import categories

STAY = Seal("privacy.stay", lasts=timedelta(days=400))


class TooLate(Exception):
    """The erasure has begun: nobody can stop it any more."""


def open_departure(user):
    """The departure of `user` that is neither given up nor carried out, or None."""
    return Departure.objects.filter(
        user=user, cancelled_at=None, erased_at=None
    ).first()


def signature_of(user, choice, now=None):
    """What `user` signs once gone: "Ancien membre, Gentilly, 2026", or their name.

    In the language of the contents; the commune or the territory is that of their sheet.
    """
    if choice == Signature.NAME:
        return user.get_full_name()
    profile = Profile.objects.filter(user=user).select_related("territory").first()
    territory = profile.territory if profile else None
    year = str((now or timezone.now()).astimezone(PARIS).year)
    with translation.override(settings.LANGUAGE_CODE):
        if choice == Signature.FORMER_F:
            former = pgettext("a woman", "Former member")
        else:
            former = pgettext("a man, or not said", "Former member")
    return ", ".join(filter(None, [former, territory.name if territory else "", year]))


def what_rests_on(user):
    """What would be left without anybody: Dependents of all apps."""
    return [one for category in categories() for one in category.dependents(user)]


@transaction.atomic
def ask_to_leave(*, user, signature=Signature.FORMER_M, now=None):
    """Write down that `user` leaves in LEAVING_GRACE_DAYS days; return the Departure.

    Asked twice, it is the same departure, signed as said last. Raises TooLate once the
    erasure has begun.
    """
    now = now or timezone.now()
    departure = open_departure(user)
    if departure is None:
        try:
            with transaction.atomic():
                departure = Departure.objects.create(
                    user=user,
                    signature=signature,
                    asked_at=now,
                    due_at=now + timedelta(days=settings.LEAVING_GRACE_DAYS),
                )
        except IntegrityError:
            # The same form sent twice at the same time.
            return open_departure(user)
        record(Action.DEPARTURE_ASKED, actor=user, subject=user, about=departure)
        emit("departure.asked", departure_id=departure.pk)
        return departure
    if departure.begun_at is not None:
        raise TooLate
    departure.signature = signature
    departure.save(update_fields=["signature"])
    return departure


@transaction.atomic
def stay(*, user, now=None):
    """`user` stays: what they had asked is given up, an absence is over.

    Returns whether a departure was given up. Raises TooLate once the erasure has begun.
    """
    now = now or timezone.now()
    Presence.objects.update_or_create(user=user, defaults={"confirmed_at": now})
    departure = (
        Departure.objects.select_for_update()
        .filter(user=user, cancelled_at=None, erased_at=None)
        .first()
    )
    if departure is None:
        return False
    if departure.begun_at is not None:
        raise TooLate
    departure.cancelled_at = now
    departure.save(update_fields=["cancelled_at"])
    record(Action.DEPARTURE_CANCELLED, actor=user, subject=user, about=departure)
    return True


def remind(*, now=None):
    """Write to those who leave within LEAVING_REMINDER_DAYS days, once; return how many."""
    now = now or timezone.now()
    near = Departure.objects.filter(
        cause=DepartureCause.ASKED,
        cancelled_at=None,
        begun_at=None,
        reminded_at=None,
        due_at__lte=now + timedelta(days=settings.LEAVING_REMINDER_DAYS),
    )
    count = 0
    for pk in list(near.values_list("pk", flat=True)):
        with transaction.atomic():
            if Departure.objects.filter(pk=pk, reminded_at=None).update(
                reminded_at=now
            ):
                emit("departure.reminder", departure_id=pk)
                count += 1
    return count


def stay_token(user):
    """What a link of a mail carries for its reader to stay."""
    return STAY.sign(user.pk)


def user_who_stays(pk):
    """The user that was signed, who may stay; None once they left."""
    return get_user_model().objects.filter(pk=pk, left_at=None, is_active=True).first()
