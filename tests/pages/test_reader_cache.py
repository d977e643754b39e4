"""Pages are kept for readers with the same rights, and never a moment too long."""

import gzip
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.middleware.csrf import _does_token_match
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from events import services
from events.enums import AttendanceMode
from forums.enums import ForumVisibility
from forums.services import hide_post
from network_site.core.outbox import emit
from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.models import Organization
from network_site.pages.models import StandardPage
from network_site.pages.reader_cache import shared_piece, shelf
from tests.events.factories import make_event
from tests.forums.factories import make_forum, make_post, make_thread

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings):
    settings.READER_CACHE_SECONDS = 60
    shelf.clear()
    yield
    shelf.clear()


@pytest.fixture
def page(home_page):
    ensure_site()
    home = Page.objects.get(pk=home_page.pk)
    return home.add_child(
        instance=StandardPage(
            title="Mentions", slug="mentions", body="Première version"
        )
    )


def queries(url):
    client = Client()
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_the_second_reading_asks_the_database_for_the_version_only():
    url = reverse("directory")
    first = queries(url)
    assert queries(url) == 2 < first


def test_the_answer_is_the_same_packed_or_not(client):
    url = reverse("directory")
    drawn = client.get(url).content
    assert client.get(url).content == drawn
    packed = Client().get(url, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == drawn


def test_a_published_change_is_seen_at_once(client, page):
    assert "Première version" in client.get(page.url).content.decode()
    page.body = "Seconde version"
    page.save_revision().publish()
    assert "Seconde version" in client.get(page.url).content.decode()


def test_an_effect_of_any_service_makes_everything_new(client):
    url = reverse("directory")
    client.get(url)
    Organization.objects.create(name="Nouveau venu", slug="nouveau", kind="other")
    emit("object.changed", model="members.organization", pk=1)
    assert "Nouveau venu" in client.get(url).content.decode()


def test_a_page_kept_for_members_is_not_served_to_others(
    client, pending_client, member_client, page
):
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(roles.group_of(roles.MEMBERS))
    assert member_client.get(page.url).status_code == 200
    assert member_client.get(page.url).status_code == 200
    assert client.get(page.url).status_code == 302
    assert pending_client.get(page.url).status_code == 403


def test_a_page_that_becomes_restricted_is_refused_at_the_next_reading(client, page):
    assert client.get(page.url).status_code == 200
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(roles.group_of(roles.MEMBERS))
    assert client.get(page.url).status_code == 302


def test_a_person_who_leaves_a_group_loses_its_pages_at_once(
    member_client, member, page
):
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(roles.group_of(roles.MEMBERS))
    assert member_client.get(page.url).status_code == 200
    member.groups.clear()
    assert member_client.get(page.url).status_code == 403


def test_each_member_is_named_in_the_head_of_the_same_page(
    client, client_for, make_user
):
    url = reverse("directory")
    one = make_user(None, roles.MEMBERS, first_name="Aline")
    two = make_user(None, roles.MEMBERS, first_name="Boris")
    assert "Aline" in client_for(one).get(url).content.decode()
    html = client_for(two).get(url).content.decode()
    assert "Boris" in html
    assert "Aline" not in html
    assert "Boris" not in client.get(url).content.decode()


def test_the_form_of_the_head_carries_its_reader_s_own_token(client_for, make_user):
    url = reverse("directory")
    clients = [client_for(make_user(None, roles.MEMBERS)) for _index in range(2)]
    for one in clients:
        one.get(url)
        html = one.get(url).content.decode()
        assert html.count("csrfmiddlewaretoken") >= 1
        assert one.cookies["csrftoken"].value


def test_language_and_text_size_have_their_own_pages(client):
    assert '<html lang="fr">' in client.get("/annuaire/").content.decode()
    assert '<html lang="en">' in client.get("/en/annuaire/").content.decode()
    client.post(reverse("text_size"), {"size": "l", "next": "/"})
    assert 'data-size="l"' in client.get("/annuaire/").content.decode()


def test_what_is_told_to_one_reader_is_not_kept(client_for, make_user):
    one, two = (client_for(make_user(None, roles.MEMBERS)) for _index in range(2))
    one.post(
        reverse("profile_edit"),
        {
            "first_name": "A",
            "last_name": "B",
            "organization_name": "C",
            "job_title": "D",
        },
    )
    told = one.get(reverse("directory")).content.decode()
    assert 'class="messages"' in told
    assert 'class="messages"' not in two.get(reverse("directory")).content.decode()


def test_a_preview_of_a_draft_is_neither_served_from_the_shelf_nor_put_there(
    admin_client, client, page
):
    client.get(page.url)
    page.body = "Brouillon secret"
    page.save_revision()
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert "Brouillon secret" in admin_client.get(url).content.decode()
    assert "Brouillon secret" not in client.get(page.url).content.decode()
    assert "Brouillon secret" not in admin_client.get(page.url).content.decode()


def members(client_for, make_user, *names):
    """Members with the same rights, who joined yesterday, and a client of each."""
    people = [
        make_user(
            f"{name.lower()}@example.fr",
            roles.MEMBERS,
            first_name=name,
            date_joined=timezone.now() - timezone.timedelta(days=1),
        )
        for name in names
    ]
    return [(person, client_for(person)) for person in people]


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def token_of(html):
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)


