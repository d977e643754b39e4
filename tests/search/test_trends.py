"""Searches are counted by the week, shown from three people on, and nobody is followed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.search import trends
from network_site.search.indexing import object_key
from network_site.search.models import CountingKey, QueryCount, QueryTrace
from tests.search.factories import make_page, restrict

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(hour=12)
NEXT_WEEK = NOW + timedelta(days=7)


def vain(text, *people, now=NOW):
    for person in people:
        trends.count_unanswered(text=text, person=person, now=now)


def shown(now=None):
    return [(row.query, row.people, row.times) for row in trends.unanswered()]


def test_a_question_shows_from_three_people_on():
    vain("Carte solidarité transport", "a", "b", "a", "a")
    assert shown() == []
    vain("carte SOLIDARITE transport", "c")
    assert shown() == [("carte solidarite transport", 3, 5)]


def test_the_same_person_on_three_days_is_one_person():
    monday = NOW - timedelta(days=NOW.weekday())
    for day in range(3):
        vain("carte", "a", now=monday + timedelta(days=day))
    assert QueryCount.objects.get().people == 1


@pytest.mark.parametrize(
    "text",
    [
        "jeanne.martin@exemple.fr",
        "06 12 34 56 78",
        "1 85 05 78 006 084 36",
        "x",
        "",
        "mot " * 60,
    ],
)
def test_what_may_name_someone_is_not_written_down(text):
    vain(text, "a", "b", "c")
    assert not QueryCount.objects.exists()


def test_references_are_counted():
    vain("loi 2006-396", "a")
    assert QueryCount.objects.get().query == "loi 2006-396"


def test_when_the_week_is_over_only_shared_questions_and_numbers_remain():
    vain("rare", "a", "b")
    vain("partagée", "a", "b", "c")
    assert QueryTrace.objects.count() == 5
    trends.close_weeks(NOW)
    assert QueryTrace.objects.count() == 5
    trends.close_weeks(NEXT_WEEK)
    assert shown() == [("partagee", 3, 3)]
    assert QueryCount.objects.count() == 1
    assert not QueryTrace.objects.exists()
    assert not CountingKey.objects.exists()
    trends.close_weeks(NOW + timedelta(weeks=60))
    assert not QueryCount.objects.exists()


def test_a_mark_is_neither_the_person_nor_the_same_the_week_after():
    vain("carte", "user:7")
    vain("carte", "user:7", now=NEXT_WEEK)
    first, second = QueryTrace.objects.order_by("pk").values_list("person", flat=True)
    assert first != second
    assert first != "7"
    assert "user" not in first


@pytest.fixture
def content(home_page, search_index):
    page = make_page("Guide du parrainage", "Le parrainage des jeunes.")
    search_index()
    return page


def visitors(count):
    return [Client(REMOTE_ADDR=f"192.0.2.{number}") for number in range(1, count + 1)]


def test_the_search_page_counts_each_person_even_when_it_is_kept(content, settings):
    url = reverse("search")
    settings.READER_CACHE_SECONDS = 60
    for one in visitors(3):
        one.get(url, {"q": "Zygomatique"})
        one.get(url, {"q": "Zygomatique"})
    assert shown() == [("zygomatique", 3, 6)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM site_search_querytrace")
        assert all("192.0.2" not in row[0] for row in cursor.fetchall())


def test_nothing_a_browser_sends_makes_two_people_of_one(
    content, member, facilitator, client_for
):
    url = reverse("search")

    def ask(client, **headers):
        client.get(url, {"q": "Zygomatique"}, headers=headers)

    def people():
        return QueryCount.objects.get(query="zygomatique").people

    for number in range(3):
        ask(
            Client(REMOTE_ADDR="192.0.2.1"),
            user_agent=f"Navigateur {number}",
            x_forwarded_for=f"198.51.100.{number}",
            accept_language=f"fr-{number}",
        )
        ask(Client(REMOTE_ADDR=f"2001:db8:1:2::{number + 1}"))
    assert people() == 2, "one address, and one household in IPv6"
    # With an account and without, from the same place: one person.
    for user in (member, facilitator):
        client = client_for(user)
        client.defaults["REMOTE_ADDR"] = "192.0.2.1"
        ask(client)
        ask(Client(REMOTE_ADDR="192.0.2.1"))
    assert people() == 3


@pytest.mark.parametrize(
    "query",
    [
        {"q": "parrainage"},
        {"q": "zygomatique", "theme": "emploi"},
        {"q": "parainage"},
        {"theme": "emploi"},
        {},
    ],
)
def test_what_was_answered_or_narrowed_is_not_counted(content, client, query):
    client.get(reverse("search"), query)
    assert not QueryCount.objects.exists()


def test_who_refuses_to_be_measured_is_not_counted(content, client):
    client.get(reverse("search"), {"q": "zygomatique"}, headers={"Sec-GPC": "1"})
    assert not QueryCount.objects.exists()


def test_an_opened_result_is_counted_for_what_the_question_finds(content, client):
    address = reverse("search_opened")
    key = object_key(content)
    html = client.get(reverse("search"), {"q": "parrainage"}).content.decode()
    assert f'data-opened="{address}"' in html
    assert f'data-keys="{key} "' in html
    for one in visitors(3):
        assert one.post(address, {"q": "parrainage", "key": key}).status_code == 204
        one.post(address, {"q": "insulte inventée", "key": key})
    assert [(row.query, row.people) for row in trends.leading_to(key)] == [
        ("parrainage", 3)
    ]
    assert not QueryCount.objects.exclude(query="parrainage").exists()


def test_what_one_may_not_open_is_not_counted(content, client, search_index):
    secret = make_page("Secret du parrainage", "Parrainage.")
    restrict(secret, roles.MEMBERS)
    search_index()
    data = {"q": "parrainage", "key": object_key(secret)}
    assert client.post(reverse("search_opened"), data).status_code == 204
    assert not QueryCount.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"q": "x"},
        {"q": "parrainage", "key": "../../etc"},
        {"q": "\x00", "key": "a.b:1"},
    ],
)
def test_nonsense_is_answered_by_nothing(content, client, data):
    assert client.post(reverse("search_opened"), data).status_code == 204
    assert not QueryCount.objects.exists()


def test_another_site_cannot_count(content, client):
    response = client.post(
        reverse("search_opened"),
        {"q": "parrainage", "key": object_key(content)},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert response.status_code == 403
    assert client.get(reverse("search_opened")).status_code == 405


@pytest.fixture
def editor(make_user, home_page):
    ensure_site()
    return make_user("redaction@exemple.fr", roles.EDITORS)


def test_editors_read_what_found_nothing_and_no_rarer_question(
    content, editor, client_for
):
    vain("carte solidarité", "a", "b", "c")
    vain("question rare", "a", "b")
    url = reverse("search_admin:unanswered")
    html = client_for(editor).get(url).content.decode()
    assert "carte solidarite" in html
    assert "question rare" not in html
    sheet = client_for(editor).get(url, {"export": "csv"})
    text = b"".join(sheet.streaming_content).decode()
    assert "carte solidarite" in text
    assert "question rare" not in text
    home = client_for(editor).get("/admin/").content.decode()
    assert url in home


def test_editors_read_what_led_to_a_record_if_they_may_open_it(
    content, editor, client_for, search_index
):
    secret = make_page("Fiche close", "Parrainage.")
    restrict(secret, "Cercle")
    for page in (content, secret):
        for person in "abc":
            trends.count_opened(
                text="parrainage", object_key=object_key(page), person=person
            )
    url = reverse("search_admin:leading")
    html = client_for(editor).get(url).content.decode()
    assert "Guide du parrainage" in html
    assert "Fiche close" not in html
    one = client_for(editor).get(url, {"object": object_key(content)}).content.decode()
    assert "parrainage" in one
    sheet = client_for(editor).get(url, {"export": "csv"})
    text = b"".join(sheet.streaming_content).decode()
    assert "Guide du parrainage" in text
    assert "Fiche close" not in text


def test_the_counts_are_for_librarians_and_facilitators(
    content, make_user, client_for, client, member
):
    ensure_site()
    for name in ("search_admin:unanswered", "search_admin:leading"):
        url = reverse(name)
        assert client.get(url).status_code == 302
        assert client_for(member).get(url).status_code in (302, 403)
        contributor = make_user(f"c{name[-3:]}@exemple.fr", roles.CONTRIBUTORS)
        assert client_for(contributor).get(url).status_code in (302, 403)
        facilitator = make_user(f"f{name[-3:]}@exemple.fr", roles.FACILITATORS)
        assert client_for(facilitator).get(url).status_code == 200
