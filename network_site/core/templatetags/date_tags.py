"""Dates, hours and how long ago, in words. None of it reads the database."""

import datetime

from django import template
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.core.languages import is_french
from network_site.core.text import NBSP

register = template.Library()


def _local(value):
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _day(value):
    """The day of the month as it is said: « 1er » in French."""
    return "1er" if value.day == 1 and is_french() else str(value.day)


@register.filter
def date_long(value):
    """« mardi 24 novembre 2026 ». Empty for an empty value."""
    if not value:
        return ""
    value = _local(value)
    return f"{format_date(value, 'l')} {_day(value)} {format_date(value, 'F Y')}"


@register.filter
def date_mid(value):
    """« 24 novembre 2026 ». Empty for an empty value."""
    if not value:
        return ""
    value = _local(value)
    return f"{_day(value)} {format_date(value, 'F Y')}"


@register.filter
def date_daymonth(value):
    """« 24 novembre ». Empty for an empty value."""
    if not value:
        return ""
    value = _local(value)
    return f"{_day(value)} {format_date(value, 'F')}"


@register.filter
def time_long(value):
    """« 9 h 30 » in French (no-break spaces), « 9:30 » in English."""
    if not value:
        return ""
    value = _local(value)
    if is_french():
        minutes = f"{NBSP}{value.minute:02}" if value.minute else ""
        return f"{value.hour}{NBSP}h{minutes}"
    return f"{value.hour}:{value.minute:02}"


@register.filter
def datetime_long(value):
    """« mardi 24 novembre 2026, 9 h 30 ». Empty for an empty value."""
    return f"{date_long(value)}, {time_long(value)}" if value else ""


@register.filter
def time_span(start, end):
    """« 9 h 30 – 16 h 30 » from two moments; the end may be missing."""
    if not end:
        return time_long(start)
    return f"{time_long(start)} – {time_long(end)}"


@register.filter
def ago(value):
    """How long since a moment, in words a person would use: « hier », « il y a 3 jours »."""
    if not value:
        return ""
    value = _local(value)
    day = value.date() if isinstance(value, datetime.datetime) else value
    days = (timezone.localdate() - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return _("%(days)d days ago") % {"days": days}
    return date_mid(value)


@register.simple_tag
def today_long():
    """Today's date in full, as a sentence starts."""
    text = date_long(timezone.localdate())
    return text[:1].upper() + text[1:]
