"""French typography for texts written with a plain keyboard."""

import re

NO_BREAK = "\u00a0"
NARROW = "\u202f"
APOSTROPHE = "\u2019"

_ADDRESS = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+\w|www\.\S+\w")
_RULES = [
    (re.compile(r"(?<=\w)'(?=[\w«])"), APOSTROPHE),
    (re.compile(r"« +"), f"«{NO_BREAK}"),
    (re.compile(r" +»"), f"{NO_BREAK}»"),
    (re.compile(r" +(?=[;!?])"), NARROW),
    (re.compile(r" +(?=:(?:\s|$))"), NO_BREAK),
    # Thousands only: a year followed by a number is left alone.
    (
        re.compile(r"\b\d{1,3}(?: \d{3})+\b"),
        lambda match: match.group().replace(" ", NARROW),
    ),
    (re.compile(r"(?<=\d) (?=%)"), NARROW),
    (re.compile(r"(?<=\d) (?=(?:millions?|milliards?|euros?)\b)"), NO_BREAK),
    (re.compile(r"\bn° (?=\d)"), f"n°{NO_BREAK}"),
]


def french(text):
    """Return `text` with curly apostrophes and the spaces that French asks for.

    Addresses (web, e-mail) are left as they are.
    """
    return _outside_addresses(text, _RULES)


def english(text):
    """Return `text` with curly apostrophes and quotation marks."""
    curly = re.sub(r'(?<![\w.,;])"(?=\S)', "\u201c", text).replace('"', "\u201d")
    return _outside_addresses(
        curly, [(re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\W|$)"), APOSTROPHE)]
    )


def _outside_addresses(text, rules):
    parts, last = [], 0
    for match in _ADDRESS.finditer(text):
        parts += [_apply(text[last : match.start()], rules), match.group()]
        last = match.end()
    return "".join([*parts, _apply(text[last:], rules)])


def _apply(text, rules):
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def paragraphs(text):
    """Return Markdown whose paragraphs each stand on one line.

    The content modules are wrapped for reading; a line break inside a paragraph must not
    reach a page. Lists, quotations, tables and headings keep their lines; "## " becomes
    "# ", which the site renders as a second-level heading.
    """
    lines = []
    for line in text.strip().splitlines():
        line = re.sub(r"^##(?= )", "#", line.rstrip())
        starts_block = not line or re.match(r"(#|>|\||- |\d+\. )", line)
        if (
            lines
            and lines[-1]
            and line
            and not starts_block
            and not lines[-1].startswith(("#", "|", ">"))
        ):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
    return "\n".join(lines)


def number(value):
    """Return a plain decimal string as French readers write it: "30000" → "30 000"."""
    whole, _, part = value.partition(".")
    grouped = f"{int(whole):,}".replace(",", NARROW)
    return f"{grouped},{part}" if part else grouped
