"""Finds French social security numbers (NIR) in a text.

The rule. Composition: service-public.fr, question-réponse F33078 (sex, year and month of birth,
place of five characters, order number, key of two digits); months over 12 and first digits 3, 4,
7 and 8 stand for incomplete records and provisional numbers. Key: 97 minus the remainder of the
first thirteen digits divided by 97 (Publimath, "numéro de sécurité sociale"), where the Corsican
départements 2A and 2B count as 19 and 18.
Only a number whose key is right is reported: invoice and file numbers are left alone.
"""

import re

_BLANK = r"[\s.\-\u00a0\u202f]?"
_NIR = re.compile(
    r"(?<![0-9A-Za-z])([1-478])"
    + _BLANK + r"(\d{2})"
    + _BLANK + r"(0[1-9]|1[0-2]|[2-3]\d|4[0-2]|[5-9]\d)"
    + _BLANK + r"(\d{2}|2[ABab])"
    + _BLANK + r"(\d{3})"
    + _BLANK + r"(\d{3})"
    + _BLANK + r"(\d{2})(?![0-9A-Za-z])"
)  # fmt: skip


def key_of(number):
    """The two-digit key of the thirteen characters `number`, as an integer from 1 to 97."""
    digits = number.upper().replace("2A", "19").replace("2B", "18")
    return 97 - int(digits) % 97


def find_nir(text):
    """Return the NIRs found in `text`, as written, those whose key is right only."""
    found = []
    for match in _NIR.finditer(text or ""):
        *parts, key = match.groups()
        if key_of("".join(parts)) == int(key):
            found.append(match.group(0))
    return found


def contains_nir(text):
    """Whether `text` contains a social security number."""
    return bool(find_nir(text))
