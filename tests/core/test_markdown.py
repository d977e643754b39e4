"""Markdown says what was typed: the parser against the cleaner, and against the typed words."""

import random
import re
import time
from html import unescape

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from network_site.core.markdown import (
    first_paragraph,
    markdown_words,
    parsed_html,
    render_markdown,
)
from network_site.core.templatetags.word_tags import words_only
from network_site.search.text import plain_text

CONSTRUCTS = [
    "~~Ce texte est en vigueur.~~ Il est abrogé.",
    "7. septième point\n8. huitième point",
    "1. un\n3. trois\n7. sept",
    "3) trois\n2) deux",
    "0. zéro\n1. un",
    "- a\n  - b\n    1. c\n    4. d\n- e",
    "- [ ] à faire\n- [x] fait",
    "première ligne\ndeuxième ligne  \ntroisième",
    "| Ville | Places |\n|:--|--:|\n| Lyon | 12 |\n| Gap | 3 |",
    "| Ville | Places |\n|---|---|\n| Lyon | 12 | à confirmer |",
    "# Un\n\n## Deux\n\n### Trois\n\n#### Quatre",
    "Titre\n=====\n\ntexte\n\nSous-titre\n---\n\ntexte",
    "Cordialement,\n--\nSamira",
    "```python\nif a < b:\n    pass\n```",
    "    code en retrait",
    "`a < b` et <b>gras</b> et <script>alert(1)</script>",
    "&nbsp; &lt;i&gt; &copy;",
    "texte[^1] et [1]\n\n[^1]: note de bas\n\n[1]: https://exemple.fr/source",
    "[Nota]: important\n\nsuite",
    "[mots][ref]\n\n[ref]: https://exemple.fr 'Titre'",
    "![Le plan](https://exemple.fr/plan.png) ![](https://exemple.fr/x.png)",
    "[![Le plan](https://exemple.fr/p.png)](https://exemple.fr/page)",
    "![photo](data:image/png;base64,aaaa) [a](javascript:alert(1)) [b](ftp://c.fr)",
    "[vide]() [site](www.exemple.fr) [moi](moi@exemple.fr) [ici](/bibliotheque/)",
    "Voir https://exemple.fr/a_b_(c), www.exemple.fr et contact@exemple.fr.",
    "**https://exemple.fr** `https://exemple.fr/code` <https://exemple.fr/x>",
    "> Une citation\n> sur deux lignes\n>\n> - point",
    "un*e animateur*ice, 2*3*4, **F**onds *social*, a_b_c",
    "***\n\nfin\n\n---",
    "a & b < c > d \"e\" 'f'",
    "<!--own:acts-1-->x<!--/own-->",
]


def made_by_parser(text):
    """Tags with their attributes, in order, as the parser writes them."""
    html = parsed_html(text).replace(' rel="noopener"', "").replace(" />", ">")
    return [_sorted(tag) for tag in re.findall(r"<[^>]+>", html)]


def let_through(text):
    html = str(render_markdown(text)).replace(' rel="noopener"', "")
    return [_sorted(tag) for tag in re.findall(r"<[^>]+>", html)]


def _sorted(tag):
    name, _blank, attrs = tag.strip("<>").partition(" ")
    return name, sorted(re.findall(r'([\w-]+)="([^"]*)"', attrs))


def read(html):
    return unescape(strip_tags(re.sub(r"</?strong>", "", str(html)).replace("<", " <")))


@pytest.mark.parametrize("text", CONSTRUCTS)
def test_the_cleaner_takes_nothing_away_of_what_the_rules_make(text):
    assert let_through(text) == made_by_parser(text)