def test_the_place_of_one_member_is_not_shown_to_another(
    client, client_for, make_user, home_page
):
    day = make_event(
        capacity=5,
        attendance_mode=AttendanceMode.MIXED,
        remote_url="https://visio.example.fr/secret",
    )
    (aline, of_aline), (_boris, of_boris) = members(
        client_for, make_user, "Aline", "Boris"
    )
    services.register(event=day, user=aline, mode="remote")
    for _again in range(2):
        html = read(of_aline, day.url)
        assert reverse("events:cancel", args=[day.slug]) in html
        assert "visio.example.fr" in html
        html = read(of_boris, day.url)
        assert reverse("events:cancel", args=[day.slug]) not in html
        assert reverse("events:register", args=[day.slug]) in html
        assert "aline@example.fr" not in html
        assert "visio.example.fr" not in html
        html = read(client, day.url)
        assert reverse("events:register", args=[day.slug]) not in html
        assert "visio.example.fr" not in html


def test_the_panel_of_a_kept_day_carries_its_reader_s_own_token_and_works(
    client_for, make_user, home_page
):
    day = make_event(capacity=1)
    readers = members(client_for, make_user, "Aline", "Boris")
    for _person, one in readers:
        read(one, day.url)
    secrets = []
    for _person, one in readers:
        tokens = token_of(read(one, day.url))
        cookie = one.cookies["csrftoken"].value
        assert len(tokens) >= 2
        assert all(_does_token_match(token, cookie) for token in tokens)
        secrets.append(cookie)
    assert secrets[0] != secrets[1]
    aline, boris = (one for _person, one in readers)
    aline.post(reverse("events:register", args=[day.slug]), {"mode": "on_site"})
    html = read(boris, day.url)
    assert 'class="key panel sign-up full"' in html


def test_a_day_kept_for_members_is_drawn_again_when_a_seat_is_taken(
    client_for, make_user, home_page
):
    day = make_event(capacity=2)
    (aline, _of_aline), (_boris, of_boris) = members(
        client_for, make_user, "Aline", "Boris"
    )
    before = read(of_boris, day.url)
    services.register(event=day, user=aline, mode="on_site")
    assert read(of_boris, day.url) != before


def test_the_second_member_costs_less_than_the_first(client_for, make_user, home_page):
    day = make_event(capacity=2)
    (_aline, of_aline), (_boris, of_boris) = members(
        client_for, make_user, "Aline", "Boris"
    )
    # The rows in waiting are dealt with once: the version rests.
    read(of_aline, day.url)
    shelf.clear()
    with CaptureQueriesContext(connection) as first:
        read(of_aline, day.url)
    with CaptureQueriesContext(connection) as second:
        read(of_boris, day.url)
    # Two of them for what is unread and for what the reader follows; one is the client's own,
    # which settles the catalogue as the worker would.
    assert len(second) <= 11 < len(first)


def test_a_message_to_one_member_is_not_kept_in_the_day(
    client_for, make_user, home_page
):
    day = make_event(capacity=2)
    (aline, of_aline), (_boris, of_boris) = members(
        client_for, make_user, "Aline", "Boris"
    )
    services.register(event=day, user=aline, mode="on_site")
    read(of_boris, day.url)
    of_aline.post(reverse("events:cancel", args=[day.slug]))
    assert 'class="messages"' in read(of_aline, day.url)
    assert 'class="messages"' not in read(of_boris, day.url)


def test_who_runs_the_days_and_who_does_not_have_each_their_page(
    member_client, facilitator_client, home_page
):
    day = make_event()
    url = reverse("events:participants", args=[day.slug])
    for _again in range(2):
        assert url in read(facilitator_client, day.url)
        assert url not in read(member_client, day.url)


def test_what_one_has_read_is_not_marked_for_the_others(client_for, make_user):
    thread = make_thread(author=make_user(None, roles.MEMBERS))
    (_aline, of_aline), (_boris, of_boris) = members(
        client_for, make_user, "Aline", "Boris"
    )
    index = reverse("forums:index")
    assert 'class="unread"' in read(of_aline, index)
    read(of_boris, thread.get_absolute_url())
    # Kept by now: reading it again is noted all the same.
    read(of_aline, thread.get_absolute_url())
    assert 'class="unread"' not in read(of_aline, index)
    assert 'class="unread"' not in read(of_boris, index)
    make_post(thread, thread.author)
    assert 'class="unread"' in read(of_aline, index)
    assert 'class="unread"' in read(of_boris, index)


