"""Files for spreadsheets: what people wrote is never taken for a formula (OWASP, CSV injection)."""

import csv

from django.http import HttpResponse

# What begins a formula, in the wide writing of Asian keyboards too; a tab or a line's end in front
# of one is passed over by some programs.
_BEGINNINGS = tuple("=+-@＝＋－＠")
_PASSED_OVER = "\t\r\n"
# By which spreadsheets know UTF-8.
_MARK = "\ufeff"


def cell(value):
    """`value` as the text of a cell that no spreadsheet computes; None is empty."""
    text = "" if value is None else str(value)
    begins = text.lstrip().startswith(_BEGINNINGS)
    return f"'{text}" if begins or text[:1] in set(_PASSED_OVER) else text


def csv_lines(rows):
    """Each of `rows` as a line of CSV, with semicolons, as French spreadsheets expect."""
    writer = csv.writer(_Echo(), delimiter=";")
    mark = _MARK
    for row in rows:
        yield mark + writer.writerow(map(cell, row))
        mark = ""


def csv_response(filename, rows, *, response_class=HttpResponse):
    """The rows as a file to save; a StreamingHttpResponse gives them as they come."""
    response = response_class(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


class InertCells:
    """For the lists of the back office that can be exported (Wagtail's SpreadsheetExportMixin)."""

    def preprocess_field_value(self, field, value, export_format):
        value = super().preprocess_field_value(field, value, export_format)
        return cell(value) if isinstance(value, str) else value


class _Echo:
    """Gives back each line instead of keeping it."""

    def write(self, value):
        return value
