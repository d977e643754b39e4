"""What a page of the site may never show: each check gives sentences, none when all is well."""

import re
from collections import Counter
from urllib.parse import unquote

from tests.crawl.words import foreign_words

# As whole words of a text, or of an address.
_LEFT_OVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|%\(\w+\)|lorem ipsum|<bound method|<function |"
    r" object at 0x|__proxy__|&(?:amp|lt|gt|quot|#\d+|nbsp);|\[object Object\]",
    re.IGNORECASE,
)
_NOTHING_INSIDE = re.compile(r"(?<![\w«“\"'’])(None|undefined|NaN)(?![\w»”\"'’])")
_NOTHING_IN_ADDRESS = re.compile(r"(?:^|[/=&?#,])(None|undefined|NaN)(?:$|[/=&?#,])")


def left_overs(page):
    """Pieces of templates, and values that were not there."""
    for words, language, _is_furniture in page.texts:
        if found := _LEFT_OVER.search(words):
            yield f"left over: {found[0]!r} in {words[:80]!r}"
        # In English it is a word.
        elif language != "en" and _NOTHING_INSIDE.search(words):
            yield f"a value is missing: {words[:80]!r}"
    for address in (*page.links, *page.parts):
        if _NOTHING_IN_ADDRESS.search(address) or _LEFT_OVER.search(unquote(address)):
            yield f"a value is missing in the address {address!r}"


def empty_parts(page):
    """Headings, links and a title that say nothing, links that lead nowhere."""
    if not page.title.strip():
        yield "the page has no title"
    for tag, words in page.headings:
        if not words:
            yield f"an empty <{tag}>"
    if any(not href.strip() for href in page.links):
        yield "a link has no address"
    for href in page.nameless_links:
        yield f"a link without words to {href}"


def identifiers(page):
    """The same id twice, and what refers to an id that is not there."""
    for name, count in Counter(page.ids).items():
        if count > 1:
            yield f"{count} elements have the id {name!r}"
    for attribute, name in page.referred:
        if name not in page.anchors:
            yield f"{attribute}={name!r} names nothing on the page"


def other_language(page):
    for words in foreign_words(page):
        yield f"said in the other language: {words[:90]!r}"


def every_check(page):
    """All that is wrong with `page`, in sentences."""
    return [
        words
        for check in (left_overs, empty_parts, identifiers, other_language)
        for words in check(page)
    ]
