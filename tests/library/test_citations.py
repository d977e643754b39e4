import json
import re

from library.citations_export import as_text, to_bibtex, to_csl, to_ris
from network_site.members.models import Organization
from tests.library.factories import make_study, make_text

URL = "https://reseau.exemple.fr/bibliotheque/notice/1/"


def _law(library, **fields):
    return make_text(
        library,
        title="Loi pour l’égalité des chances",
        reference="2006-396",
        nor="SOCX0500298L",
        published_on="2006-04-02",
        published_in="Journal officiel",
        **fields,
    )


def _agency():
    return Organization.objects.create(
        name="Agence & partenaires", slug="agence", kind="agency"
    )


def test_a_law_is_cited_with_its_number_date_and_journal(library):
    assert as_text(_law(library)) == (
        "Loi n°\u00a02006-396 du 31 mars 2006 pour l’égalité des chances,"
        " NOR\u00a0: SOCX0500298L, Journal officiel du 2 avril 2006."
    )


def test_a_study_is_cited_with_its_author_and_extent(library):
    study = make_study(
        library,
        title="Occupation du parc social",
        authors="Awa Diop, Jean Le Goff",
        date_precision="month",
        extent="64 pages",
        publisher=_agency(),
    )
    assert as_text(study) == (
        "Awa Diop, Jean Le Goff, Occupation du parc social, Agence & partenaires,"
        " mars 2006, 64 pages."
    )


def test_csl_types_follow_the_nature(client, library):
    for make, fields, wanted in (
        (make_text, {"text_type": "decree"}, "legislation"),
        (make_text, {"text_type": "decision"}, "legal_case"),
        (make_text, {"text_type": "agreement"}, "document"),
        (make_study, {"study_type": "report"}, "report"),
        (make_study, {"study_type": "study"}, "report"),
    ):
        page = make(library, **fields)
        response = client.get(f"/bibliotheque/citation/{page.pk}.json")
        assert response["Content-Type"].startswith("application/vnd.citationstyles.csl")
        (item,) = json.loads(response.content.decode("utf-8"))
        assert item["type"] == wanted
        assert item["issued"] == {"date-parts": [[2006, 3, 31]]}


def test_ris_is_a_statute_with_its_lines_in_order(client, library):
    page = _law(library, summary="Ligne un\r\nTY  - FAUX")
    text = client.get(f"/bibliotheque/citation/{page.pk}.ris").content.decode("utf-8")
    lines = text.split("\r\n")
    assert lines[0] == "TY  - STAT"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    # What an abstract says cannot start a record of its own.
    assert sum(line.startswith("TY  - ") for line in lines) == 1
    assert "DA  - 2006/03/31/" in lines
    assert to_ris(make_study(library), URL).startswith("TY  - RPRT")


def test_bibtex_is_escaped_and_balanced(client, library):
    page = make_study(
        library, title=r"50 % & plus_de {tout} \ #1 ~ ^", publisher=_agency()
    )
    text = client.get(f"/bibliotheque/citation/{page.pk}.bib").content.decode("utf-8")
    assert text.startswith("@report{study-")
    unescaped = re.sub(r"\\[{}]", "", text)
    assert unescaped.count("{") == unescaped.count("}")
    assert r"50 \% \& plus\_de \{tout\} \textbackslash{} \#1" in text
    assert "author = {{Agence \\& partenaires}}" in text
    assert to_bibtex(_law(library), URL).startswith("@legislation{law-")
    assert "Loi n°" in to_bibtex(_law_again(library), URL)


def _law_again(library):
    return make_text(library, title="Loi de finances", reference="2007-1")


def test_a_date_known_to_the_month_is_not_made_a_day(library):
    study = make_study(library, date_precision="month")
    (item,) = json.loads(to_csl(study, URL))
    assert item["issued"] == {"date-parts": [[2006, 3]]}
    assert "date = {2006-03}" in to_bibtex(study, URL)


def test_an_unknown_format_or_record_is_not_found(client, library):
    page = make_text(library)
    assert client.get(f"/bibliotheque/citation/{page.pk}.exe").status_code == 404
    assert client.get("/bibliotheque/citation/999999.bib").status_code == 404