def test_the_actions_on_a_message_are_its_author_s_own(client, client_for, make_user):
    (aline, of_aline), (_boris, of_boris) = members(
        client_for, make_user, "Aline", "Boris"
    )
    thread = make_thread(author=aline)
    answer = make_post(thread, make_user(None, roles.MEMBERS))
    url = thread.get_absolute_url()
    first = thread.posts.get(is_first=True)
    edit = reverse("forums:edit", args=[first.pk])
    accept = reverse("forums:accept", args=[answer.pk])
    for _again in range(2):
        html = read(of_aline, url)
        assert edit in html
        assert accept in html
        html = read(of_boris, url)
        assert edit not in html
        assert accept not in html
        assert reverse("forums:report", args=[first.pk]) in html
        html = read(client, url)
        assert edit not in html
        assert reverse("forums:answer", args=[thread.pk]) not in html


def test_a_hidden_message_is_shown_to_its_author_only(client, client_for, make_user):
    (aline, of_aline), (_boris, of_boris) = members(
        client_for, make_user, "Aline", "Boris"
    )
    thread = make_thread(author=make_user(None, roles.MEMBERS))
    post = make_post(thread, aline, body="Un mot de trop.")
    url = thread.get_absolute_url()
    assert "Un mot de trop" in read(of_boris, url)
    hide_post(post=post, actor=None, reason="x")
    for _again in range(2):
        html = read(of_aline, url)
        assert "Un mot de trop" in html
        assert reverse("forums:contest", args=[post.pk]) in html
        assert "Un mot de trop" not in read(of_boris, url)
        assert "Un mot de trop" not in read(client, url)


def test_who_facilitates_one_space_moderates_it_and_nobody_else_does(
    client_for, make_user
):
    (aline, of_aline), (_boris, of_boris) = members(
        client_for, make_user, "Aline", "Boris"
    )
    thread = make_thread(author=make_user(None, roles.MEMBERS))
    first = thread.posts.get(is_first=True)
    hide = reverse("forums:hide", args=[first.pk])
    url = thread.get_absolute_url()
    assert hide not in read(of_aline, url)
    thread.forum.facilitators.add(aline)
    for _again in range(2):
        assert hide in read(of_aline, url)
        assert reverse("forums:lock", args=[thread.pk]) in read(of_aline, url)
        assert hide not in read(of_boris, url)
        assert reverse("forums:lock", args=[thread.pk]) not in read(of_boris, url)
        assert reverse("forums:reports") in read(of_aline, reverse("forums:index"))
        assert reverse("forums:reports") not in read(of_boris, reverse("forums:index"))
    thread.forum.facilitators.clear()
    assert hide not in read(of_aline, url)


def test_a_private_space_stays_private_and_closes_at_once(
    client, client_for, make_user
):
    (aline, of_aline), (_boris, of_boris) = members(
        client_for, make_user, "Aline", "Boris"
    )
    forum = make_forum(ForumVisibility.GROUP)
    aline.groups.add(forum.group)
    thread = make_thread(forum, aline, title="Entre nous")
    index = reverse("forums:index")
    for _again in range(2):
        assert "Entre nous" in read(of_aline, index)
        read(of_aline, thread.get_absolute_url())
        assert "Entre nous" not in read(of_boris, index)
        assert "Entre nous" not in read(client, index)
        assert of_boris.get(thread.get_absolute_url()).status_code == 404
        assert of_boris.get(forum.get_absolute_url()).status_code == 404
    aline.groups.remove(forum.group)
    assert "Entre nous" not in read(of_aline, index)
    assert of_aline.get(thread.get_absolute_url()).status_code == 404


def test_my_space_shows_each_their_own(client_for, make_user, home_page):
    (aline, of_aline), (_boris, of_boris) = members(
        client_for, make_user, "Aline", "Boris"
    )
    day = make_event("La journée d’Aline")
    services.register(event=day, user=aline, mode="on_site")
    make_thread(author=aline, title="La question d’Aline")
    url = reverse("dashboard")
    for _again in range(2):
        html = read(of_aline, url)
        assert "La question d’Aline" in html
        html = read(of_boris, url)
        assert "La question d’Aline" not in html
        assert "Aline</h1>" not in html


def test_what_waits_is_kept_for_those_who_run_the_network_only(
    client_for, make_user, facilitator_client, member_client, pending
):
    url = reverse("pending_list")
    name = pending.get_full_name() or pending.email
    for _again in range(2):
        assert name in read(facilitator_client, url)
        assert member_client.get(url).status_code == 403


def test_a_piece_is_kept_by_rights_and_version_and_not_in_previews(rf, member, pending):
    calls = []

    def piece(user, **marks):
        request = rf.get("/")
        request.user = user
        for name, value in marks.items():
            setattr(request, name, value)
        return shared_piece(request, "piece", lambda: calls.append(1) or len(calls))

    assert piece(member) == piece(member) == 1
    assert piece(AnonymousUser()) == 2
    assert piece(pending) == 3
    assert piece(member, is_dummy=True) == 4
    assert piece(member, method="POST") == 5
    assert piece(member) == 1
    emit("object.changed", model="members.organization", pk=1)
    assert piece(member) == 6
