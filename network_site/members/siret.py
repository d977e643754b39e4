"""SIRET numbers: how they are written, and the key that tells a slip of the finger.

Fourteen figures, the nine of the SIREN and five of the establishment (code de commerce,
art. R123-220 and R123-221). The last is a check digit by the formula of Luhn (ISO/IEC 7812-1,
annex B), on the SIREN as on the SIRET.

La Poste, SIREN 356000000, has more establishments than the formula can number: those of its
SIRET are valid when the sum of their fourteen figures is a multiple of 5. Its head office,
35600000000048, follows the common formula (Insee, "Sirene, variables: siret"; the same rule is
in python-stdnum, stdnum.fr.siret).
"""

LENGTH = 14
LA_POSTE = "356000000"
LA_POSTE_HEAD_OFFICE = "35600000000048"


def normalize_siret(value):
    """The figures of `value`, without the blanks, dots and hyphens they are grouped with.

    Anything else stays, so that what is not a number is refused rather than repaired.
    """
    return "".join(char for char in value if not char.isspace() and char not in ".-")


def _luhn_sum(figures):
    total = 0
    for position, figure in enumerate(reversed(figures)):
        value = int(figure) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total


def is_valid_siret(figures):
    """Whether `figures`, already normalised, is a SIRET whose key is right."""
    if len(figures) != LENGTH or not (figures.isascii() and figures.isdecimal()):
        return False
    if not int(figures):
        return False
    if figures.startswith(LA_POSTE) and figures != LA_POSTE_HEAD_OFFICE:
        return sum(map(int, figures)) % 5 == 0
    return _luhn_sum(figures) % 10 == 0 and _luhn_sum(figures[:9]) % 10 == 0


def format_siret(figures):
    """A SIRET as it is read: « 130 025 265 00013 », with no-break spaces."""
    if len(figures) != LENGTH:
        return figures
    return "\N{NO-BREAK SPACE}".join(
        (figures[:3], figures[3:6], figures[6:9], figures[9:])
    )
