"""The notification centre: what was told, as it may be read now, and what is read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.notifications import items
from network_site.notifications.enums import Channel
from network_site.notifications.models import Delivery, Item
from network_site.pages import reader_cache
from network_site.pages.visibility import ALL, MEMBER
from network_site.registries.enums import (
    Category,
    Reason,
)
from network_site.taxonomies.models import Theme
from tests.notifications.factories import happen

pytestmark = pytest.mark.django_db
URL = "/notifications/"
KINDS = (Category.LIBRARY, Category.PRACTICES, Category.EVENTS, Category.FORUMS)


@pytest.fixture
def tell(kinds):
    """tell(user, pk, ...) announces a thing and delivers it to `user`; returns the Delivery."""

    def make(
        user,
        pk,
        *,
        category=Category.LIBRARY,
        days=0,
        reason="follow",
        via="",
        **fields,
    ):
        now = timezone.now()
        item = happen(
            kinds[category],
            pk,
            occurred_at=now - timedelta(days=days),
            now=now,
            **fields,
        )
        Item.objects.filter(pk=item.pk).update(created_at=now - timedelta(days=days))
        return Delivery.objects.create(
            user=user,
            item=item,
            reason=Reason(reason),
            via=via,
            channel=Channel.SITE,
        )

    return make


def read(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def badge(html):
    """The number that the bell of the head shows, 0 without one."""
    _before, found, after = html.partition('<b class="bell-n">')
    return after.partition("<")[0] if found else 0


def test_items_stand_by_day_with_why_they_came(member_client, member, tell):
    tell(member, 1, days=1, title="Hier", via="theme_t:2")
    tell(member, 2, title="Aujourd’hui", reason="mention", category=Category.FORUMS)
    tell(member, 3, title="Aussi", reason="own")
    tell(member, 4, title="Trouvé", reason="search", via="search_gone:3")
    html = read(member_client)
    assert html.index("Trouvé") < html.index("Aussi") < html.index("Aujourd’hui")
    assert html.index("Aujourd’hui") < html.index(">Hier<")
    assert html.count('<section class="told-day"') == 2
    assert "Vous suivez «\u00a0Emploi\u00a0»." in html
    assert "Vous y êtes nommée ou nommé." in html
    assert "Cela fait suite à ce que vous avez écrit" in html
    assert "Cela répond à une recherche que vous avez enregistrée." in html
    # Said in words, not by a colour.
    assert html.count('<b class="told-new">Non lue</b>') == 4


def test_a_members_centre_is_theirs_alone(client_for, make_user, tell):
    aline, boris = (
        make_user(None, roles.MEMBERS, status=MembershipStatus.APPROVED)
        for _each in range(2)
    )
    delivery = tell(aline, 1, title="Pour Aline")
    assert "Pour Aline" in read(client_for(aline))
    of_boris = client_for(boris)
    html = read(of_boris)
    assert "Pour Aline" not in html
    assert "Rien pour l’instant" in html
    assert badge(html) == 0
    url = reverse("notifications:open", args=[delivery.pk])
    assert of_boris.get(url).status_code == 404
    assert Delivery.objects.get().read_at is None


def test_what_may_no_longer_be_read_is_neither_shown_nor_counted(
    member_client, member, tell, kinds
):
    tell(member, 1, title="Ouvert")
    delivery = tell(member, 2, title="Refermé")
    tell(member, 3, title="Effacé")
    assert badge(read(member_client)) == "3"
    kinds[Category.LIBRARY].rows[2].tokens = frozenset({"group:0", ALL})
    del kinds[Category.LIBRARY].rows[3]
    html = read(member_client)
    assert "Ouvert" in html
    assert "Refermé" not in html
    assert "Effacé" not in html
    assert badge(html) == "1"
    assert "1 non lue" in html
    url = reverse("notifications:open", args=[delivery.pk])
    assert member_client.get(url).status_code == 404
    member_client.post(reverse("notifications:mark_all_read"))
    assert "1 notification est marquée comme lue" in read(member_client)


def test_the_count_follows_rights_and_reading_while_pages_are_kept(
    settings, client_for, pending, tell, kinds
):
    settings.READER_CACHE_SECONDS = 60
    reader_cache.shelf.clear()
    client = client_for(pending)
    tell(pending, 1)
    tell(pending, 2, tokens=frozenset({MEMBER, ALL}))
    for _again in range(2):
        assert badge(read(client, "/themes/")) == "1"
    tell(pending, 3)
    assert badge(read(client, "/themes/")) == "2"
    items.mark_read(pending, [Delivery.objects.get(item__object_id=1).pk])
    assert badge(read(client, "/themes/")) == "1"
    pending.groups.add(roles.group_of(roles.MEMBERS))
    assert badge(read(client, "/themes/")) == "2"
    reader_cache.shelf.clear()


def test_many_are_not_counted_to_the_end(member_client, member, tell):
    for number in range(1, 103):
        tell(member, number)
    html = read(member_client)
    assert badge(html) == "99+"
    assert "Plus de 99 non lues" in html


def test_filters_narrow_and_pages_follow(member_client, member, tell):
    for number in range(1, 36):
        tell(member, number, category=KINDS[number % 4], title=f"Chose n° {number}.")
    items.mark_read(member, [Delivery.objects.get(item__object_id=35).pk])
    html = read(member_client)
    assert html.count("Chose n° ") == 30
    older = html.partition('<p class="told-older"><a class="btn line" href="')[2]
    older = older.partition('"')[0]
    html = read(member_client, older)
    assert html.count("Chose n° ") == 5
    assert "Chose n° 1." in html
    assert "told-older" not in html
    html = read(member_client, f"{URL}?etat=non-lues&espace=forums")
    assert "Chose n° 35." not in html
    assert "Chose n° 31." in html
    assert html.count("Chose n° ") == 8
    html = read(member_client, f"{URL}?espace=account")
    assert "Rien ici avec ces filtres" in html


@pytest.mark.parametrize(
    "query",
    [
        "avant=abc",
        "avant=-1",
        "avant=99999999999999999999",
        "etat=x",
        "espace=%00",
        "page=z",
    ],
)
def test_odd_filters_are_as_if_they_were_not_there(member_client, member, tell, query):
    tell(member, 1, title="Toujours là")
    assert "Toujours là" in read(member_client, f"{URL}?{query}")


def test_opening_reads_and_leads_there(member_client, member, tell):
    delivery = tell(member, 1)
    response = member_client.get(reverse("notifications:open", args=[delivery.pk]))
    assert response["Location"] == "/choses/1/"
    delivery.refresh_from_db()
    assert delivery.read_at is not None


def test_everything_is_marked_read_by_a_post_only(member_client, member, tell):
    for number in (1, 2):
        tell(member, number)
    url = reverse("notifications:mark_all_read")
    assert member_client.get(url)["Location"] == URL
    assert Delivery.objects.filter(read_at=None).count() == 2
    member_client.post(url)
    html = read(member_client)
    assert "2 notifications sont marquées comme lues" in html
    assert badge(html) == 0
    assert "told-new" not in html
    member_client.post(url)
    assert "Tout était déjà lu" in read(member_client)


def test_reading_the_page_itself_reads_the_notification(
    settings, member_client, member, tell
):
    settings.READER_CACHE_SECONDS = 60
    reader_cache.shelf.clear()
    Theme.add_root(name="Emploi", slug="emploi")
    page = "/themes/emploi/"
    here = tell(member, 1)
    elsewhere = tell(member, 2)
    Item.objects.filter(pk=here.item_id).update(path=page)

    def is_read(delivery):
        return Delivery.objects.get(pk=delivery.pk).read_at is not None

    # Kept for all by now.
    for _each in range(2):
        member_client.head(page)
        member_client.get(page, headers={"Sec-Purpose": "prefetch"})
    assert not is_read(here)
    # What is being read is no longer counted.
    assert badge(read(member_client, f"{page}?page=1")) == "1"
    assert is_read(here)
    assert not is_read(elsewhere)
    Delivery.objects.update(read_at=None)
    read(member_client, f"/en{page}")
    assert is_read(here)
    reader_cache.shelf.clear()


def test_a_page_that_refuses_reads_nothing(client_for, member, editor, tell):
    here = tell(member, 1)
    Item.objects.filter(pk=here.item_id).update(path="/a-traiter/")
    assert client_for(member).get("/a-traiter/").status_code == 403
    assert Delivery.objects.get().read_at is None
    # And nobody reads for another.
    Item.objects.filter(pk=here.item_id).update(path="/mon-espace/")
    client_for(editor).get("/mon-espace/")
    assert Delivery.objects.get().read_at is None


def test_the_first_screen_shows_the_newest(member_client, member, tell):
    assert "Rien à lire" in read(member_client, "/mon-espace/")
    for number in range(1, 6):
        tell(member, number, title=f"Chose n° {number}.")
    html = read(member_client, "/mon-espace/")
    assert [f"Chose n° {number}." in html for number in range(1, 6)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert URL in html


def test_the_centre_costs_the_same_for_few_and_for_many(
    member_client, member, tell, assert_constant_queries
):
    def grow(first=5, last=30):
        for number in range(first, last):
            tell(
                member,
                number,
                category=KINDS[number % 4],
                via=["theme_t:1", "thread_t:4", "theme_t:2"][number % 3],
            )

    grow(1, 5)
    assert_constant_queries(member_client, URL, grow)


def test_the_bell_costs_one_query_a_page_when_all_is_read(member_client, member, tell):
    tell(member, 1)
    items.mark_all_read(member)
    member_client.get("/themes/")
    with CaptureQueriesContext(connection) as queries:
        member_client.get("/themes/")
    about = [one for one in queries if '"notifications_' in one["sql"]]
    assert len(about) == 1


def test_visitors_log_in_first(client):
    for name in ("centre", "settings", "welcome", "address_check"):
        url = reverse(f"notifications:{name}")
        assert client.get(url)["Location"] == f"/comptes/login/?next={url}"
    assert "/comptes/login/" in client.post("/notifications/tout-lu/")["Location"]
