"""The library's own texts: references and replacements as a reader meets them."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from network_site.core.outbox import drain
from network_site.search.services import search
from tests.library.factories import make_library, make_text

pytestmark = pytest.mark.django_db


def titles(words):
    answer = search(user=AnonymousUser(), text=words)
    return [result.item["title"] for result in answer.results]


def test_a_replaced_text_is_below_the_one_that_replaces_it(home_page, search_index):
    library = make_library(home_page)
    old = make_text(
        library,
        title="Médiation sociale et médiation culturelle",
        summary="Médiation, médiation, médiation.",
    )
    drain()
    assert titles("médiation") == [old.title]
    new = make_text(
        library,
        title="Nouvelle circulaire sur l’action des médiateurs dans les quartiers",
        summary="Médiation.",
        replaces=[old],
    )
    drain()
    assert titles("médiation") == [new.title, old.title]
    assert titles(old.title)[0] == old.title


def test_a_text_is_first_by_its_reference_and_by_its_day(home_page, search_index):
    library = make_library(home_page)
    make_text(
        library,
        title="Décret d’application",
        summary="Vu la loi n° 2006-396 du 31 mars 2006, la loi 2006-396.",
        document_date=date(2007, 1, 2),
    )
    law = make_text(library, title="Égalité des chances", reference="2006-396")
    drain()
    for words in ("loi 2006-396", "2006-396", "loi n° 2006-396 du 31 mars 2006"):
        assert titles(words)[0] == law.title
    assert titles("loi du 31 mars 2006")[0] == law.title
