"""The settings page, the three questions of the beginning, and an address that refuses."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from network_site.core.templatetags.date_tags import (
    date_mid,
    datetime_long,
)
from network_site.mailing import bounces
from network_site.members import roles
from network_site.members.models import Profile
from network_site.notifications import (
    rhythm,
    services,
)
from network_site.notifications.enums import Rhythm
from network_site.notifications.follow import followed_by
from network_site.notifications.forms import SettingsForm, WelcomeForm
from network_site.notifications.notifications import SPACES
from network_site.notifications.views.access import safe_next
from network_site.registries.enums import Category
from network_site.registries.notifications import notifications

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@form_methods
def settings(request):
    """What reaches the reader, when, and everything they follow."""
    user = request.user
    own = services.ensure_settings(user=user)
    switchable, always = _declared_for(user)
    form = SettingsForm(
        _sent(request),
        initial=SettingsForm.initial_of(user, own, switchable),
        switchable=switchable,
    )
    if request.method == "POST" and form.is_valid():
        own = services.update_settings(user=user, **form.values(own))
        messages.success(
            request,
            _("Your settings are saved. %(next)s")
            % {"next": next_summary(own, timezone.now())},
        )
        return redirect("notifications:settings")
    health = bounces.health_of(user.email)
    return render(
        request,
        "notifications/settings.html",
        {
            "form": form,
            "next_summary": next_summary(own, timezone.now()),
            "has_own_rhythms": any(
                form[f"rhythm_{space}"].value() != "same" for space in SPACES
            ),
            "rhythm_fields": [form[f"rhythm_{space}"] for space in SPACES],
            "wanted_fields": [form[f"wanted_{space}"] for space, _names in switchable],
            "always": always,
            "groups": followed_by(user, next_path=request.path),
            "is_suspended": health is not None and health.suspended_at is not None,
            "has_complained": health is not None and health.complained_at is not None,
        },
        status=400 if form.errors else 200,
    )


def _sent(request):
    """What was sent, be it empty; None when nothing was."""
    return request.POST if request.method == "POST" else None


def _declared_for(user):
    """What `user` may receive: ([(space, [(name, label)])] to switch off, and the others)."""
    held = roles.codes_of(user)
    by_space, always = {}, []
    for one in notifications():
        if one.for_roles and not (user.is_superuser or held & set(one.for_roles)):
            continue
        if one.can_be_switched_off:
            by_space.setdefault(one.category, []).append((one.name, one.label))
        else:
            always.append(one)
    switchable = [
        (space, by_space[space]) for space in Category.values if space in by_space
    ]
    return switchable, always


def next_summary(own, now):
    """One sentence: when the next summary of the MailSettings `own` leaves."""
    wanted = {own.rhythm_of(space) for space in SPACES} - {Rhythm.NONE}
    if not wanted:
        return _("No mail leaves: what you follow is among your notifications only.")
    summaries = wanted - {Rhythm.AT_ONCE}
    paused = (
        own.paused_until
        if own.paused_until and own.paused_until >= timezone.localdate(now)
        else None
    )
    if not summaries:
        if paused and rhythm.is_paused(own, now):
            return _(
                "You are on a pause until %(date)s; mails start again after it."
            ) % {"date": date_mid(paused)}
        return _("What you follow is sent to you as it happens.")
    slots = []
    for one in summaries:
        slot = rhythm.next_slot(one, own.hour, now)
        # A year of pause at most, hence a bounded number of steps.
        while rhythm.is_paused(own, slot):
            slot = rhythm.next_slot(one, own.hour, slot)
        slots.append(slot)
    return _(
        "Your next summary leaves on %(date)s, if there is something new for you."
    ) % {"date": datetime_long(min(slots))}


@never_cache
@login_required
@form_methods
def welcome(request):
    """Three questions, each of which may be left: territory, themes, rhythm."""
    user = request.user
    profile = Profile.objects.prefetch_related("themes").filter(user=user).first()
    initial = {"rhythm": Rhythm.WEEKLY}
    if profile is not None:
        initial |= {
            "territory": profile.territory_id,
            "themes": [theme.pk for theme in profile.themes.all()],
        }
    form = WelcomeForm(_sent(request), initial=initial)
    following = "dashboard" if roles.is_member(user) else "membership"
    if request.method == "POST":
        if "skip" in request.POST:
            services.skip_welcome(user=user)
            messages.info(
                request,
                _(
                    "You will hear of the four spaces once a week. You can change this"
                    " at any time, in your settings or from any mail."
                ),
            )
            return redirect(following)
        if form.is_valid():
            own = services.answer_welcome(user=user, **form.cleaned_data)
            messages.success(
                request,
                _("Thank you, this is noted. %(next)s")
                % {"next": next_summary(own, timezone.now())},
            )
            return redirect(following)
    return render(
        request,
        "notifications/welcome.html",
        {
            "form": form,
            "is_pending": not roles.is_member(user),
            "no_territory": not form.fields["territory"].queryset.exists(),
        },
        status=400 if form.errors else 200,
    )


@never_cache
@login_required
@form_methods
def address_check(request):
    """Mails to the reader's address came back: is it still the right one?"""
    user = request.user
    following = safe_next(request, reverse("dashboard"))
    if request.method == "POST":
        if bounces.is_suspended(user.email):
            bounces.reinstate(user.email)
            messages.success(
                request,
                _("Thank you. Our mails leave for %(address)s again.")
                % {"address": user.email},
            )
        return HttpResponseRedirect(following)
    if not bounces.is_suspended(user.email):
        return HttpResponseRedirect(following)
    return render(
        request,
        "notifications/address_check.html",
        {
            "address": user.email,
            "has_complained": bounces.health_of(user.email).complained_at is not None,
            "next": request.GET.get("next", ""),
        },
    )
