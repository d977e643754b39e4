import csv
import datetime
import io
import re

from library.models import LegalStatusEntry
from library.record_listing import records_asked
from network_site.core.outbox import drain
from tests.library.factories import (
    forget_effects,
    make_document,
    make_study,
    make_territory,
    make_text,
    make_theme,
)

URL = "/bibliotheque/"


def _count(user, name, value, **data):
    listing = records_asked(_query(data), user)
    facet = next(one for one in listing.kind.facets if one.name == name)
    counts = {one.value: one.count for one in listing.options_of(facet)}
    return counts.get(value, 0)


def _query(data):
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    for name, values in data.items():
        query.setlist(name, values if isinstance(values, list) else [str(values)])
    return query


def _titles(response):
    return [record.title for record in response.context["records"].object_list]


def test_facets_count_only_what_the_reader_may_open(
    client, member_client, member, visitor_user, library, restrict
):
    theme = make_theme("emploi", "Emploi")
    make_text(library, title="Loi ouverte", themes=[theme])
    kept = make_text(
        library,
        title="Note réservée",
        text_type="circular",
        no_nor_reason="Note interne",
        themes=[theme],
    )
    restrict(kept)

    assert _titles(client.get(URL)) == ["Loi ouverte"]
    assert len(_titles(member_client.get(URL))) == 2
    assert _count(visitor_user, "theme", "emploi") == 1
    assert _count(member, "theme", "emploi") == 2
    assert _count(visitor_user, "nature", "circular") == 0
    assert _count(member, "nature", "circular") == 1
    body = client.get(URL).content.decode()
    assert "Note réservée" not in body
    assert 'value="circular"' not in body


def test_a_broader_theme_holds_the_records_of_the_narrower_ones_once(
    visitor_user, client, library
):
    education = make_theme("education", "Éducation")
    success = make_theme("reussite", "Réussite éducative", education)
    education.refresh_from_db()
    make_text(library, title="Deux fois", themes=[education, success])
    make_text(library, title="En dessous", themes=[success])
    make_text(library, title="Ailleurs")

    assert _count(visitor_user, "theme", "education") == 2
    assert _count(visitor_user, "theme", "reussite") == 2
    assert set(_titles(client.get(URL, {"theme": "education"}))) == {
        "Deux fois",
        "En dessous",
    }


def test_two_facets_combine_and_each_is_counted_with_the_other(
    visitor_user, client, library
):
    region = make_territory("region", "52", "Pays de la Loire")
    department = make_territory("department", "44", "Loire-Atlantique", region)
    make_text(library, title="Loi nationale", status="in_force")
    make_text(
        library, title="Arrêté local", text_type="order", territories=[department]
    )
    make_study(library, title="Étude locale", territories=[region])

    assert _count(visitor_user, "territory", "region-52") == 2
    assert _count(visitor_user, "territory", "national") == 1
    chosen = {"nature": ["order", "law"], "territory": "region-52"}
    assert _titles(client.get(URL, chosen)) == ["Arrêté local"]
    # The nature's own choice is set aside for its own counts, the territory's is not.
    assert _count(visitor_user, "nature", "study", **chosen) == 1
    assert _count(visitor_user, "nature", "law", **chosen) == 0
    assert _count(visitor_user, "territory", "national", **chosen) == 1
    assert _titles(client.get(URL, {"territory": "department-44"})) == ["Arrêté local"]


def test_every_count_is_the_number_of_records_behind_its_link(
    visitor_user, client, library
):
    theme = make_theme("sante", "Santé")
    region = make_territory("region", "04", "La Réunion")
    for year, nature in enumerate(["law", "decree", "law", "order", "law"], 2001):
        make_text(
            library,
            text_type=nature,
            document_date=datetime.date(year, 5, 1),
            status="repealed" if year % 2 else None,
            themes=[theme] if year < 2004 else [],
            territories=[region] if nature == "decree" else [],
        )
    make_study(library)
    for data in ({}, {"nature": ["law"]}, {"year_from": 2002, "theme": ["sante"]}):
        for group in records_asked(_query(data), visitor_user).groups:
            for option in group.options:
                wanted = {**data, group.name: [option.value]}
                body = client.get(URL, wanted).content.decode()
                found = re.search(r"<h2>(\d+) fiches?</h2>", body)
                assert int(found[1]) == option.count, (data, group.name, option.value)


def test_status_is_the_last_line_that_already_applies(visitor_user, library):
    from library.services import set_legal_status

    page = make_text(library, status="in_force")
    set_legal_status(
        page=page, status="repealed", effective_on=datetime.date(2999, 1, 1)
    )
    assert page.current_status.status == "in_force"
    assert _count(visitor_user, "status", "in_force") == 1
    set_legal_status(
        page=page, status="repealed", effective_on=datetime.date(2011, 5, 1)
    )
    assert page.current_status.status == "repealed"
    assert _count(visitor_user, "status", "ended") == 1
    assert _count(visitor_user, "status", "in_force") == 0


def test_years_bound_the_list_and_a_reversed_range_is_put_right(client, library):
    for year in (2001, 2006, 2010):
        make_text(library, title=str(year), document_date=datetime.date(year, 1, 1))
    assert _titles(client.get(URL, {"year_from": "2002", "year_to": "2008"})) == [
        "2006"
    ]
    assert _titles(client.get(URL, {"year_from": "2008", "year_to": "2002"})) == [
        "2006"
    ]


def test_nonsense_in_the_address_is_ignored(client, library):
    make_text(library, title="La seule")
    for query in (
        "?page=abc",
        "?page=-1",
        "?year_from=hier&year_to=99999",
        "?nature=rien&status=rien&theme=rien&territory=rien&programme=rien",
        "?territory=a%00b&q=%00&sort=rien",
        "?theme=%27%22%3E",
    ):
        response = client.get(URL + query)
        assert response.status_code == 200, query
        assert _titles(response) == ["La seule"], query


