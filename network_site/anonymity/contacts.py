"""Finds telephone numbers and e-mail addresses in a text, for a warning before it is sent."""

import re

# Begun where a word begins and never taken back: read once, whatever was typed.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
# French numbers: 01 to 09, or +33 and 0033, in pairs with or without separators.
_PHONE = re.compile(
    r"(?<![\d+])(?:(?:\+|00)33[\s.\-\u00a0\u202f]?(?:\(0\)\s?)?|0)[1-9]"
    r"(?:[\s.\-\u00a0\u202f]?\d{2}){4}(?!\d)"
)


def find_contacts(text):
    """Return the telephone numbers and addresses written in `text`, in order."""
    found = [
        (match.start(), match.group(0))
        for pattern in (_EMAIL, _PHONE)
        for match in pattern.finditer(text or "")
    ]
    return [value for _start, value in sorted(found)]
