"""Subscribing without an account: asked, confirmed by the address, left by one click."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from network_site.core.outbox import emit
from network_site.members import roles
from network_site.newsletters.models import Subscription
from network_site.notifications.models import MailSettings

UNCONFIRMED_KEPT_FOR = timedelta(days=7)
LEFT_KEPT_FOR = timedelta(days=30)


@transaction.atomic
def ask_subscription(*, email, language, consent, now=None):
    """Note that somebody typed `email`; the worker writes to it, whoever it is.

    `consent` is the sentence that was accepted. Nothing is sent to the address until its
    owner confirms, and the answer is the same whether it is known or not.
    """
    now = now or timezone.now()
    email = email.strip().lower()
    subscription = Subscription.objects.select_for_update().for_address(email).first()
    if subscription is None:
        try:
            with transaction.atomic():
                subscription = Subscription.objects.create(
                    email=email, language=language, consent=consent, created_at=now
                )
        except IntegrityError:
            subscription = Subscription.objects.for_address(email).get()
    elif not subscription.is_active:
        # Left once: a confirmation is needed again, with the words of today.
        subscription.created_at = now
        subscription.language, subscription.consent = language, consent
        subscription.confirmed_at = subscription.unsubscribed_at = None
        subscription.save()
    emit("newsletter.subscription_asked", subscription_id=subscription.pk)
    return subscription


@transaction.atomic
def confirm_subscription(*, pk, email, now=None):
    """Confirm by the address itself; return the Subscription, None when it is gone."""
    now = now or timezone.now()
    subscription = (
        Subscription.objects.select_for_update().filter(pk=pk, email=email).first()
    )
    if subscription is None or subscription.unsubscribed_at is not None:
        return None
    if subscription.confirmed_at is None:
        subscription.confirmed_at = now
        subscription.save(update_fields=["confirmed_at"])
        _set_switch_of(email, is_on=True)
    return subscription


def _members_at(email):
    return get_user_model().objects.filter(
        email__iexact=email, is_active=True, groups__role__code=roles.MEMBERS
    )


def _set_switch_of(email, *, is_on):
    """A member's own switch follows what is said from their address."""
    for user in _members_at(email):
        MailSettings.objects.update_or_create(
            user=user, defaults={"wants_newsletter": is_on}
        )


@transaction.atomic
def leave(*, reader, now=None):
    """Stop sending the newsletter to `reader` (links.Reader); idempotent.

    Returns whether there was anybody of that name.
    """
    return _turn(reader, is_on=False, now=now or timezone.now())


@transaction.atomic
def join_again(*, reader, now=None):
    """Undo `leave`: what was pressed by mistake. False when nothing is left to undo."""
    return _turn(reader, is_on=True, now=now or timezone.now())


def _turn(reader, *, is_on, now):
    if reader.is_member:
        user = get_user_model().objects.filter(pk=reader.pk).first()
        if user is None:
            return False
        MailSettings.objects.update_or_create(
            user=user, defaults={"wants_newsletter": is_on}
        )
        email, subscriptions = user.email, Subscription.objects.for_address(user.email)
    else:
        subscriptions = Subscription.objects.filter(pk=reader.pk)
        email = subscriptions.values_list("email", flat=True).first()
        if email is None:
            return False
        _set_switch_of(email, is_on=is_on)
    if is_on:
        subscriptions.update(unsubscribed_at=None)
    else:
        subscriptions.filter(unsubscribed_at=None).update(unsubscribed_at=now)
    return True


def wants_letter(reader):
    """Whether the newsletter is sent to `reader` as things stand."""
    if reader.is_member:
        return not MailSettings.objects.filter(
            user_id=reader.pk, wants_newsletter=False
        ).exists()
    return Subscription.objects.active().filter(pk=reader.pk).exists()


def forget_old_subscriptions(*, now=None):
    """Erase addresses never confirmed (seven days), and those that left (thirty days)."""
    now = now or timezone.now()
    count, _by_model = Subscription.objects.filter(
        Q(confirmed_at=None, created_at__lt=now - UNCONFIRMED_KEPT_FOR)
        | Q(unsubscribed_at__lt=now - LEFT_KEPT_FOR)
    ).delete()
    return count
