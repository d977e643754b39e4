"""Dates and hours as people write them: one reader for all forms, in both languages.

    read_date("1er janvier 2026"), read_date("03.03.2018"), read_date("2018-03-03")
    read_time("9 h 30"), read_datetime("15/12/2026 09:00"), read_year("mars 2018")

The day comes before the month, in the English interface as well: 03/04/2026 is the third of
April for everybody. What cannot be read, or does not exist, raises `Unreadable`, whose words
tell the person what to write; nothing is ever guessed.
"""

import calendar
import datetime
import re
import unicodedata

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# The oldest text still in force in France is of 1539; beyond, a key was pressed twice.
FIRST_YEAR, LAST_YEAR = 1500, 2199

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept september sep",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lundi lun monday mon",
            "mardi tuesday tue",
            "mercredi mer wednesday wed",
            "jeudi jeu thursday thu",
            "vendredi ven friday fri",
            "samedi sam saturday sat",
            "dimanche dim sunday sun",
        )
    )
    for name in names.split()
}
_MONTH = f"(?P<%s>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\\.?"
_BETWEEN = r"(?:\s*[-/.]\s*|\s+)"
_DATE = re.compile(
    r"(?:(?:le|on)\s+)?(?:(?P<weekday>"
    + "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
    + r")\.?,?\s+(?:le\s+|the\s+)?)?(?:"
    rf"(?P<d1>\d{{1,2}}){_BETWEEN}(?P<m1>\d{{1,2}}){_BETWEEN}(?P<y1>\d+)"
    r"|(?P<y2>\d{3,})\s*(?P<between>[-/.])\s*(?P<m2>\d{1,2})\s*(?P=between)\s*(?P<d2>\d{1,2})"
    rf"|(?P<d3>\d{{1,2}})\s?(?:er|st|nd|rd|th|o)?(?:\s+of)?[-\s]+{_MONTH % 'm3'},?[-\s]+(?P<y3>\d+)"
    rf"|{_MONTH % 'm4'}\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d+)"
    r")(?!\d)"
)
_YEAR = re.compile(
    rf"(?:(?:{_MONTH % 'month'}[-\s]+|\d{{1,2}}{_BETWEEN}))?(?P<year>\d+)"
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:"
    r"\s*h(?:eures?|rs?|ours?)?\.?(?:\s*(?P<m1>\d{1,2})(?:\s*min(?:utes)?\.?)?)?"
    r"|[:.](?P<m2>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,6}))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?"
    r"|\s*(?P<half2>[ap])\.?m\.?)"
)
_OFFSET = re.compile(r"\s*(?:z|[+-]\d{2}:?\d{2})$")
_SEASON = re.compile(
    r"[\s,(]+(?:heure\s+d'|)(?P<season>ete|hiver|summer|winter)(?:\s+time)?\)?$"
)
_JOINT = re.compile(r"\s*(?:t|,)\s*|\s+")
_AT = re.compile(r"(?:a|at|-)\s+")
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2044\u2215", "/"),
        "\u2019": "'",
        "\u00b0": "o",
    }
)


# Longer than any date in words, with its hour and its season.
LONGEST = 100


class Unreadable(ValueError):
    """What was typed cannot be read, or does not exist; `str()` says what to write."""


def read_date(text):
    """The date that `text` says, or Unreadable."""
    plain = _plain(text)
    found = _DATE.match(plain)
    if not found:
        raise Unreadable(_no_date())
    if found.end() < len(plain):
        if _is_time(plain[found.end() :]):
            raise Unreadable(
                _("Write the day alone, without the hour, for example 24/11/2026.")
            )
        raise Unreadable(_no_date())
    return _date_of(found)


def read_year(text):
    """The year that `text` says, alone or at the end of a date, or Unreadable."""
    plain = _plain(text)
    found = _YEAR.fullmatch(plain)
    if found:
        return _year_of(found["year"])
    if _DATE.match(plain):
        return read_date(text).year
    raise Unreadable(
        _(
            "This is not a year the site can read: write it with four digits, as in 2018."
        )
    )


def read_time(text):
    """The hour that `text` says (a time of day without zone), or Unreadable."""
    found = _TIME.fullmatch(_plain(text))
    if not found:
        raise Unreadable(
            _("This is not an hour the site can read: write it as 09:30 or 9 h 30.")
        )
    return _time_of(found)


def read_datetime(text):
    """The moment that `text` says, in the current time zone, or Unreadable.

    A day without an hour begins at midnight. Where clocks are set back, the same hour comes
    twice: the person is asked which one, and writes "heure d’été" or "heure d’hiver" after it.
    """
    plain, offset = _plain(text), None
    found = _DATE.match(plain)
    if not found:
        raise Unreadable(_no_datetime())
    day, rest = _date_of(found), plain[found.end() :]
    season = _SEASON.search(rest)
    if season:
        rest = rest[: season.start()]
    elif rest:
        offset = _OFFSET.search(rest)
        rest = rest[: offset.start()] if offset else rest
    if not rest:
        hour = datetime.time()
    else:
        told = _time_after(rest)
        if not told:
            raise Unreadable(_no_datetime())
        hour = _time_of(told)
    moment = datetime.datetime.combine(day, hour)
    if offset:
        # Written by a machine (ISO 8601): it says which moment it is.
        zone = offset[0].strip().upper()
        try:
            return datetime.datetime.fromisoformat(f"{moment.isoformat()}{zone}")
        except ValueError as error:
            raise Unreadable(_no_datetime()) from error
    return _in_zone(moment, season["season"] if season else "")


