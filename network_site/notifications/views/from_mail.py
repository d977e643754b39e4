"""What the reader of a mail changes without logging in: the signed address is the authority.

Opening it shows, only a POST acts (scanners of mail servers open every link). Whoever holds
the mail may act for its reader and for nobody else: the session that happens to be open in the
browser is not looked at, and nothing is told of the reader but the title of the thing, when
they may still see it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.core.seals import DeadSeal, Seal
from network_site.core.signed_pages import signed_page
from network_site.core.templatetags.date_tags import date_long
from network_site.mailing.links import DIGEST, FROM_MAIL
from network_site.notifications import services
from network_site.notifications.enums import Rhythm
from network_site.notifications.follow import LEVEL_HELP, seen_by, sentence
from network_site.notifications.forms import (
    BreakForm,
    LevelForm,
    RhythmForm,
    WantedForm,
)
from network_site.notifications.models import Follow
from network_site.registries.enums import Level
from network_site.registries.notifications import (
    Target,
    followable_of,
    notification_named,
)

UNDO = Seal("notifications.from_mail.undo", lasts=timedelta(days=1))
NAME = "name:"


@dataclass
class Choice:
    """A button: what it sends, its words, and whether it is what holds now."""

    value: str
    label: str
    help: str = ""
    is_current: bool = False


class _Errand:
    """What a signed address is about; subclasses show it, change it and take it back.

    `field` is the name of the buttons, `title` what it is about ("" when it may not be told).
    """

    field: str
    title = ""

    def __init__(self, user):
        self.user = user

    def choices(self):
        raise NotImplementedError

    def state(self):
        """What holds now, as JSON keeps it, for undo()."""
        raise NotImplementedError

    def change(self, data):
        """Act on `data` (a POST); return what was done, in words, or "" when it says nothing."""
        raise NotImplementedError

    def stop(self):
        """The one click of a mail reader (RFC 8058)."""
        raise NotImplementedError

    def undo(self, state):
        raise NotImplementedError


class _FollowErrand(_Errand):
    field = "level"

    def __init__(self, user, target):
        super().__init__(user)
        self.target = target
        seen = seen_by(user, target)
        self.title = seen[0] if seen else ""

    def state(self):
        follow = Follow.objects.filter(
            user=self.user, kind=self.target.kind, target=self.target.pk
        ).first()
        return follow.level if follow else "none"

    def choices(self):
        now = self.state()
        if not self.title:
            return [
                Choice(
                    Level.MUTE, Level.MUTE.label, LEVEL_HELP[Level.MUTE], now == "mute"
                )
            ]
        return [
            Choice(level.value, level.label, LEVEL_HELP[level], level == now)
            for level in Level
        ]

    def change(self, data):
        form = LevelForm(data)
        if not form.is_valid():
            return ""
        level = form.cleaned_data["level"]
        if not self.title and level not in {Level.MUTE, "none"}:
            return ""
        self._set(level)
        if not self.title:
            return _("You will receive nothing more of it.")
        return sentence(self.user, self.title, "" if level == "none" else level)

    def _set(self, level):
        if level == "none":
            services.unfollow(user=self.user, target=self.target)
        else:
            services.set_level(user=self.user, target=self.target, level=level)

    def stop(self):
        self._set(Level.MUTE)

    def undo(self, state):
        self._set(state)


class _DigestErrand(_Errand):
    field = "rhythm"

    def __init__(self, user):
        super().__init__(user)
        self.title = _("your summary")

    def _settings(self):
        return services.settings_of(self.user)

    def state(self):
        settings = self._settings()
        return {
            "rhythm": settings.rhythm,
            "category_rhythms": settings.category_rhythms,
        }

    def choices(self):
        now = self._settings().rhythm
        return [Choice(one.value, one.label, is_current=one == now) for one in Rhythm]

    def change(self, data):
        form = RhythmForm(data)
        if not form.is_valid():
            return ""
        rhythm = Rhythm(form.cleaned_data["rhythm"])
        services.set_rhythm(user=self.user, rhythm=rhythm)
        return {
            Rhythm.AT_ONCE: _("What you follow will be sent to you as it happens."),
            Rhythm.DAILY: _("Your summary will come every day."),
            Rhythm.WEEKLY: _("Your summary will come every week, on Tuesday."),
            Rhythm.MONTHLY: _(
                "Your summary will come once a month, on the first Tuesday."
            ),
            Rhythm.NONE: _(
                "You will receive no more mail of what you follow: it stays among your"
                " notifications, on the site."
            ),
        }[rhythm]

    def stop(self):
        services.set_rhythm(user=self.user, rhythm=Rhythm.NONE)

    def undo(self, state):
        services.restore_rhythm(user=self.user, **state)


class _NameErrand(_Errand):
    field = "wanted"

    def __init__(self, user, declared):
        super().__init__(user)
        self.declared = declared
        self.title = str(declared.label)

    def _is_on(self):
        off = services.settings_of(self.user).switched_off
        return self.declared.name not in off

    def state(self):
        return self._is_on()

    def choices(self):
        is_on = self._is_on()
        return [
            Choice("on", _("By mail"), is_current=is_on),
            Choice("off", _("On the site only"), is_current=not is_on),
        ]

    def change(self, data):
        form = WantedForm(data)
        if not form.is_valid():
            return ""
        is_on = form.cleaned_data["wanted"] == "on"
        self._switch(is_on)
        if is_on:
            return _("You will receive these mails.")
        return _("You will receive no more of these mails; the site still shows them.")

    def _switch(self, is_on):
        services.switch(user=self.user, name=self.declared.name, is_on=is_on)

    def stop(self):
        self._switch(False)

    def undo(self, state):
        self._switch(bool(state))


def _errand_of(value):
    """The _Errand that was signed; None when its account, or its thing, is no more."""
    user_id, about = value
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    if about == DIGEST:
        return _DigestErrand(user)
    if about.startswith(NAME):
        declared = notification_named(about.removeprefix(NAME))
        if declared is None or not declared.can_be_switched_off:
            return None
        return _NameErrand(user, declared)
    target = Target.parse(about)
    if followable_of(target.kind) is None:
        return None
    return _FollowErrand(user, target)


@signed_page(
    FROM_MAIL,
    _errand_of,
    dead="notifications/from_mail_dead.html",
    takes_bare_posts=True,
)
def from_mail(request, errand):
    """What the reader of a mail receives of the thing it was about, and how to change it."""
    if request.POST.get("List-Unsubscribe") == "One-Click":
        errand.stop()
        return HttpResponse(_("Done."), content_type="text/plain")
    done, undo, status = "", "", 200
    if request.method == "POST":
        done, undo = _act(request, errand)
        status = 200 if done else 400
    # Read after acting.
    choices = errand.choices()
    until = services.settings_of(errand.user).paused_until
    return render(
        request,
        "notifications/from_mail.html",
        {
            "errand": errand,
            "choices": choices,
            "done": done,
            "undo": undo,
            "is_refused": request.method == "POST" and not done,
            "paused_until": until if until and until >= timezone.localdate() else None,
            "breaks": [
                Choice("7", _("One week")),
                Choice("14", _("Two weeks")),
                Choice("31", _("One month")),
            ],
        },
        status=status,
    )


def _act(request, errand):
    """(what was done in words, the sealed state that undoes it) for a POST; ("", "") for none."""
    before = {"own": errand.state(), "pause": _pause_of(errand.user)}
    if "undo" in request.POST:
        return _undo(request, errand), ""
    if "days" in request.POST:
        done = _pause(request.POST, errand.user)
    else:
        done = errand.change(request.POST)
    if not done:
        return "", ""
    return done, UNDO.sign(before, within=request.path)


def _pause_of(user):
    settings = services.settings_of(user)
    return [
        day.isoformat() if day else None
        for day in (settings.paused_from, settings.paused_until)
    ]


def _pause(data, user):
    form = BreakForm(data)
    if not form.is_valid():
        return ""
    days = form.cleaned_data["days"]
    if not days:
        services.set_pause(user=user, first=None, last=None)
        return _("Your pause is over: mails leave again.")
    first = timezone.localdate()
    last = first + timedelta(days=days - 1)
    services.set_pause(user=user, first=first, last=last)
    return _(
        "You will receive no mail until %(date)s included. What waits will be in your"
        " first summary afterwards."
    ) % {"date": date_long(last)}


def _undo(request, errand):
    # Sealed for this very address: what it undoes is of this person and this thing.
    try:
        before = UNDO.read(request.POST["undo"], within=request.path)
    except DeadSeal:
        return ""
    errand.undo(before["own"])
    first, last = (date.fromisoformat(day) if day else None for day in before["pause"])
    services.set_pause(user=errand.user, first=first, last=last)
    return _("It is as it was before.")
