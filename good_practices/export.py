"""The filtered list as a file for a spreadsheet."""

import csv

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _safe(value):
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def practices_csv(practices, request):
    """Return the practices as CSV (semicolons and a byte-order mark, for French Excel)."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="pratiques-{day}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(
        [
            _("Title"),
            _("Place"),
            _("Département"),
            _("Themes"),
            _("Target groups"),
            _("Begun in"),
            _("Level"),
            _("National measure"),
            _("Carried by"),
            _("Summary"),
            _("Source"),
            _("Address"),
        ]
    )
    for page in practices:
        departments = dict.fromkeys(
            place.department.name for place in page.territories if place.department
        )
        writer.writerow(
            map(
                _safe,
                [
                    page.title,
                    page.place_label,
                    ", ".join(departments),
                    ", ".join(str(link.theme) for link in page.theme_links.all()),
                    ", ".join(
                        str(link.target_group) for link in page.target_group_links.all()
                    ),
                    page.started or page.started_year,
                    page.level.label,
                    page.measure.title if page.measure_id else "",
                    page.carriers
                    or (page.organization.label if page.organization else ""),
                    page.summary,
                    page.source_citation,
                    page.get_full_url(request),
                ],
            )
        )
    return response
