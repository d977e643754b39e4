"""The control by which one follows something, and the words that say what will happen."""

import re

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_site.core.templatetags.date_tags import date_daymonth
from network_site.notifications.enums import Rhythm
from network_site.notifications.models import Follow
from network_site.notifications.services import settings_of
from network_site.pages.reader_cache import fills
from network_site.registries.enums import Level
from network_site.registries.notifications import (
    Target,
    followable_of,
)

HOLE = "follow"
# The precision of a whole space.
WIDEST = 10
# One spelling a thing: the number of a row, or the code of a space.
_KEY = re.compile(r"0|[1-9][0-9]{0,14}|[a-z_]{1,16}")
# What each of the four words brings, under its button.
LEVEL_HELP = {
    Level.ALL: gettext_lazy("A mail for each novelty."),
    Level.SUMMARY: gettext_lazy("The novelties, together, in your summary."),
    Level.MENTIONS: gettext_lazy("Only when somebody names you or answers you."),
    Level.MUTE: gettext_lazy("Nothing at all, not even on the site."),
}


def target_of(kind, pk):
    """The Target of a kind that is declared; raises ValueError for anything else."""
    if followable_of(kind) is None or not _KEY.fullmatch(pk):
        raise ValueError(kind)
    return Target(kind, pk)


def seen_by(user, target):
    """(label, address) of what is followed, or None when `user` may not see it."""
    declared = followable_of(target.kind)
    if declared is None:
        return None
    try:
        thing = declared.load([target.pk], user).get(target.pk)
    except ValueError:
        # A word where a number was awaited.
        return None
    if thing is None:
        return None
    return declared.label(thing), declared.url(thing)


def control(target, level, *, next_path):
    """What the template of the control shows; `level` is "" for what is not followed."""
    declared = followable_of(target.kind)
    return {
        "target": target,
        "verb": declared.verb,
        "following": declared.following,
        # Whether something wider says what to do, once this is no longer followed.
        "has_wider": declared.precision > WIDEST,
        "level": level,
        "level_label": Level(level).label if level else "",
        "levels": [
            {"value": one.value, "label": one.label, "help": LEVEL_HELP[one]}
            for one in Level
        ],
        "next": next_path,
    }


@fills(HOLE)
def draw_controls(request, names):
    """{name: HTML} of the controls of a page, for its reader: one query for all of them."""
    targets = {}
    for name in names:
        _hole, kind, pk = name.split("-", 2)
        if followable_of(kind) is not None:
            targets[name] = Target(kind, pk)
    if not targets:
        return {}
    levels = {
        Target(kind, pk): level
        for kind, pk, level in Follow.objects.filter(
            user=request.user,
            kind__in={one.kind for one in targets.values()},
            target__in={one.pk for one in targets.values()},
        ).values_list("kind", "target", "level")
    }
    return {
        name: render_to_string(
            "notifications/follow_control.html",
            control(target, levels.get(target, ""), next_path=request.get_full_path()),
            request,
        )
        for name, target in targets.items()
    }


def followed_by(user, *, next_path):
    """What `user` follows, as [{label, rows}] by kind; each row is a control with its title.

    What they may no longer see, or is gone, keeps its row without a title, to be removed.
    One query for the follows, and those of one load() for each kind.
    """
    by_kind = {}
    for follow in Follow.objects.filter(user=user).order_by("kind", "pk"):
        by_kind.setdefault(follow.kind, []).append(follow)
    groups = []
    for kind, follows in by_kind.items():
        declared = followable_of(kind)
        if declared is None:
            continue
        things = declared.load([one.target for one in follows], user)
        rows = []
        for one in follows:
            thing = things.get(one.target)
            rows.append(
                {
                    **control(Target(kind, one.target), one.level, next_path=next_path),
                    "title": declared.label(thing) if thing is not None else "",
                    "url": declared.url(thing) if thing is not None else "",
                    "is_automatic": one.is_automatic,
                }
            )
        rows.sort(key=lambda row: (not row["title"], row["title"].casefold()))
        groups.append(
            {"label": declared.plural, "precision": declared.precision, "rows": rows}
        )
    return sorted(groups, key=lambda group: (group["precision"], str(group["label"])))


def sentence(user, label, level):
    """What will happen of what is called `label`, now that it is followed at `level`."""
    settings = settings_of(user)
    said = _SENTENCES[_case(level, settings)] % {"title": label}
    if settings.paused_until and settings.paused_until >= timezone.localdate():
        return _("%(sentence)s Your pause holds until %(date)s.") % {
            "sentence": said,
            "date": date_daymonth(settings.paused_until),
        }
    return said


def _case(level, settings):
    if not level or level == Level.MUTE:
        return level
    if settings.rhythm == Rhythm.NONE and not any(
        one != Rhythm.NONE for one in settings.category_rhythms.values()
    ):
        return "site"
    if level == Level.SUMMARY:
        return f"summary-{settings.rhythm}"
    return level


_SENTENCES = {
    "": gettext_lazy("You no longer follow “%(title)s”."),
    Level.MUTE: gettext_lazy("You will receive nothing more of “%(title)s”."),
    Level.ALL: gettext_lazy("You will receive a mail for each novelty of “%(title)s”."),
    Level.MENTIONS: gettext_lazy(
        "Of “%(title)s”, you will receive only what names you or answers you."
    ),
    "site": gettext_lazy(
        "You will find the novelties of “%(title)s” among your notifications, on the"
        " site: you chose to receive no mail."
    ),
    f"summary-{Rhythm.AT_ONCE}": gettext_lazy(
        "You will receive the novelties of “%(title)s” by mail, as they come."
    ),
    f"summary-{Rhythm.DAILY}": gettext_lazy(
        "You will receive the novelties of “%(title)s” in your summary of every day."
    ),
    f"summary-{Rhythm.WEEKLY}": gettext_lazy(
        "You will receive the novelties of “%(title)s” in your Tuesday summary."
    ),
    f"summary-{Rhythm.MONTHLY}": gettext_lazy(
        "You will receive the novelties of “%(title)s” in your summary of the month."
    ),
    f"summary-{Rhythm.NONE}": gettext_lazy(
        "You will receive the novelties of “%(title)s” in the summary of its space."
    ),
}