def test_constructs_of_every_kind_together_lose_neither_tags_nor_words():
    chosen = random.Random(10)
    for _round in range(60):
        text = "\n\n".join(chosen.sample(CONSTRUCTS, 4))
        assert let_through(text) == made_by_parser(text), text
        for html in (read(render_markdown(text)), markdown_words(text)):
            shown = set(re.findall(r"\w+", html))
            bare = re.sub(r"\([^\s)]*\)", "", text.replace("**", ""))
            typed = set(re.findall(r"\w+", bare))
            # A reference that is used is a link; a title is read by hovering.
            typed -= {"https", "exemple", "fr", "ref", "Titre", "source"}
            typed -= {str(number) for number in range(10)}
            assert typed <= shown, (typed - shown, text)


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("~~barré~~ non", "<p><del>barré</del> non</p>"),
        (
            "7. sept\n9. neuf",
            '<ol start="7"><li value="7">sept</li><li value="9">neuf</li></ol>',
        ),
        # All the same: Markdown counts.
        ("1. a\n1. b", '<ol><li value="1">a</li><li value="2">b</li></ol>'),
        ("a\nb", "<p>a<br>b</p>"),
        ("&nbsp;", "<p>&amp;nbsp;</p>"),
        ("- [x] fait", "<ul><li>[x] fait</li></ul>"),
        ("![Le plan](/medias/p.png)", '<p><a href="/medias/p.png">Le plan</a></p>'),
        ("[b](ftp://c.fr)", "<p>[b](ftp://c.fr)</p>"),
        ("[^1]: note", "<p>[^1]: note</p>"),
        ("un*e élu*e", "<p>un*e élu*e</p>"),
        ("Merci,\n--\nSamira", "<p>Merci,<br>--<br>Samira</p>"),
        ("```py\na\n```", "<p><code>py</code></p><pre><code>a</code></pre>"),
        (
            "voir (www.exemple.fr/a).",
            '<p>voir (<a href="http://www.exemple.fr/a">www.exemple.fr/a</a>).</p>',
        ),
        (
            "https://exemple.fr/a_b_, puis",
            '<p><a href="https://exemple.fr/a_b">https://exemple.fr/a_b</a>_, puis</p>',
        ),
        (
            "contact@exemple.fr.",
            '<p><a href="mailto:contact@exemple.fr">contact@exemple.fr</a>.</p>',
        ),
        ("moi@serveur `x@y.fr`", "<p>moi@serveur <code>x@y.fr</code></p>"),
        ("//exemple.fr [a](//exemple.fr)", "<p>//exemple.fr [a](//exemple.fr)</p>"),
    ],
)
def test_what_each_construct_shows(typed, html):
    shown = str(render_markdown(typed)).replace(' rel="noopener"', "")
    assert shown.replace("\n", "") == html


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_levels_of_headings_stay_apart(shift):
    text = "# a\n\n## b\n\n### c\n\n#### d"
    levels = [
        int(level)
        for level in re.findall(r"<h(\d)", render_markdown(text, heading_shift=shift))
    ]
    first = max(2, 1 + shift)
    assert levels == [first, first + 1, first + 2, first + 3]


def test_a_message_in_words_has_no_marks_and_whole_addresses():
    text = (
        "## Titre\n\n**Gras** et ~~barré~~, [la loi](/bibliotheque/loi/).\n\n"
        "3. trois\n5. cinq\n\n> cité\n\n| Ville | Places |\n|---|---|\n| Lyon | 12 |\n\n"
        "`code`, https://exemple.fr, [moi](mailto:a@b.fr)"
    )
    with override("fr"):
        words = markdown_words(text, absolute=lambda path: f"https://site.fr{path}")
    assert words == (
        "Titre\n\nGras et (barré\u00a0: barré), la loi (https://site.fr/bibliotheque/loi/)."
        "\n\n3. trois\n5. cinq\n\n«\u00a0cité\u00a0»\n\n"
        "- Ville\u00a0: Lyon\u202f; Places\u00a0: 12\n\n"
        "code, https://exemple.fr, moi (a@b.fr)"
    )


def test_extracts_say_that_words_are_struck_and_keep_numbers():
    html = render_markdown("~~En vigueur.~~ Abrogé.\n\n7. sept")
    with override("fr"):
        said = ["(barré", ":", "En", "vigueur.)", "Abrogé.", "7.", "sept"]
        assert words_only(html).split() == said
        assert plain_text(str(html)).split() == said


def test_the_first_paragraph_is_neither_a_heading_nor_a_list():
    text = "# Titre\n\n- point\n\nVoir **a_b** et\n[la loi](/loi/)."
    assert first_paragraph(text) == "Voir a_b et la loi."


@pytest.mark.parametrize(
    "text",
    [
        "www." * 5_000,
        "a@" * 10_000,
        "a.a" * 7_000,
        "https://x.fr/" + ")" * 20_000,
        "x*" * 10_000,
        "https://x.fr " * 1_500,
    ],
)
def test_what_is_read_for_addresses_costs_no_more_than_its_length(text):
    started = time.process_time()
    render_markdown(text)
    assert time.process_time() - started < 2
