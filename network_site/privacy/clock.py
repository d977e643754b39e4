"""Dates of the rules: months are counted on the calendar, not in days."""

import calendar


def months_before(moment, months):
    """The same hour `months` months before `moment`; the last day where there is no such day."""
    total = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(total, 12)
    month += 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    return moment.replace(year=year, month=month, day=day)
