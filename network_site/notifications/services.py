"""What a person follows and when they hear of it: every change of their settings."""

from django.db import transaction
from django.utils import timezone

from network_site.catalogue.marks import touch
from network_site.core.outbox import emit
from network_site.members.models import Profile
from network_site.notifications import rhythm as rhythms
from network_site.notifications.enums import Rhythm
from network_site.notifications.models import Follow, MailSettings
from network_site.notifications.notifications import SPACES
from network_site.registries.enums import (
    Category,
    Level,
)
from network_site.registries.notifications import (
    Target,
    notification_named,
)

# What one person may follow; a loop that follows everything stops there.
MOST_FOLLOWS = 2000
# Spaces where so much happens that a theme or a place is asked for instead.
MANY_ITEMS = (Category.LIBRARY, Category.PRACTICES, Category.FORUMS)


class TooManyFollows(Exception):
    """The person follows MOST_FOLLOWS things already."""


@transaction.atomic
def ensure_settings(*, user):
    """The MailSettings of `user`; made with the follows of the beginning when there are none.

    Who follows nothing hears of the four spaces in a weekly summary.
    """
    settings, is_new = MailSettings.objects.get_or_create(user=user)
    if is_new:
        if not user.follows.exists():
            Follow.objects.bulk_create(
                [
                    Follow(user=user, kind="space", target=space, level=Level.SUMMARY)
                    for space in SPACES
                ],
                ignore_conflicts=True,
            )
        rhythms.reschedule(user)
    return settings


def settings_of(user):
    """The MailSettings of `user` as they are, or would be: nothing is written."""
    return MailSettings.objects.filter(user=user).first() or MailSettings(user=user)


@transaction.atomic
def set_level(*, user, target, level):
    """Follow `target` (a Target) at `level`, by choice; returns the Follow.

    Raises TooManyFollows.
    """
    ensure_settings(user=user)
    follow = Follow.objects.filter(
        user=user, kind=target.kind, target=target.pk
    ).first()
    if follow is None:
        if user.follows.count() >= MOST_FOLLOWS:
            raise TooManyFollows
        # Two clicks may come together: the constraint decides.
        follow, _is_new = Follow.objects.get_or_create(
            user=user, kind=target.kind, target=target.pk, defaults={"level": level}
        )
    follow.level, follow.is_automatic = Level(level), False
    follow.save(update_fields=["level", "is_automatic"])
    return follow


@transaction.atomic
def unfollow(*, user, target):
    """No longer follow `target`: what is said of wider things holds again.

    Returns whether it was followed.
    """
    # Before: settings made afterwards would follow the spaces anew.
    ensure_settings(user=user)
    count, _by_model = Follow.objects.filter(
        user=user, kind=target.kind, target=target.pk
    ).delete()
    return bool(count)


@transaction.atomic
def follow_by_taking_part(*, user, target, level=Level.ALL):
    """Follow what one writes in or registers for; a level that was chosen stays.

    Returns the Follow, or None when the person follows too much already.
    """
    ensure_settings(user=user)
    found = Follow.objects.filter(user=user, kind=target.kind, target=target.pk).first()
    if found is not None:
        return found
    if user.follows.count() >= MOST_FOLLOWS:
        return None
    return Follow.objects.get_or_create(
        user=user,
        kind=target.kind,
        target=target.pk,
        defaults={"level": Level(level), "is_automatic": True},
    )[0]


@transaction.atomic
def set_rhythm(*, user, rhythm):
    """One rhythm for everything; "none" leaves no space with a rhythm of its own.

    Returns the settings as they were: {rhythm, category_rhythms}, for restore_rhythm().
    """
    settings = _locked(user)
    before = {
        "rhythm": settings.rhythm,
        "category_rhythms": settings.category_rhythms,
    }
    settings.rhythm = Rhythm(rhythm)
    if settings.rhythm == Rhythm.NONE:
        settings.category_rhythms = {}
    settings.save(update_fields=["rhythm", "category_rhythms"])
    rhythms.reschedule(user)
    return before


