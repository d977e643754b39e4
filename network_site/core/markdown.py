"""Markdown to safe HTML: what members and editors write, with nothing they could not mean."""

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre",
    "h2", "h3", "h4", "a", "hr", "table", "thead", "tbody", "tr", "th", "td", "del",
}  # fmt: skip
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(
    ["table", "strikethrough"]
)


def render_markdown(text, *, heading_shift=1):
    """Return `text` (Markdown) as safe HTML; headings start at h2 by default.

    Raw HTML in the text is shown as text; only http, https and mailto links are kept.
    """
    tokens = _parser.parse(text or "")
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
