"""The filtered list as a file for a spreadsheet."""

from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.core.spreadsheets import csv_response


def practices_csv(practices, measures, request):
    """Return the practices as CSV.

    `measures` are the titles, by their numbers, of the national measures that the reader may
    open.
    """
    heads = [
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

    def row(page):
        departments = dict.fromkeys(
            place.department.name for place in page.territories if place.department
        )
        return [
            page.title,
            page.place_label,
            ", ".join(departments),
            ", ".join(str(link.theme) for link in page.theme_links.all()),
            ", ".join(str(link.target_group) for link in page.target_group_links.all()),
            page.started or page.started_year,
            page.level.label,
            measures.get(page.measure_id, ""),
            page.carriers or (page.organization.label if page.organization else ""),
            page.summary,
            page.source_citation,
            page.get_full_url(request),
        ]

    day = timezone.localdate().isoformat()
    return csv_response(f"pratiques-{day}.csv", [heads, *map(row, practices)])
