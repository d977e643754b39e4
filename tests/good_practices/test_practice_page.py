import pytest
from django.contrib.auth.models import Group

from good_practices import services
from network_site.taxonomies.models import Territory
from tests.good_practices.factories import (
    make_measure,
    make_practice,
    make_territories,
    restrict,
)


@pytest.fixture
def places(home_page):
    return make_territories()


def text_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_where_since_when_and_what_did_not_work(client, places):
    page = make_practice(
        "Travail d’intérêt général",
        territories=[places[2]],
        started="2016",
        context="Jusque-là, aux espaces verts.",
        lessons_learned="Personne l’après-midi.",
    )
    text = text_of(client, page)
    assert "Châteauroux, Indre" in text
    assert 'class="snag"' in text
    assert "Personne l’après-midi." in text
    assert 'class="locator"' in text


def test_what_the_source_does_not_say_stands_once_in_one_line(client, home_page):
    page = make_practice(context="Un constat.", source_citation="Rapport d’étape")
    text = text_of(client, page)
    assert text.count('class="unsaid-list"') == 1
    assert 'class="snag"' not in text


def test_the_level_says_who_examined_and_when(client, home_page):
    from datetime import date

    page = make_practice()
    services.set_practice_level(
        page=page,
        level="examined",
        examined_on=date(2024, 3, 4),
        examined_by="deux membres du réseau",
    )
    text = text_of(client, page)
    assert "deux membres du réseau" in text
    assert "4 mars 2024" in text


def test_the_contact_is_shown_to_members_only(
    client, client_for, member, pending, home_page
):
    page = make_practice(contact="Direction des ressources humaines, poste 12")
    assert "poste 12" not in text_of(client, page)
    assert "poste 12" not in text_of(client_for(pending), page)
    assert "poste 12" in text_of(client_for(member), page)


def test_the_lineage_holds_only_what_the_reader_may_open(client, places):
    parent = make_practice("Bourges", territories=[places[2]], started="2015")
    page = make_practice("Ici", adapted_from=parent)
    stopped = make_practice("Guéret", adapted_from=page, ended="2022")
    hidden = make_practice("Vierzon caché", adapted_from=page)
    restrict(hidden, Group.objects.create(name="À part"))
    text = text_of(client, page)
    assert 'id="lignee"' in text
    assert stopped.title in text
    assert parent.url in text
    assert "Vierzon caché" not in text


def test_a_practice_of_a_measure_out_of_sight_does_not_name_it(client, home_page):
    measure = make_measure("Mesure retirée")
    page = make_practice(measure=measure)
    measure.unpublish()
    assert "Mesure retirée" not in text_of(client, page)


def test_an_overseas_practice_has_its_inset(client, home_page):
    region = Territory.objects.create(
        kind="region", insee_code="01", name="Guadeloupe", slug="region-guadeloupe"
    )
    department = Territory.objects.create(
        kind="department",
        insee_code="971",
        name="Guadeloupe",
        slug="guadeloupe",
        parent=region,
    )
    page = make_practice(territories=[department])
    assert 'class="inset"' in text_of(client, page)
    make_practice(territories=[region])
    response = client.get("/bonnes-pratiques/?vue=territoires")
    assert response.context["places"] == []
    assert response.context["overseas"][0]["count"] == 2


def test_the_measures_show_their_sessions_their_count_and_the_empty_axes(
    client, home_page
):
    measure = make_measure("Étendre la réussite éducative", sessions=[1, 3])
    make_practice(measure=measure)
    restrict(make_practice(measure=measure), Group.objects.create(name="À part"))
    text = client.get("/bonnes-pratiques/mesures/").content.decode()
    assert "Étendre la réussite éducative" in text
    assert "1re et 3e" in text
    assert text.count('class="sec axis"') == 3
    assert text.count('<ol class="measure-rows">') == 1


def test_a_measure_shows_its_figures_and_its_practices_by_region(client, places):
    measure = make_measure(figures=[{"label": "Nouveaux projets", "value": "52"}])
    make_practice("À Châteauroux", measure=measure, territories=[places[2]])
    make_practice("Partout", measure=measure)
    text = text_of(client, measure)
    assert "Nouveaux projets" in text
    assert "Centre-Val de Loire" in text
    assert "Partout" in text


@pytest.mark.parametrize("role", ["practice", "measure", "index"])
def test_pages_cost_the_same_for_many(client, places, assert_constant_queries, role):
    measure = make_measure()
    page = make_practice(measure=measure, territories=[places[2]])
    make_practice(measure=measure, territories=[places[2]], adapted_from=page)
    path = {
        "practice": page.url,
        "measure": measure.url,
        "index": "/bonnes-pratiques/mesures/",
    }[role]

    def grow():
        for _ in range(12):
            make_practice(measure=measure, territories=[places[2]], adapted_from=page)
        make_measure("Une autre mesure")

    assert_constant_queries(client, path, grow)
