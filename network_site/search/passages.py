"""The passage of a text that answers a query, with what was found in <mark>."""

import re
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from network_site.search import analysis
from network_site.search.file_pages import best_page

LENGTH = 200
# Beyond it a text is not read for a passage: a page of results must stay quick.
LONGEST_TEXT = 60_000
MOST_MATCHES = 300
_BLANKS = re.compile(r"\s+")
_ARTICLE = re.compile(r"([lrda])(\d[\d-]*)\Z")
_LIGATURES = (("oe", "(?:oe|œ)"), ("ae", "(?:ae|æ)"))


@lru_cache(maxsize=512)
def _pattern(terms):
    """A pattern wide enough for every written form of `terms`; `_answers` then decides.

    A stem is not always the beginning of its word ("conséquences" gives "consequent"):
    its last letters are left out.
    """
    pieces = []
    for term in terms:
        if article := _ARTICLE.match(term):
            pieces.append(
                rf"{article[1]}\.?\s?\*{{0,2}}\.?\s?{re.escape(article[2])}(?!\w)"
            )
        elif term[0].isdigit():
            pieces.append(re.escape(term) + r"(?!\w)")
        else:
            keep = len(term) if len(term) < 5 else max(4, len(term) - 3)
            start = re.escape(term[:keep])
            for plain, both in _LIGATURES:
                start = start.replace(plain, both)
            pieces.append(start + r"[^\W_]*")
            if len(term) <= 10:
                pieces.append(r"\.".join(map(re.escape, term)) + r"\.?(?!\w)")
    return re.compile(r"(?<!\w)(?:" + "|".join(pieces) + ")")


# The same words come again from one passage to the next.
@lru_cache(maxsize=8_192)
def _terms(surface):
    return tuple(analysis.terms(surface))


def _matches(text, clauses):
    """[(start, end, which clause)] of the words of `text` that answer."""
    wanted = {term: rank for rank, terms in enumerate(clauses) for term in terms}
    if not wanted:
        return []
    folded = analysis.fold(text)
    found = []
    for match in _pattern(tuple(wanted)).finditer(folded):
        surface = text[match.start() : match.end()]
        rank = next((wanted[term] for term in _terms(surface) if term in wanted), None)
        if rank is not None:
            found.append((match.start(), match.end(), rank))
            if len(found) >= MOST_MATCHES:
                break
    return found


def _best_window(matches):
    """The rank of the match at which the passage that says most begins."""
    best, best_worth = 0, (0, 0)
    for first, (start, _end, _rank) in enumerate(matches):
        clauses = set()
        count = 0
        for position, end, rank in matches[first:]:
            if end - start > LENGTH:
                break
            clauses.add(rank)
            count += position >= start
        if (len(clauses), count) > best_worth:
            best, best_worth = first, (len(clauses), count)
    return best, best_worth[0]


def _edges(text, start):
    """Where the passage around `start` begins and ends: at a sentence or at a word."""
    low = max(0, start - 60)
    if low:
        sentence = max(
            text.rfind(mark, low, start) for mark in (". ", "! ", "? ", "\n")
        )
        if sentence >= 0:
            low = sentence + 1
        else:
            space = text.find(" ", low, start)
            low = space + 1 if space >= 0 else start
    high = min(len(text), low + LENGTH)
    if high < len(text):
        space = text.rfind(" ", start, high)
        high = space if space > start else high
    return low, high


def passage(text: str, clauses) -> tuple[str, int]:
    """Return (safe HTML, how many of `clauses` it answers) for the best passage of `text`.

    `clauses` are tuples of terms; ("", 0) when nothing is found.
    """
    text = text[:LONGEST_TEXT]
    matches = _matches(text, clauses)
    if not matches:
        return "", 0
    first, worth = _best_window(matches)
    low, high = _edges(text, matches[first][0])
    pieces = ["… "] if text[:low].strip() else []
    while low < high and text[low].isspace():
        low += 1
    at = low
    for start, end, _rank in matches:
        if start < at or end > high:
            continue
        marked = f"<mark>{escape(text[start:end])}</mark>"
        pieces += [text[at:start], mark_safe(marked)]  # noqa: S308 - escaped
        at = end
    pieces.append(text[at:high])
    pieces[-1] = pieces[-1].rstrip()
    if text[high:].strip():
        pieces.append(" …")
    return mark_safe("".join(map(_on_one_line, pieces))), worth  # noqa: S308


def _in_one_line(text):
    """`text` with a dot where lines ended."""
    return _BLANKS.sub(lambda blanks: " · " if "\n" in blanks[0] else blanks[0], text)


def _on_one_line(piece):
    """A heading and an item of a list are not one sentence: a dot stands between."""
    if isinstance(piece, SafeString):
        return piece
    return escape(_in_one_line(piece))


def opening(text: str) -> str:
    """Return the first words of `text`, for a result that was found by its title."""
    text = " ".join(_in_one_line(text[: LENGTH * 2].strip()).split())
    if len(text) <= LENGTH:
        return text
    return text[: text.rfind(" ", 0, LENGTH)].rstrip(" ,;:") + " …"


def best_passage(snapshot, parts, clauses):
    """Return the best passage of an object as safe HTML, "" when there is none.

    `parts` are those of Snapshot.stored_parts. What is in a file is followed by a link to
    it, at the page that says it.
    """
    best, best_worth, source = "", 0, None
    for part, record in parts:
        text, page = record.text, 0
        if record.page_count:
            page = best_page(snapshot, part, clauses)
            if page is None:
                continue
            text = snapshot.page(part, page) if page else text
        html, worth = passage(text, clauses)
        if worth > best_worth:
            best, best_worth, source = html, worth, (record, page)
    if source and source[0].label:
        return format_html("{} {}", best, _file_link(*source))
    return best


def _file_link(record, page):
    if not page:
        return format_html('<a href="{}">{}</a>', record.url, record.label)
    return format_html(
        '<a href="{}#page={}">{}</a>',
        record.url,
        page,
        _("%(file)s, p. %(page)s") % {"file": record.label, "page": page},
    )