def test_a_year_is_read_in_a_date_and_what_is_no_year_is_said(client, library):
    make_text(library, title="Ancienne", document_date=datetime.date(2001, 1, 1))
    make_text(library, title="Récente", document_date=datetime.date(2018, 3, 3))
    response = client.get(URL, {"year_from": "03/03/2018"})
    assert _titles(response) == ["Récente"]
    response = client.get(URL, {"year_from": "deux mille", "year_to": "2001"})
    page = response.content.decode()
    assert _titles(response) == ["Ancienne"]
    assert "Cette année ne peut pas être lue" in page
    assert 'name="year_from" value="deux mille" aria-describedby=' in page


def test_filters_show_as_chips_whose_links_remove_them(client, library):
    theme = make_theme("logement", "Logement")
    make_text(library, themes=[theme])
    response = client.get(URL, {"theme": "logement", "nature": "law", "sort": "title"})
    chips = response.context["filters"].chips
    assert [chip["label"] for chip in chips] == ["Loi", "Logement"]
    assert chips[0]["url"] == "?theme=logement&sort=title"
    assert chips[1]["url"] == "?nature=law&sort=title"


def test_an_empty_list_says_what_to_do(client, library, search_index):
    assert "La bibliothèque est vide" in client.get(URL).content.decode()
    make_text(library, title="Loi pour l’égalité")
    search_index()
    body = client.get(URL, {"q": "introuvable"}).content.decode()
    assert "Aucune fiche ne répond" in body
    assert "/recherche/?q=introuvable" in body


def test_the_box_of_the_list_is_that_of_the_site(client, library, search_index):
    """Words are stemmed and read in files; an unknown filter is said, not obeyed."""
    document = make_document(content=b"Une phrase que seul le fichier tient.")
    make_text(library, title="Loi de 2006", files=[document])
    make_text(library, title="Loi pour l’égalité des chances")
    drain()
    search_index()
    assert _titles(client.get(URL, {"q": "phrases du fichier"})) == ["Loi de 2006"]
    assert _titles(client.get(URL, {"q": "egalite"})) == [
        "Loi pour l’égalité des chances"
    ]
    body = client.get(URL, {"theme": "introuvable"}).content.decode()
    assert "Le filtre « introuvable » ne correspond à rien" in body.replace("\xa0", " ")


def test_words_that_cannot_be_looked_for_are_said(client, library, index_dir):
    make_text(library, title="Loi de 2006")
    response = client.get(URL, {"q": "loi"})
    assert _titles(response) == ["Loi de 2006"]
    assert "la liste est celle des autres filtres" in response.content.decode()


def test_where_there_is_nothing_the_list_says_where_there_is(client, library):
    region = make_territory("region", "24", "Centre-Val de Loire")
    cher = make_territory("department", "18", "Cher", region)
    indre = make_territory("department", "36", "Indre", region)
    make_text(library, territories=[indre])
    make_text(library, territories=[region])
    body = client.get(URL, {"territory": cher.slug}).content.decode()
    assert "0 dans « Cher » ; 2 dans « Centre-Val de Loire »" in body.replace(
        "\xa0", " "
    )


def test_a_list_of_200_costs_as_many_queries_as_a_list_of_2(
    member_client, library, assert_constant_queries, settings
):
    # What the worker would do of 200 new pages is not what is measured.
    settings.TASKS = {
        "default": {
            "BACKEND": "django.tasks.backends.dummy.DummyBackend",
            "QUEUES": ["default", "slow"],
        }
    }
    theme = make_theme("emploi", "Emploi")
    for _number in range(2):
        make_text(library, themes=[theme], status="in_force")
    make_study(library)
    forget_effects()

    def grow():
        pages = [make_text(library, themes=[theme]) for _number in range(198)]
        LegalStatusEntry.objects.bulk_create(
            LegalStatusEntry(page=page, status="repealed") for page in pages
        )
        forget_effects()

    # As a member: what a visitor reads is kept.
    queries = assert_constant_queries(member_client, URL, grow)
    assert queries <= 26


def test_the_table_holds_the_filtered_rows_the_reader_may_open(
    client, member_client, library, restrict
):
    make_text(library, title="Ouverte", reference="2006-396", summary="Un résumé")
    make_study(library, title="Étude")
    restrict(make_text(library, title="Réservée"))

    response = client.get("/bibliotheque/tableau.csv", {"nature": "law"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[4] for row in rows[1:]] == ["Ouverte"]
    assert rows[1][1] == "2006-396"
    assert re.search(r"/bibliotheque/notice/\d+/$", rows[1][-1])
    text = b"".join(
        member_client.get("/bibliotheque/tableau.csv").streaming_content
    ).decode()
    assert "Réservée" in text


def test_no_cell_of_the_table_is_a_formula(client, library):
    for number, start in enumerate("=+-@"):
        make_text(library, title=f"{start}1+1", slug=f"formule-{number}")
    make_text(library, title="\t=cmd()", slug="tabulation")
    content = client.get("/bibliotheque/tableau.csv").streaming_content
    rows = csv.reader(io.StringIO(b"".join(content).decode("utf-8-sig")), delimiter=";")
    for row in list(rows)[1:]:
        assert all(cell[:1] not in set("=+-@\t\r") for cell in row), row


def test_the_list_reads_in_english_too(client, library):
    make_text(library, title="Loi pour l’égalité")
    body = client.get("/en/bibliotheque/").content.decode()
    assert "1 record" in body
    assert "/en/bibliotheque/fiche-" in body