@transaction.atomic
def restore_rhythm(*, user, rhythm, category_rhythms):
    """Take set_rhythm() back."""
    settings = _locked(user)
    settings.rhythm = Rhythm(rhythm)
    settings.category_rhythms = _own_rhythms(category_rhythms)
    settings.save(update_fields=["rhythm", "category_rhythms"])
    rhythms.reschedule(user)
    return settings


@transaction.atomic
def set_pause(*, user, first, last):
    """No mail from the day `first` to the day `last`; both None: no pause.

    Raises ValueError when it would end before it begins.
    """
    if (first is None) != (last is None) or (first and first > last):
        raise ValueError("A pause has two days, in order.")
    settings = _locked(user)
    settings.paused_from, settings.paused_until = first, last
    settings.save(update_fields=["paused_from", "paused_until"])
    rhythms.reschedule(user)
    return settings


@transaction.atomic
def switch(*, user, name, is_on):
    """Receive the notification `name` by mail, or only see it on the site.

    Raises ValueError for one that is not declared or never switched off.
    """
    declared = notification_named(name)
    if declared is None or not declared.can_be_switched_off:
        raise ValueError(name)
    settings = _locked(user)
    names = set(settings.switched_off) - {name}
    settings.switched_off = sorted(names if is_on else names | {name})
    settings.save(update_fields=["switched_off"])
    return settings


@transaction.atomic
def update_settings(
    *,
    user,
    rhythm,
    hour,
    category_rhythms,
    switched_off,
    paused_from,
    paused_until,
    wants_newsletter,
    language,
):
    """Everything of the settings page at once; raises as set_pause()."""
    settings = _locked(user)
    settings.rhythm = Rhythm(rhythm)
    settings.hour = hour
    settings.category_rhythms = _own_rhythms(category_rhythms)
    settings.switched_off = sorted(switched_off)
    settings.wants_newsletter = wants_newsletter
    settings.save()
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])
    return set_pause(user=user, first=paused_from, last=paused_until)


@transaction.atomic
def answer_welcome(*, user, territory=None, themes=(), rhythm=Rhythm.WEEKLY):
    """The three questions of the beginning are answered; what is empty stays unsaid.

    The answers become follows, and fill the person's sheet where it says nothing. Themes or
    a territory take the place of the spaces followed by default.
    """
    settings = ensure_settings(user=user)
    targets = [Target("theme", str(theme.pk)) for theme in themes]
    if territory is not None:
        targets.append(Target("territory", str(territory.pk)))
    for target in targets:
        set_level(user=user, target=target, level=Level.SUMMARY)
    if targets and settings.onboarded_at is None:
        # Who said what matters to them is not told of everything else: too much is what
        # people leave for. Days are few, and kept.
        user.follows.filter(
            kind="space", target__in=MANY_ITEMS, level=Level.SUMMARY
        ).delete()
    set_rhythm(user=user, rhythm=rhythm)
    settings = _locked(user)
    settings.onboarded_at = timezone.now()
    settings.save(update_fields=["onboarded_at"])
    _complete_sheet(user, territory, themes)
    emit("notification.welcomed", user_id=user.pk)
    return settings


@transaction.atomic
def skip_welcome(*, user):
    """The questions are not asked again."""
    settings = _locked(user)
    settings.onboarded_at = settings.onboarded_at or timezone.now()
    settings.save(update_fields=["onboarded_at"])
    return settings


def _complete_sheet(user, territory, themes):
    profile = Profile.objects.filter(user=user).first()
    if profile is None:
        return
    if territory is not None and profile.territory_id is None:
        profile.territory = territory
        profile.save(update_fields=["territory"])
    if themes and not profile.themes.exists():
        profile.themes.set(themes)
    touch(profile)


def _locked(user):
    ensure_settings(user=user)
    return MailSettings.objects.select_for_update().get(user=user)


def _own_rhythms(category_rhythms):
    return {
        str(space): str(Rhythm(rhythm))
        for space, rhythm in category_rhythms.items()
        if space in SPACES and rhythm
    }
