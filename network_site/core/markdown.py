"""Markdown to safe HTML: what members and editors write, with nothing they could not mean."""

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre",
    "h2", "h3", "h4", "a", "hr", "table", "thead", "tbody", "tr", "th", "td", "del",
}  # fmt: skip
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(
    ["table", "strikethrough"]
)


def render_markdown(text, *, heading_shift=1, find_links=None):
    """Return `text` (Markdown) as safe HTML; headings start at h2 by default.

    Raw HTML in the text is shown as text; only http, https and mailto links are kept.
    `find_links` is called once with the pieces of plain words, those of code, quotes and
    links left out; it returns for each the links to set in it, as (start, end, address).
    """
    tokens = _parser.parse(text or "")
    if find_links is not None:
        _set_links(tokens, find_links)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = min(int(token.tag[1]) + heading_shift, 4)
            token.tag = f"h{max(level, 2)}"
    html = _parser.renderer.render(tokens, _parser.options, {})
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "th": {"scope"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return mark_safe(cleaned)  # noqa: S308 - cleaned just above


def _set_links(tokens, find_links):
    places = list(_plain_words(tokens))
    found = find_links([parent.children[place].content for parent, place in places])
    # From the end: what is put in moves no place that is still to be read.
    for (parent, place), links in reversed(list(zip(places, found, strict=True))):
        parent.children[place : place + 1] = _with_links(
            parent.children[place].content, links
        )


def _plain_words(tokens):
    """(inline token, place among its children) of the words that the author says."""
    quotes = 0
    for token in tokens:
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if quotes or token.type != "inline":
            continue
        links = 0
        for place, child in enumerate(token.children):
            links += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            if child.type == "text" and not links:
                yield token, place


def _with_links(words, links):
    pieces, end = [], 0
    for start, stop, address in links:
        pieces += [
            Token("text", "", 0, content=words[end:start]),
            Token("link_open", "a", 1, attrs={"href": address}),
            Token("text", "", 0, content=words[start:stop]),
            Token("link_close", "a", -1),
        ]
        end = stop
    return [*pieces, Token("text", "", 0, content=words[end:])]
