"""Markdown to safe HTML, and to words: what was typed, with nothing nobody could mean.

What is understood, and what stays as it was typed: markdown_rules.
"""

import re
from textwrap import indent

import nh3
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from network_site.core import markdown_rules

# All that the rules may make, and nothing more: what the cleaner took away, nobody would miss.
TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "h2", "h3",
    "h4", "h5", "h6", "a", "hr", "table", "thead", "tbody", "tr", "th", "td", "del",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "li": {"value"},
    "th": {"scope"},
}
_CLASSES = {
    "ol": {"paren"},
    "th": {"right", "center"},
    "td": {"right", "center"},
}
_NUMBERED = re.compile(r'<li value="(\d+)">\s*')
_QUOTE_BEGINS, _QUOTE_ENDS = "«\u00a0", "\u00a0»"


def parsed_html(text, *, heading_shift=1, find_links=None):
    """The HTML that the rules make of `text`, before it is cleaned; see render_markdown."""
    tokens = markdown_rules.parse(text or "")
    if find_links is not None:
        _set_links(tokens, find_links)
    _place_headings(tokens, heading_shift)
    return markdown_rules.render(tokens)


def render_markdown(text, *, heading_shift=1, find_links=None):
    """Return `text` (Markdown) as safe HTML; headings start at h2 by default.

    Raw HTML in the text is shown as text; only links to this site, http, https and mailto
    are made. `find_links` is called once with the pieces of plain words, those of code,
    quotes and links left out; it returns for each the links to set in it, as (start, end,
    address).
    """
    cleaned = nh3.clean(
        parsed_html(text, heading_shift=heading_shift, find_links=find_links),
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return mark_safe(cleaned)  # noqa: S308 - cleaned just above


def markdown_words(text, *, absolute=None):
    """Return `text` (Markdown) in words alone, as one would type it in a mail without HTML.

    Addresses stand in brackets after their words, made whole by `absolute(path)`; numbers of
    lists stay, quotations stand in quotation marks, and struck text says that it is.
    """
    root = SyntaxTreeNode(markdown_rules.parse(text or ""))
    return "\n\n".join(_block_words(root.children, absolute or str))


def first_paragraph(text):
    """The words of the first paragraph of `text` (Markdown) that is in no list or quotation."""
    for node in SyntaxTreeNode(markdown_rules.parse(text or "")).children:
        if node.type == "paragraph":
            words = _inline_words(node.children, lambda _address: "")
            return " ".join(words.split())
    return ""


def passages(text):
    """[(Markdown, addresses)] of the blocks of `text`, in order: what each leads to.

    A block holds the definitions ("[a]: address") that it uses, and is read as it is in `text`.
    """
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found, block = [], None
    for token in markdown_rules.parse(text or ""):
        if token.level == 0 and token.map and token.nesting >= 0:
            block = [token.map, []]
            found.append(block)
        if token.type == "inline":
            block[1] += [
                child.attrs["href"]
                for child in token.children
                if child.type == "link_open"
            ]
    # What stands in no block defines addresses.
    inside = {line for span, _addresses in found for line in range(*span)}
    defined = [line for at, line in enumerate(lines) if at not in inside]
    return [
        (
            "\n".join(
                [
                    *lines[slice(*span)],
                    "",
                    *(line for line in defined if any(one in line for one in hrefs)),
                ]
            ).strip("\n"),
            hrefs,
        )
        for span, hrefs in found
    ]


def _place_headings(tokens, shift):
    """Keep the levels apart: the broadest is an h2, or further down by `shift`."""
    headings = [
        token for token in tokens if token.type in {"heading_open", "heading_close"}
    ]
    broadest = min((int(token.tag[1]) for token in headings), default=1)
    shift = max(shift, 2 - broadest)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"


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


# In words


def marks_in_words(html):
    """`html` with what only its tags say said in words, before they are taken away: the
    number of an item of a list, and that something is struck out."""
    if "<del>" in html:
        begins, ends = _("(struck out: %(words)s)").split("%(words)s")
        html = html.replace("<del>", begins).replace("</del>", ends)
    return _NUMBERED.sub(r"\g<0>\1. ", html)


def _block_words(nodes, absolute):
    """The blocks of a text, each as words."""
    blocks = []
    for node in nodes:
        if node.type in {"paragraph", "heading"}:
            blocks.append(_inline_words(node.children, absolute))
        elif node.type in {"bullet_list", "ordered_list"}:
            blocks.append(_list_words(node, absolute))
        elif node.type == "blockquote":
            inside = "\n\n".join(_block_words(node.children, absolute))
            blocks.append(f"{_QUOTE_BEGINS}{inside}{_QUOTE_ENDS}" if inside else "")
        elif node.type in {"fence", "code_block"}:
            title = [node.info.strip()] if node.info.strip() else []
            blocks += [*title, indent(node.content.rstrip("\n"), " " * 4)]
        elif node.type == "table":
            blocks.append(_table_words(node, absolute))
        elif node.type == "hr":
            blocks.append("—" * 3)
    return [block for block in blocks if block.strip()]


def _list_words(node, absolute):
    lines, is_loose = [], False
    for item in node.children:
        mark = "-"
        if node.type == "ordered_list":
            mark = f"{item.attrs['value']}{node.markup}"
        is_loose |= any(
            child.type == "paragraph" and not child.hidden for child in item.children
        )
        inside = ("\n\n" if is_loose else "\n").join(
            _block_words(item.children, absolute)
        )
        lines.append(f"{mark} " + indent(inside, " " * (len(mark) + 1)).lstrip())
    return ("\n\n" if is_loose else "\n").join(lines)


def _table_words(node, absolute):
    """A line for each row: « Town: Lyon; Seats: 12 », a table read aloud."""
    rows = [
        [_inline_words(cell.children, absolute) for cell in row.children]
        for part in node.children
        for row in part.children
    ]
    names, *rows = rows
    separator = pgettext("between the cells of a table", "; ")
    if not rows:
        return separator.join(names)
    return "\n".join(
        "- "
        + separator.join(
            _("%(name)s: %(words)s") % {"name": name, "words": words} if name else words
            for name, words in zip(names, row, strict=True)
            if words
        )
        for row in rows
    )


def _inline_words(nodes, absolute):
    words = ""
    for node in nodes:
        if node.type in {"text", "code_inline"}:
            words += node.content
        elif node.type in {"softbreak", "hardbreak"}:
            words += "\n"
        elif node.type == "link":
            words += _link_words(node, absolute)
        elif node.type == "s":
            struck = _inline_words(node.children, absolute)
            words += _("(struck out: %(words)s)") % {"words": struck}
        else:
            words += _inline_words(node.children, absolute)
    return words


def _link_words(node, absolute):
    words = _inline_words(node.children, absolute)
    address = str(node.attrs["href"])
    shown = absolute(address) if address.startswith("/") else address
    shown = shown.removeprefix("mailto:")
    if not shown or words in {shown, address} or address == f"http://{words}":
        return words
    return f"{words} ({shown})"
