import re
import unicodedata

# Letters of Latin alphabets that no decomposition takes apart.
LETTERS = {
    "œ": "oe",
    "æ": "ae",
    "ß": "ss",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "ŋ": "ng",
}
_LETTERS = str.maketrans(LETTERS)
# Every blank but the two that hold a mark to its word.
# No-break spaces, as French print has them: plain, and thin.
NBSP, NNBSP = "\u00a0", "\u202f"
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_BETWEEN_WORDS = re.compile(r"[\W_]+")

# What nobody sees in a text (Unicode 15: categories Cc, Cf, Cs, and fillers drawn as nothing).
# U+0600 to 0605, 06DD, 070F, 0890, 0891, 08E2, 110BD and 110CD are of Cf too, and are drawn.
_ALWAYS_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001-\U000e007f"
)
# Blank without width, joiners, vowel separator: needed between the letters of some scripts.
_JOINING = "\u180e\u200b-\u200d"
_BREAKING = "\x85\u2028\u2029"
_NEVER = re.compile(f"[{_ALWAYS_UNSEEN}]")
_JOINERS = re.compile(f"[{_JOINING}]+")
_SEPARATOR = re.compile(f"[{_BREAKING}]")
_UNSEEN = re.compile(f"[{_ALWAYS_UNSEEN}{_JOINING}{_BREAKING}]")
# The flags of England, Scotland, Wales: a black flag and letters that are not drawn.
_FLAG = re.compile("(?<=\U0001f3f4)[\U000e0061-\U000e007a]{2,6}\U000e007f")
_TAGS, _HIDDEN_TAGS = 0xE0000, 0x10FF00
_SHOW_FLAG = {_HIDDEN_TAGS + code: chr(_TAGS + code) for code in range(0x80)}
# First words of the Unicode names of the signs between which each joiner changes the drawing, or
# where lines may part (RFC 5892, appendix A; Unicode 15, chapters 9, 12 to 14, 16).
_SHAPED = frozenset(
    [
        "ADLAM",
        "ARABIC",
        "BENGALI",
        "BRAHMI",
        "CHAKMA",
        "DEVANAGARI",
        "EXTENDED",
        "GRANTHA",
        "GUJARATI",
        "GURMUKHI",
        "HANIFI",
        "KAITHI",
        "KANNADA",
        "KHMER",
        "MALAYALAM",
        "MANDAIC",
        "MANICHAEAN",
        "MONGOLIAN",
        "MYANMAR",
        "NKO",
        "ORIYA",
        "PHAGS-PA",
        "SINHALA",
        "SOGDIAN",
        "SYRIAC",
        "TAMIL",
        "TELUGU",
    ]
)
_UNSPACED = frozenset(
    ["BALINESE", "JAVANESE", "KHMER", "LAO", "MYANMAR", "NEW", "TAI", "THAI", "TIBETAN"]
)
_JOINED = {
    "\u180e": frozenset({"MONGOLIAN"}),
    "\u200b": _UNSPACED,
    "\u200c": _SHAPED,
    "\u200d": _SHAPED,
}


def _hide_flag(match):
    return match[0].translate({_TAGS + c: chr(_HIDDEN_TAGS + c) for c in range(0x80)})


def _is_pictogram(sign):
    # Those of a Unicode newer than Python's have no category yet.
    return (
        unicodedata.category(sign) in {"So", "Sm", "Sk"}
        or sign == "\ufe0f"
        or "\U0001f000" <= sign <= "\U0001fbff"
    )


def _joiner_where_needed(match):
    """The first joiner of a run where the signs around it ask for it, or nothing."""
    text, sign = match.string, match[0][0]
    around = [
        text[match.start() - 1 : match.start()],
        text[match.end() : match.end() + 1],
    ]
    joined = [
        one and unicodedata.name(one, "").partition(" ")[0] in _JOINED[sign]
        for one in around
    ]
    if sign != "\u200d":
        return sign if all(joined) else ""
    # It also shows the form that a letter alone would take inside a word.
    is_needed = any(joined) or all(one and _is_pictogram(one) for one in around)
    return sign if is_needed else ""


def one_blank_line(text):
    """`text` where what a condition left out of a template leaves no hole."""
    return re.sub(r"\n\s*\n\s*\n", "\n\n", text.strip()) + "\n"


def one_line_of(text):
    """`text` on one line; a no-break space stays one, unlike what str.split() does."""
    return _BLANKS.sub(" ", text).strip(" ")


def fold(text):
    """`text` as names and words are compared in lists: words one blank apart, no accent.

    >>> fold("  Élodie  d’Œuvre-Martin ")
    'elodie d oeuvre martin'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _BETWEEN_WORDS.sub(" ", bare.translate(_LETTERS)).strip()


def tidy(text):
    """`text` as it is kept: accents composed (NFC), nothing in it that nobody sees.

    Controls, marks of direction and blanks without width go; the joiners that a script needs
    (Persian, the scripts of India, emoji) stay where it needs them. Line ends are left alone.

    >>> tidy("Jean\u200c-Luc \u202eabc e\u0301te\u0301")
    'Jean-Luc abc été'
    """
    if _UNSEEN.search(text):
        text = _FLAG.sub(_hide_flag, text)
        text = _SEPARATOR.sub(" ", _NEVER.sub("", text))
        text = _JOINERS.sub(_joiner_where_needed, text)
        text = text.translate(_SHOW_FLAG)
    return unicodedata.normalize("NFC", text)


def visible(text):
    """`text` tidied (see tidy), with one kind of line end."""
    return tidy(text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text):
    """`text` on one line: blanks of every kind are one blank, nothing invisible is left.

    >>> one_line("  Ville\\tde\\nLyon ")
    'Ville de Lyon'
    """
    return visible(" ".join(text.split())).strip()
