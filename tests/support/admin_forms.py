"""The forms of the back office, filled as the browser would send them back."""

from datetime import date, datetime, time

from django.utils import timezone
from wagtail.blocks import StreamValue


def filled_form(client, url):
    """{name: value} of every field of the form at `url`, its lines included."""
    form = client.get(url).context["form"]
    data = {}
    _fill(data, form)
    for formset in form.formsets.values():
        _fill(data, formset.management_form)
        for line in formset.forms:
            _fill(data, line)
    return data


def _fill(data, form):
    for field in form:
        value = field.value()
        if isinstance(value, StreamValue):
            # Its blocks are written by a script.
            data[f"{field.html_name}-count"] = 0
        elif value is not None and value is not False:
            data[field.html_name] = _typed(value)


def _typed(value):
    if isinstance(value, datetime):
        if timezone.is_aware(value):
            value = timezone.localtime(value)
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value
