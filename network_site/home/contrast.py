"""Contrast of two colours, as WCAG 2.2 defines it (relative luminance)."""

AA_TEXT = 4.5


def luminance(colour):
    """Relative luminance of "#rrggbb", from 0 (black) to 1 (white).

    Formula of WCAG 2.2, "relative luminance", for sRGB.
    """
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
