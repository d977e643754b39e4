"""The Markdown of this site: CommonMark, tables and struck text, for people who know none.

Whoever writes here types as in a mail. Where CommonMark would drop or bend what was typed, it
stays instead: line ends, numbers of lists, addresses, notes at the foot ("[^1]: …"), cells
without a heading, entities, a star inside a word. Nothing is fetched: an image is a link.
"""

import re
from bisect import bisect_right

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, normalizeReference
from markdown_it.rules_block import lheading, reference, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.rules_inline import emphasis
from markdown_it.token import Token

_SCHEME = re.compile(r"(https?://|mailto:)[^\s]", re.IGNORECASE)
# An address of this site: never "//host", which browsers take for another site.
_LOCAL = re.compile(r"[#?]|/(?!/)")
_HOST = r"[\w-]+(?:\.[\w-]+)*"
_ADDRESS = re.compile(
    # What stands before is no part of a longer word, path or address.
    rf"(?<![^\W_])(?<![@./+-])(?:(?P<web>https?://{_HOST}|www\.{_HOST}\.\w\w+)(?P<rest>[:/?#][^\s<>\"«»“”\[\]`|{{}}]*)?"
    # RFC 5321, 4.5.3.1: 64 characters before the @.
    r"|(?P<mail>(?:mailto:)?[a-z0-9][a-z0-9._%+-]{0,63}@[\w-]+(?:\.[\w-]+)+))",
    re.IGNORECASE,
)
_TRAILING = "?!.,:;*_~'\"’…-"


class Definitions(dict):
    """The references a text defines ("[a]: address"), and which of them it uses."""

    def __init__(self):
        super().__init__()
        self.used = set()

    def get(self, label, default=None):
        self.used.add(label)
        return super().get(label, default)


def parse(text):
    """The tokens of `text`: addresses linked, images turned into links, lists numbered."""
    env = {"references": Definitions(), "kept": None}
    tokens = _parser.parse(text, env)
    unused = set(env["references"]) - env["references"].used
    if unused or env.get("duplicate_refs"):
        # What is defined and never used would vanish: it stays as it was typed.
        kept = frozenset(env["references"]) - unused
        tokens = _parser.parse(text, {"references": Definitions(), "kept": kept})
    for token in tokens:
        if token.type == "inline":
            token.children = _without_images(token.children)
        elif token.type in {"th_open", "td_open"}:
            _align(token)
    _number_lists(tokens)
    return tokens


def render(tokens):
    """The HTML of `tokens`, not cleaned."""
    return _parser.renderer.render(tokens, _parser.options, {})


# Addresses


def _is_address(href):
    return bool(_SCHEME.match(href) or _LOCAL.match(href))


class _Markdown(MarkdownIt):
    def validateLink(self, url):
        """Whether `url` may be linked to; a link to anything else stays as it was typed."""
        return _is_address(url)

    def normalizeLink(self, url):
        if re.match(rf"www\.{_HOST}\.\w\w", url, re.IGNORECASE):
            url = f"http://{url}"
        elif re.fullmatch(rf"[\w.%+-]+@{_HOST}\.\w\w+", url):
            url = f"mailto:{url}"
        return super().normalizeLink(url)


def _addresses(text):
    """(start, end, address) of the bare addresses in `text`."""
    for found in _ADDRESS.finditer(text):
        typed = _whole(found[0])
        if found["mail"]:
            if not re.search(r"\.[^\W\d_]{2,}$", typed):
                continue
            href = typed if typed.lower().startswith("mailto:") else f"mailto:{typed}"
        else:
            href = typed if typed[:4].lower() == "http" else f"http://{typed}"
        yield found.start(), found.start() + len(typed), href


def _whole(address):
    """`address` without the full stop of its sentence or a bracket opened before it."""
    unopened = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in _TRAILING or address[end - 1] == ")"):
        if address[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return address[:end]


def _found_in(state):
    """{start: (end, address)} of the text being read, found once, in order."""
    if not hasattr(state, "addresses"):
        state.addresses = {
            start: (end, href) for start, end, href in _addresses(state.src)
        }
        state.address_starts = list(state.addresses)
    return state.addresses


def _address_rule(state, silent):
    end, href = _found_in(state).get(state.pos, (0, ""))
    if not end or end > state.posMax or state.linkLevel:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(href)}
        state.push("text", "", 0).content = state.src[state.pos : end]
        state.push("link_close", "a", -1)
    state.pos = end
    return True


def _text_rule(state, silent):
    """Markdown-it's own rule, which would read over the beginning of an address."""
    mark = state.md.inline.terminator_re.search(state.src, state.pos)
    end = mark.start() if mark else state.posMax
    _found_in(state)
    following = bisect_right(state.address_starts, state.pos)
    if following < len(state.address_starts):
        end = min(end, state.address_starts[following])
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


# Marks that are words here


def _emphasis_rule(state, silent):
    """« un*e animateur*ice », « 2*3*4 »: a star inside a word is a star."""
    around = state.src[max(state.pos - 1, 0) : state.pos + 2]
    if len(around) == 3 and around[1] == "*" and (around[0] + around[2]).isalnum():
        if not silent:
            state.append_pending("*")
        state.pos += 1
        return True
    return emphasis.tokenize(state, silent)