def comes_twice(moment):
    """Whether the hour of an aware `moment` is one that clocks set back show twice."""
    if timezone.is_naive(moment):
        return False
    local = timezone.localtime(moment)
    return local.replace(fold=0).utcoffset() > local.replace(fold=1).utcoffset()


def written(moment):
    """`moment` as a field shows it, in the current time zone, and as `read_datetime` takes it.

    The hour that comes twice says which of the two it is.
    """
    local = timezone.localtime(moment)
    text = local.strftime("%d/%m/%Y %H:%M")
    if comes_twice(moment):
        text += " " + (_("summer time") if local.dst() else _("winter time"))
    return text


def _plain(text):
    """`text` in small letters without accents, blanks and look-alike signs made one."""
    text = unicodedata.normalize("NFKD", text.translate(_ALIKE).casefold())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = " ".join(text.translate(_ALIKE).split()).strip(" .,;")
    # What is longer says no date; its end would only be looked at again and again.
    return text[:LONGEST]


def _no_date():
    return _(
        "This is not a date the site can read: write it as 24/11/2026 or"
        " 24 November 2026."
    )


def _no_datetime():
    return _(
        "This is not a date and an hour the site can read: write them as"
        " 24/11/2026 09:30."
    )


def _year_of(digits):
    if len(digits) < 4:
        raise Unreadable(_("Write the year with its four digits, as in 2026."))
    if len(digits) > 4 or not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        raise Unreadable(
            _("Check the year “%(year)s”: it must lie between %(first)s and %(last)s.")
            % {"year": digits[:12], "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return int(digits)


def _date_of(found):
    part = found.groupdict()
    day, month, year = next(
        (part[f"d{way}"], part[f"m{way}"], part[f"y{way}"])
        for way in "1234"
        if part[f"d{way}"]
    )
    month = _MONTHS.get(month) or int(month)
    year, day = _year_of(year), int(day)
    if not 1 <= month <= 12:
        raise Unreadable(
            _(
                "There is no month %(month)s. Write the day first, then the month, then the"
                " year: 24/11/2026."
            )
            % {"month": month}
        )
    longest = calendar.monthrange(year, month)[1]
    if not 1 <= day <= longest:
        raise Unreadable(
            _("%(date)s does not exist: %(month)s has %(days)s days.")
            % {
                "date": f"{day:02}/{month:02}/{year}",
                "month": date_format(datetime.date(year, month, 1), "F Y"),
                "days": longest,
            }
        )
    date = datetime.date(year, month, day)
    if part["weekday"] and _WEEKDAYS[part["weekday"]] != date.weekday():
        raise Unreadable(
            _("%(date)s is a %(weekday)s: check the day or the date.")
            % {
                "date": f"{day:02}/{month:02}/{year}",
                "weekday": date_format(date, "l"),
            }
        )
    return date


def _time_after(rest):
    """The match of the hour in what follows a date, or None."""
    joint = _JOINT.match(rest)
    if not joint:
        return None
    rest = rest[joint.end() :]
    at = _AT.match(rest)
    return _TIME.fullmatch(rest[at.end() :] if at else rest)


def _is_time(rest):
    return bool(_time_after(_OFFSET.sub("", rest)))


def _time_of(found):
    hour = int(found["hour"])
    minute = int(found["m1"] or found["m2"] or 0)
    second = int(found["second"] or 0)
    half = found["half"] or found["half2"]
    if half:
        is_told = 1 <= hour <= 12
        hour = hour % 12 + (12 if half == "p" else 0) if is_told else 24
    if hour > 23 or minute > 59 or second > 59:
        raise Unreadable(
            _(
                "This hour does not exist: hours go from 0 to 23 and minutes from 0 to 59,"
                " for example 09:30."
            )
        )
    fraction = int((found["fraction"] or "").ljust(6, "0"))
    return datetime.time(hour, minute, second, fraction)


def _in_zone(moment, season):
    """The naive `moment` in the current zone; `season` ("ete", "winter"…) tells which of two."""
    zone = timezone.get_current_timezone()
    first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    said = {"date": moment.strftime("%d/%m/%Y"), "hour": moment.strftime("%H:%M")}
    if first.utcoffset() < second.utcoffset():
        later = first.astimezone(datetime.UTC).astimezone(zone)
        raise Unreadable(
            _(
                "On %(date)s, %(hour)s does not exist: clocks go forward that night. Write"
                " another hour, for example %(other)s."
            )
            % {**said, "other": later.strftime("%H:%M")}
        )
    if season:
        is_summer = season in {"ete", "summer"}
        meant = [one for one in (first, second) if bool(one.dst()) == is_summer]
        if not meant:
            raise Unreadable(
                _("It is not that time of the year on %(date)s: write %(hour)s alone.")
                % said
            )
        # In one zone Python compares two moments without looking at which of two hours they are.
        return meant[0].astimezone(datetime.UTC)
    if first.utcoffset() > second.utcoffset():
        raise Unreadable(
            _(
                "On %(date)s, %(hour)s comes twice: clocks go back that night. Write"
                " “%(hour)s summer time” for the first or “%(hour)s winter time” for the"
                " second."
            )
            % said
        )
    return first
