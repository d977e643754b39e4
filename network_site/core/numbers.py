"""Numbers that come from outside, in an address, a query or a form: read in one way.

A key that no row can have is as if it were not there: 404, page one, no filter. Handed on as
it is, it stops the database (SQLite: "Python int too large to convert").
"""

from django.urls import register_converter

# The greatest whole number of both databases.
MOST = 2**63 - 1
_DIGITS = len(str(MOST))


def whole_number(text, *, least=0, most=MOST):
    """The number that `text` writes in figures; None for anything else, or out of bounds."""
    text = str(text or "").strip()
    # Figures of other scripts, and thousands of figures, are no number of ours.
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        return None
    number = int(text)
    return number if least <= number <= most else None


def whole_numbers(texts):
    """Those of `texts` that are numbers, in their order."""
    return [number for number in map(whole_number, texts) if number is not None]


class NumberConverter:
    """`<number:pk>` in the pattern of an address; beyond the bounds nothing answers."""

    regex = f"[0-9]{{1,{_DIGITS}}}"

    def to_python(self, value):
        number = whole_number(value)
        if number is None:
            raise ValueError(value)
        return number

    def to_url(self, value):
        return str(value)


register_converter(NumberConverter, "number")
