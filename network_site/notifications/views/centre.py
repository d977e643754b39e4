"""The notification centre: what was told, whatever the way, as the reader may read it now."""

from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network_site.notifications import items
from network_site.notifications.bell import unread_of
from network_site.notifications.forms import FilterForm
from network_site.notifications.notifications import SPACES
from network_site.notifications.views.access import to_login
from network_site.registries.enums import (
    Category,
    Reason,
)
from network_site.registries.notifications import (
    Target,
    followable_of,
)

PER_PAGE = 30


@never_cache
@login_required
@require_safe
def centre(request):
    """The items told to the reader, by day, the newest first."""
    chosen = FilterForm(request.GET).chosen()
    page = items.centre(
        request.user,
        before=chosen.get("avant"),
        unread="etat" in chosen,
        category=chosen.get("espace", ""),
        size=PER_PAGE,
    )
    whys = _whys(request.user, page.entries)
    rows = [{"entry": one, "why": whys[one.delivery.pk]} for one in page.entries]
    days = [
        {"date": day, "rows": list(those)}
        for day, those in groupby(
            rows,
            key=lambda row: timezone.localdate(row["entry"].delivery.item.created_at),
        )
    ]
    unread = unread_of(request)
    return render(
        request,
        "notifications/centre.html",
        {
            "days": days,
            "unread": unread,
            "is_filtered": bool({"etat", "espace"} & set(chosen)),
            "is_continued": "avant" in chosen,
            "newest_url": _address(chosen, avant=None),
            "older_url": _address(chosen, avant=page.older) if page.older else "",
            "states": [
                {
                    "label": pgettext("notifications", "All"),
                    "url": _address(chosen, etat=None, avant=None),
                    "is_current": "etat" not in chosen,
                },
                {
                    "label": pgettext("notifications", "Unread"),
                    "url": _address(chosen, etat="non-lues", avant=None),
                    "is_current": "etat" in chosen,
                    "count": _shown_count(unread) if unread else None,
                },
            ],
            "spaces": _spaces(chosen),
        },
    )


def _shown_count(number):
    return f"{items.MOST_COUNTED}+" if number > items.MOST_COUNTED else str(number)


def _spaces(chosen):
    marks = {
        Category.LIBRARY: "texte",
        Category.PRACTICES: "pratique",
        Category.EVENTS: "journee",
        Category.FORUMS: "discussion",
    }
    return [
        {
            "label": pgettext("notifications of every space", "Every space"),
            "url": _address(chosen, espace=None, avant=None),
            "is_current": "espace" not in chosen,
        },
        *(
            {
                "label": space.label,
                "mark": marks[space],
                "url": _address(chosen, espace=space.value, avant=None),
                "is_current": chosen.get("espace") == space,
            }
            for space in SPACES
        ),
    ]


def _address(chosen, **changes):
    query = {
        name: value
        for name, value in {**chosen, **changes}.items()
        if value is not None
    }
    address = reverse("notifications:centre")
    return f"{address}?{urlencode(query)}" if query else address


def _whys(user, entries):
    """{delivery's pk: why it came}, in words; one load() for each kind of thing followed."""
    targets = {}
    for entry in entries:
        try:
            targets[entry.delivery.pk] = Target.parse(entry.delivery.via)
        except ValueError:
            continue
    by_kind = {}
    for target in targets.values():
        by_kind.setdefault(target.kind, set()).add(target.pk)
    labels = {}
    for kind, pks in by_kind.items():
        declared = followable_of(kind)
        if declared is not None:
            labels |= {
                Target(kind, pk): declared.label(thing)
                for pk, thing in declared.load(pks, user).items()
            }
    return {
        entry.delivery.pk: _why(
            entry.delivery.reason, labels.get(targets.get(entry.delivery.pk))
        )
        for entry in entries
    }


def _why(reason, title):
    if reason == Reason.MENTION:
        return _("You are named in it.")
    if reason == Reason.OWN:
        return _("It follows what you wrote, or where you are registered.")
    if reason == Reason.SEARCH:
        if title:
            return _("It answers your saved search “%(title)s”.") % {"title": title}
        return _("It answers a search you saved.")
    if title:
        return _("You follow “%(title)s”.") % {"title": title}
    return _("You follow it.")


@never_cache
@login_required
@require_safe
def open_item(request, pk):
    """Lead to what a notification tells of; it is read."""
    entry = items.entry_of(request.user, pk)
    if entry is None:
        raise Http404
    if request.method == "GET":
        items.mark_read(request.user, [pk])
    path = entry.line.path
    if not url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()}):
        path = reverse("notifications:centre")
    return HttpResponseRedirect(path)


@require_http_methods(["GET", "HEAD", "POST"])
def mark_all_read(request):
    """Everything is read."""
    centre_url = reverse("notifications:centre")
    if not request.user.is_authenticated:
        return to_login(request, centre_url)
    if request.method == "POST":
        # Counted first, and as the reader sees it.
        number = unread_of(request)
        items.mark_all_read(request.user)
        if number > items.MOST_COUNTED:
            messages.success(request, _("All your notifications are read."))
        elif number:
            messages.success(
                request,
                ngettext(
                    "%(number)d notification is read.",
                    "%(number)d notifications are read.",
                    number,
                )
                % {"number": number},
            )
        else:
            messages.info(request, _("Everything was read already."))
    return redirect(centre_url)
