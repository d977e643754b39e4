"""The fields of every form that asks for a date, an hour, or both.

What is typed is read by `network_site.core.dates`, on the site and in the back office; what
cannot be read stays in the field as it was typed, with words saying what to write.
"""

import datetime

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django_filters.fields import DateRangeField as BaseDateRangeField
from django_filters.fields import RangeField
from wagtail.admin import widgets
from wagtail.admin.forms.models import register_form_field_override

from network_site.core import dates

DATE_FORMAT = "%d/%m/%Y"
TIME_FORMAT = "%H:%M"
DATETIME_FORMAT = f"{DATE_FORMAT} {TIME_FORMAT}"


def _read(reader, typed):
    try:
        return reader(str(typed))
    except dates.Unreadable as error:
        raise ValidationError(str(error), code="invalid") from error


class DateInput(forms.DateInput):
    """A plain text box: a browser's own date box shows the order of the browser's country,
    and sends nothing at all for what it cannot read."""

    def __init__(self, attrs=None, format=DATE_FORMAT):
        attrs = {"class": "short", "autocomplete": "off", **(attrs or {})}
        super().__init__(attrs, format)


class DateTimeInput(forms.DateTimeInput):
    """As DateInput, with an hour."""

    def __init__(self, attrs=None, format=DATETIME_FORMAT):
        attrs = {"class": "short", "autocomplete": "off", **(attrs or {})}
        super().__init__(attrs, format)


class DateField(forms.DateField):
    """A date."""

    widget = DateInput

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime.date):
            return super().to_python(value)
        if not str(value).strip():
            return None
        return _read(dates.read_date, value)


class TimeField(forms.TimeField):
    """An hour of the day."""

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime.time):
            return super().to_python(value)
        if not str(value).strip():
            return None
        return _read(dates.read_time, value)


class DateTimeField(forms.DateTimeField):
    """A date and an hour in the current time zone; without an hour, midnight."""

    widget = DateTimeInput

    def prepare_value(self, value):
        if isinstance(value, datetime.datetime) and dates.comes_twice(value):
            return dates.written(value)
        return super().prepare_value(value)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime.date):
            return super().to_python(value)
        if not str(value).strip():
            return None
        return _read(dates.read_datetime, value)


class DateRangeField(BaseDateRangeField):
    """The two dates of a filter of the back office."""

    def __init__(self, *args, **kwargs):
        # Past the parent's own, which makes the fields.
        RangeField.__init__(self, (DateField(), DateField()), *args, **kwargs)


_FIELDS = (
    (models.DateField, DateField, widgets.AdminDateInput),
    (models.TimeField, TimeField, widgets.AdminTimeInput),
    (models.DateTimeField, DateTimeField, widgets.AdminDateTimeInput),
)


def use_everywhere():
    """Have Wagtail's forms and the filters of its lists read with these fields.

    Reports of Wagtail declare their filters themselves: only the class of the filter tells
    which field it makes.
    """
    for model_field, form_field, widget in _FIELDS:
        register_form_field_override(
            model_field, override={"form_class": form_field, "widget": widget}
        )
    django_filters.DateFilter.field_class = DateField
    django_filters.TimeFilter.field_class = TimeField
    django_filters.DateTimeFilter.field_class = DateTimeField
    django_filters.DateFromToRangeFilter.field_class = DateRangeField
