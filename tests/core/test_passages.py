"""A text taken paragraph by paragraph is the text: nothing lost, nothing twice."""

import pytest

from network_site.core.markdown import passages, render_markdown

TEXTS = (
    "Un.\n\nDeux [lien](/a/).\n\n- trois\n- quatre\n",
    "# Titre\n\nUn [renvoi][x] et [l’autre][y].\n\n[x]: /a/\n[y]: https://b.fr/ 'T'\n\nFin.",
    "| A | B |\n|---|---|\n| http://c.fr/ | d |\n\n> cité\n\n    code\n\n---\n",
    "un\r\ndeux\r\n\r\ntrois",
    "[jamais dit]: /a/\n\nUn.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_together_they_are_the_text(text):
    def bare(html):
        return "".join(html.split())

    found = [words for words, _addresses in passages(text)]
    joined = "".join(render_markdown(words) for words in found)
    assert bare(joined) == bare(render_markdown(text))


def test_each_says_where_it_leads():
    text = "Un.\n\nVoir [a](/a/), <https://b.fr/>, www.c.fr et ![d](/d/).\n\n> [e](/e/)"
    assert [addresses for _words, addresses in passages(text)] == [
        [],
        ["/a/", "https://b.fr/", "http://www.c.fr", "/d/"],
        ["/e/"],
    ]
