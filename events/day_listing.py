"""The list of days: its filters, and what of it is coming or past."""

import re

from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from events.catalogue_source import COMING, DAY, PAST
from events.enums import RegistrationMode
from events.models import EventPage
from network_site.catalogue import Catalogue, Filter
from network_site.catalogue.listing import (
    Kind,
    Listing,
    Option,
    TermFacet,
    WordFacet,
    shown,
)
from network_site.members.body_facet import BodyFacet
from network_site.taxonomies.catalogue_source import full_name

_MONTH = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?", re.ASCII)
SOONEST, LATEST = ("starts", "pk"), ("-starts", "-pk")
ARE_COMING, ARE_PAST = Filter("when", [COMING]), Filter("when", [PAST])
TAKE_PLACE = Filter("cancelled", [None])


class MonthFacet:
    """A year or a month: « 2026 », « 2026-11 »; the latest first, years above."""

    name = facet = "month"
    closed, radio = False, True

    def __init__(self, label):
        self.label = label

    def read(self, words, catalogue):
        return {word: (word, _said(word)) for word in words if _MONTH.fullmatch(word)}

    def options(self, catalogue, counts, chosen):
        words = {word for word in counts if word} | set(chosen)
        years = sorted((one for one in words if len(one) == 4), reverse=True)
        months = sorted((one for one in words if len(one) > 4), reverse=True)
        if len(years) == 1 and years[0] not in chosen:
            years = []
        return [
            Option(word, _said(word), counts.get(word, 0), word in chosen)
            for word in [*years, *months]
        ]


def _said(word):
    year, month = _MONTH.fullmatch(word).groups()
    return f"{MONTHS[int(month)]} {year}" if month else year


DAYS = Kind(
    kinds=(DAY,),
    mark="journee",
    facets=(
        TermFacet("theme", _("Theme"), radio=True, in_order=True),
        TermFacet(
            "territory", _("Territory"), radio=True, in_order=True, full=full_name
        ),
        WordFacet(
            "mode",
            _("Attendance"),
            [
                (RegistrationMode.ON_SITE.value, _("On site")),
                (RegistrationMode.REMOTE.value, _("Remotely")),
            ],
            radio=True,
        ),
        MonthFacet(_("Month")),
        TermFacet("programme", _("Programme"), radio=True, in_order=True),
        BodyFacet("body", _("Organised by"), radio=True, in_order=True),
    ),
    orders={"soonest": (SOONEST, _("soonest"))},
)
# What stands in a box of the list while nothing is chosen in it.
EVERYTHING = {
    "theme": _("All themes"),
    "territory": _("All of France"),
    "mode": _("All ways"),
    "month": _("All dates"),
    "programme": _("All programmes"),
    "body": _("All organisers"),
}


def days_asked(data, user):
    """The Listing of days that an address asks for, coming and past together."""
    return Listing(DAYS, data, user)


def coming_days(user, *filters, catalogue=None, number=None):
    """The numbers of the coming days that `user` may open, the next one first."""
    catalogue = catalogue or Catalogue(user)
    return catalogue.ask(
        kinds=(DAY,), filters=[ARE_COMING, *filters], order=SOONEST, size=number
    ).object_ids


def next_day(user, *, catalogue=None):
    """The next day that `user` may open and that takes place, as its card is drawn; or None."""
    found = coming_days(user, TAKE_PLACE, catalogue=catalogue, number=1)
    return next(iter(shown(EventPage.objects.for_list(), found, user)), None)
