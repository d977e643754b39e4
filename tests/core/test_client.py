"""The strict client must be able to fail."""

import pytest

from tests.support.client import UncleanPage, check_html


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        '<p class="x" style="color:red">a</p>',
        '<button type="button" onclick="x()">a</button>',
        "<p>{{ page.title }}</p>",
        "<p>{% endif %}</p>",
    ],
)
def test_unclean_pages_are_refused(html):
    with pytest.raises(UncleanPage):
        check_html(f"<html><body>{html}</body></html>", "/x/")


@pytest.mark.parametrize(
    "html",
    [
        '<script src="/static/a.js"></script>',
        '<script type="application/ld+json">{"@type": "Event"}</script>',
        "<pre>{{ shown as code }}</pre>",
        "<p>Mettez le style à jour = « on »</p>",
    ],
)
def test_clean_pages_pass(html):
    check_html(html, "/x/")
