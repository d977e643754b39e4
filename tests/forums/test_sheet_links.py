"""A name in the discussions links to a sheet that its reader may open, or to nothing."""

import pytest
from django.contrib.auth.models import Group

from forums.enums import ForumVisibility
from forums.models import Forum
from forums.services import add_post, open_thread
from network_site.core.outbox import drain
from network_site.members import roles
from network_site.members.enums import FieldVisibility
from network_site.members.services import update_profile

pytestmark = pytest.mark.django_db

PEERS = "Pairs du Sud"


@pytest.fixture
def writer(make_user):
    return make_user(
        "ecrit@exemple.fr",
        roles.MEMBERS,
        PEERS,
        status="approved",
        first_name="Samira",
        last_name="Benali",
    )


@pytest.fixture
def reader(make_user):
    return make_user("lit@exemple.fr", roles.MEMBERS, PEERS, status="approved")


def show_to(user, audience):
    update_profile(
        profile=user.profile,
        first_name=user.first_name,
        last_name=user.last_name,
        sheet_visibility=audience,
    )
    drain()


@pytest.mark.parametrize(
    ("space", "audience", "links"),
    [
        (ForumVisibility.MEMBERS, FieldVisibility.EVERYONE, True),
        (ForumVisibility.MEMBERS, FieldVisibility.MEMBERS, True),
        (ForumVisibility.MEMBERS, FieldVisibility.SPACES, False),
        (ForumVisibility.MEMBERS, FieldVisibility.NOBODY, False),
        (ForumVisibility.GROUP, FieldVisibility.MEMBERS, True),
        (ForumVisibility.GROUP, FieldVisibility.SPACES, True),
        (ForumVisibility.GROUP, FieldVisibility.NOBODY, False),
    ],
)
def test_author_and_mention_link_where_the_sheet_opens(
    client_for, writer, reader, space, audience, links
):
    group = Group.objects.get(name=PEERS) if space == ForumVisibility.GROUP else None
    forum = Forum.objects.create(name="F", slug="f", visibility=space, group=group)
    thread = open_thread(forum=forum, author=writer, title="Question", body="Bonjour")
    add_post(thread=thread, author=reader, body="Merci @Samira Benali pour ceci.")
    show_to(writer, audience)

    client = client_for(reader)
    page = client.get(thread.get_absolute_url()).content.decode()
    url = writer.profile.get_absolute_url()
    assert page.count(f'href="{url}"') == (2 if links else 0)
    if links:
        assert client.get(url).status_code == 200

    # Opened again, both names link again.
    show_to(writer, FieldVisibility.MEMBERS)
    page = client.get(thread.get_absolute_url()).content.decode()
    assert page.count(f'href="{url}"') == 2


def test_whoever_left_the_space_is_named_there_without_a_link(
    client_for, writer, reader
):
    group = Group.objects.get(name=PEERS)
    forum = Forum.objects.create(
        name="F", slug="f", visibility=ForumVisibility.GROUP, group=group
    )
    thread = open_thread(forum=forum, author=writer, title="Question", body="Bonjour")
    show_to(writer, FieldVisibility.SPACES)
    group.user_set.remove(writer)
    client = client_for(reader)
    url = writer.profile.get_absolute_url()
    assert client.get(url).status_code == 404
    page = client.get(thread.get_absolute_url()).content.decode()
    assert "Samira Benali" in page
    assert url not in page
