"""The page of a file on which the words are, from a real PDF to the list of results."""

import re

import pytest
from django.urls import reverse

from network_site.core.outbox import drain
from network_site.media.models import SiteDocument
from network_site.media.text_extraction import read
from network_site.search.engine import PartDocument, Store
from network_site.search.file_pages import best_page
from network_site.search.queries import parse
from network_site.search.text import page_texts
from tests.library.factories import make_document, make_library, make_study

FILLER = "Rien de particulier dans cette ligne qui parle de tout autre chose. "


def pdf(pages):
    """A PDF whose pages have these lines each; a page without a line is empty."""
    kids = [4 + 2 * rank for rank in range(len(pages))]
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{' '.join(f'{n} 0 R' for n in kids)}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    for number, lines in zip(kids, pages, strict=True):
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 9 Tf 40 800 Td {shown} ET" if lines else ""
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Contents {number + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects[number + 1] = (
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
        )
    out, offsets = "%PDF-1.4\n", []
    for number in sorted(objects):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{objects[number]}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    )
    return out.encode("latin-1")


@pytest.fixture
def study(home_page, search_index):
    """A study with a report of 40 pages, the first one empty."""
    pages = [[], *([f"Page {n}. {FILLER}"] for n in range(2, 41))]
    pages[11] = ["La discrimination est citée ici."]
    pages[39] = [
        "Une enquête sur la discrimination dans l'accès au loge-",
        "ment des familles. Le logement est le premier poste.",
    ]
    document = make_document("rapport.pdf", pdf(pages), title="Rapport final")
    found = read(document.file.path)
    SiteDocument.objects.filter(pk=document.pk).update(
        text=found["text"], page_count=found["pages"], text_of=document.file.name
    )
    page = make_study(make_library(home_page), title="Enquête", files=[document])
    drain()
    search_index()
    return page, document


def links(client, words):
    html = client.get(reverse("search"), {"q": words}).content.decode()
    passages = re.findall(r'<p class="pass">(.*?)</p>', html, re.DOTALL)
    return [
        (
            re.sub(r"</?mark>", "", passage).replace("\xa0", " "),
            *re.findall(r'href="([^"]*)"', passage),
        )
        for passage in passages
    ]


def test_a_passage_of_a_file_says_its_page_and_leads_to_it(client, study):
    _page, document = study
    ((passage, address),) = links(client, "discrimination logement")
    assert address == f"{document.url}#page=40"
    assert "Rapport final, p. 40</a>" in passage
    assert "la discrimination dans l&#x27;accès au logement des familles" in passage
    ((passage, address),) = links(client, "discrimination citée")
    assert address == f"{document.url}#page=12"
    assert "Page 13" not in passage


def test_the_name_of_a_file_is_on_none_of_its_pages(client, study):
    _page, document = study
    ((passage, address),) = links(client, "rapport final")
    assert address == document.url
    assert ", p. " not in passage


def test_what_the_record_itself_says_comes_before_its_file(client, study):
    ((passage, *addresses),) = links(client, "enquête")
    assert not addresses or "#page=40" in addresses[0]


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "index")


def file_part(pages, **fields):
    return PartDocument(
        "a:1", text="Rapport", label="Rapport", url="/r.pdf", pages=pages
    )


def page_of(store, words):
    snapshot = store.snapshot()
    (number,) = snapshot.numbers_of(["a:1"])
    return best_page(snapshot, snapshot.firsts[number], parse(words).marked)


def test_the_page_is_found_however_long_the_file(store):
    pages = [FILLER * 20] * 300
    pages[211] = FILLER * 10 + "Le parrainage des apprentis." + FILLER * 10
    store.rebuild([("a:1", [file_part(pages)])])
    assert page_of(store, "parrainage apprenti") == 212
    assert page_of(store, "absent") is None
    # The same after the segments were merged.
    store.replace({"a:2": [PartDocument("a:2", title="Autre", tokens=["public"])]})
    store.merge()
    assert page_of(store, "parrainage") == 212


def test_the_page_is_the_one_where_the_words_stand_together(store):
    pages = [
        f"Le logement. {FILLER * 10} La discrimination.",
        "Le logement",
        "La discrimination au logement",
        "discrimination " * 50,
        "logement " * 2_500,
    ]
    store.rebuild([("a:1", [file_part(pages)])])
    assert page_of(store, "logement discrimination") == 3
    assert page_of(store, "logement") == 5


def test_a_word_cut_at_the_end_of_a_line_is_whole_again():
    (text,) = page_texts(["La discrimi-\nnation et l’au-\ndelà.\nUne discrimination."])
    assert text == "La discrimination et l’au-delà. Une discrimination."