def _heading_rule(state, start, end, silent):
    """A line underlined with three marks; "--" below a paragraph begins a signature."""
    count, line, parent = len(state.tokens), state.line, state.parentType
    if not lheading(state, start, end, silent):
        return False
    heading = state.tokens[count]
    first, after = heading.map
    underline = state.getLines(after - 1, after, 0, False).strip()
    if after - first == 2 and len(underline) >= 3:
        return True
    del state.tokens[count:]
    state.line, state.parentType = line, parent
    return False


def _table_rule(state, start, end, silent):
    """A table whose rows are no longer than its head: what exceeds would be dropped."""
    count, line, parent = len(state.tokens), state.line, state.parentType
    if not table(state, start, end, silent):
        return False
    rows = [token for token in state.tokens[count:] if token.type == "tr_open"]
    width = sum(token.type == "th_open" for token in state.tokens[count:])
    if all(_cells(state, row.map[0]) <= width for row in rows):
        return True
    del state.tokens[count:]
    state.line, state.parentType = line, parent
    return False


def _cells(state, line):
    cells = escapedSplit(getLine(state, line).strip())
    return len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")


def _reference_rule(state, start, end, silent):
    words = getLine(state, start).strip()
    # « [^1]: … » is a note at the foot of a text.
    if words.startswith("[^"):
        return False
    kept = state.env["kept"]
    if kept is not None:
        label = normalizeReference(words[1:].partition("]")[0])
        if label not in kept or label in state.env["references"]:
            return False
    return reference(state, start, end, silent)


def _fence(self, tokens, idx, options, env):
    """A block of code; the words after its first mark are shown above it."""
    token = tokens[idx]
    info = token.info.strip()
    title = f"<p><code>{escapeHtml(info)}</code></p>\n" if info else ""
    return f"{title}<pre><code>{escapeHtml(token.content)}</code></pre>\n"


def _struck(self, tokens, idx, options, env):
    return "<del>" if tokens[idx].nesting == 1 else "</del>"


# What tokens say


def _without_images(children):
    """Images as links that bear their words: nothing is fetched from elsewhere."""
    kept, links = [], 0
    for token in children or ():
        links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type != "image":
            kept.append(token)
            continue
        words = _without_images(token.children)
        address = str(token.attrs.get("src", ""))
        if not any(one.content.strip() for one in words):
            words = [Token("text", "", 0, content=address)]
        if links or not address:
            kept += words
            continue
        attrs = {"href": address}
        if token.attrs.get("title"):
            attrs["title"] = token.attrs["title"]
        # A link cannot hold another one.
        words = [one for one in words if one.tag != "a"]
        kept += [
            Token("link_open", "a", 1, attrs=attrs),
            *words,
            Token("link_close", "a", -1),
        ]
    return _with_empty_links_as_typed(kept)


def _with_empty_links_as_typed(children):
    """« [words]() » leads nowhere: it stays as it was typed."""
    kept, opened = [], []
    for token in children:
        if token.type == "link_open":
            opened.append(not token.attrs.get("href"))
            if opened[-1]:
                token = Token("text", "", 0, content="[")
        elif token.type == "link_close" and opened and opened.pop():
            token = Token("text", "", 0, content="]()")
        kept.append(token)
    return kept


def _align(token):
    """The side of a cell as a class: pages carry no style."""
    side = str(token.attrs.pop("style", "")).removeprefix("text-align:")
    if side in {"right", "center"}:
        token.attrs["class"] = side
    if token.tag == "th":
        token.attrs["scope"] = "col"


def _number_lists(tokens):
    """Write each number beside its item, as typed, gaps too.

    A list whose numbers are all the same asks to be counted: that is how Markdown is typed.
    """
    lists = []
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            lists.append((token, []))
        elif token.type == "list_item_open":
            lists[-1][1].append(token)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            opening, items = lists.pop()
            if opening.type == "bullet_list_open":
                continue
            typed = [int(item.info) for item in items]
            if len(set(typed)) == 1:
                typed = range(typed[0], typed[0] + len(items))
            for item, number in zip(items, typed, strict=True):
                item.attrs["value"] = number
            if opening.markup == ")":
                opening.attrs["class"] = "paren"


def _build():
    parser = _Markdown(
        "commonmark", {"html": False, "linkify": False, "breaks": True}
    ).enable(["table", "strikethrough"])
    # « &nbsp; » typed is shown as typed, like any other piece of HTML.
    parser.disable(["entity"])
    parser.inline.ruler.at("text", _text_rule)
    parser.inline.ruler.before("text", "address", _address_rule)
    parser.inline.ruler.at("emphasis", _emphasis_rule)
    parser.block.ruler.at("table", _table_rule, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.at("reference", _reference_rule)
    parser.block.ruler.at("lheading", _heading_rule)
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("s_open", _struck)
    parser.add_render_rule("s_close", _struck)
    return parser


_parser = _build()
