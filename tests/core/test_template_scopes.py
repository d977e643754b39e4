"""What a template names inside one block is not there in another: Django forgets it silently."""

import re

from tests.test_consistency import template_files

_EDGE = re.compile(r"\{% (block|endblock)\b[^%]*%\}")
_NAMED = re.compile(r"\b(?:as|asvar) (\w+)\b(?:[^%]*)%\}")


def blocks_of(source):
    """The outermost blocks of a template, in order."""
    depth, began, blocks = 0, 0, []
    for edge in _EDGE.finditer(source):
        if edge[1] == "block":
            began = edge.end() if depth == 0 else began
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                blocks.append(source[began : edge.start()])
    return blocks


def drawn(name, block):
    """Whether `block` draws, passes on or asks for `name` without giving it a value."""
    given = rf"\{{% for [^%]*\b{name}\b[^%]* in |with [^%]*\b{name}="
    asked = rf"\{{\{{ *{name}\b|={name}\b|\b(?:if|elif|and|or|not|for \w+ in) {name}\b"
    return re.search(asked, block) and not re.search(given, block)


def lost_names(source):
    """Names that one block of `source` gives and only another draws."""
    blocks = blocks_of(source)
    given = [set(_NAMED.findall(block)) for block in blocks]
    return sorted(
        {
            name
            for number, block in enumerate(blocks)
            for other, names in enumerate(given)
            if other != number
            for name in names - given[number]
            if drawn(name, block)
        }
    )


def test_no_block_draws_what_only_another_block_named():
    lost = {
        str(path): names
        for path in template_files()
        if (names := lost_names(path.read_text()))
    }
    assert lost == {}


def test_a_name_lost_between_blocks_is_found():
    lost = (
        '{% block a %}{% url "home" as way %}{{ way }}{% endblock %}'
        '{% block b %}<a href="{{ way }}">{% endblock %}'
    )
    assert lost_names(lost) == ["way"]
    assert (
        lost_names(lost.replace("{% block b %}", '{% block b %}{% url "x" as way %}'))
        == []
    )


def test_an_alert_takes_nothing_from_its_page():
    """A page has a `url` and a `title` too: an alert linked to it without words."""
    alert = re.compile(r'\{% include "components/alert\.html"[^%]*%\}')
    wrong = [
        f"{path}: {found}"
        for path in template_files()
        for found in alert.findall(path.read_text())
        if not found.endswith(" only %}")
    ]
    assert wrong == []
