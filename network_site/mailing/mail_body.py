"""What somebody wrote in Markdown as the HTML of a mail: whole addresses of its reader's language, and the few styles
mail programs need."""

import re
from html import escape, unescape

from network_site.mailing.links import in_mail

_STYLES = {
    "a": "color:inherit;text-decoration:underline",
    "blockquote": "margin:12px 0;padding-left:14px;border-left:3px solid #77396d",
    "del": "text-decoration:line-through",
    "pre": "margin:12px 0;padding:10px 12px;border:1px solid #8a8577;"
    "white-space:pre-wrap;overflow-wrap:anywhere",
    "table": "border-collapse:collapse",
    "th": "padding:4px 8px;border:1px solid #8a8577;text-align:left",
    "td": "padding:4px 8px;border:1px solid #8a8577",
    "h2": "margin:20px 0 8px;font-size:20px",
    "h3": "margin:18px 0 8px;font-size:18px",
    "h4": "margin:16px 0 8px;font-size:17px",
    "h5": "margin:14px 0 8px;font-size:16px",
    "h6": "margin:14px 0 8px;font-size:16px",
}
_TAG = re.compile(rf'<({"|".join(_STYLES)})\b(?: class="(right|center)")?')
_QUOTE = re.compile(r"<blockquote([^>]*)>")
_LINK = re.compile(r'href="([^"]+)"')


def mail_html(body_html):
    """`body_html` (the safe HTML of core.markdown) for a mail; nothing but links and styles
    is added."""
    styled = _TAG.sub(_styled, body_html)
    # Its rule, not its words, changes colour on a dark ground (emails/base.html).
    styled = _QUOTE.sub(
        r'<blockquote class="m-discussion"\1><div class="m-ink">', styled
    )
    styled = styled.replace("</blockquote>", "</div></blockquote>")
    return _LINK.sub(_in_mail, styled)


def _in_mail(found):
    return f'href="{escape(in_mail(unescape(found[1])))}"'


def _styled(found):
    side = f";text-align:{found[2]}" if found[2] else ""
    return f'<{found[1]} style="{_STYLES[found[1]]}{side}"'
