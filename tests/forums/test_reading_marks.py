"""Opening a page of a thread marks what it shows and nothing else, everywhere it is told."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forums.models import PostRead, ReadMark
from forums.services import accept_answer, mark_read
from network_site.core.outbox import drain
from network_site.notifications.models import Delivery, Follow
from network_site.registries.enums import Level
from tests.forums.factories import make_post, make_thread


@pytest.fixture
def start():
    return timezone.now() - timedelta(days=1)


@pytest.fixture
def long_thread(members_forum, author, member, start):
    """A question of the day before with 65 answers, three pages, which `member` follows."""
    member.date_joined = start - timedelta(days=9)
    member.save()
    thread = make_thread(members_forum, author, created_at=start)
    Follow.objects.create(
        user=member, kind="thread", target=str(thread.pk), level=Level.SUMMARY
    )
    for number in range(1, 66):
        at = start + timedelta(minutes=number)
        make_post(thread, author, body=f"Réponse n° {number}.", created_at=at)
    return thread


def unread_posts(user):
    return set(
        Delivery.objects.filter(user=user, read_at=None).values_list(
            "item__object_id", flat=True
        )
    )


def badge(client):
    found = re.search(
        r'class="bell-n">(\d+\+?)', client.get("/themes/").content.decode()
    )
    return found[1] if found else "0"


def link_of(client, thread):
    html = client.get(reverse("forums:index")).content.decode()
    row = re.search(rf'<a href="([^"]*)">{thread.title}</a>.*?</li>', html, re.DOTALL)
    return row[1], 'class="unread"' in row[0]


@pytest.mark.parametrize("kept", [0, 60])
def test_a_page_of_a_long_thread_reads_its_own_messages_alone(
    long_thread, member, member_client, settings, kept
):
    settings.READER_CACHE_SECONDS = kept
    drain()
    posts = list(long_thread.posts.order_by("pk").values_list("pk", flat=True))
    assert unread_posts(member) == set(posts)
    address = long_thread.get_absolute_url()
    assert link_of(member_client, long_thread) == (address, True)

    html = member_client.get(address).content.decode()
    assert unread_posts(member) == set(posts[31:])
    # The head of that very page counts what is left.
    assert 'class="bell-n">35<' in html
    assert badge(member_client) == "35"
    first_left = reverse("forums:post", args=[posts[31]])
    assert link_of(member_client, long_thread) == (first_left, True)
    assert member_client.get(first_left).url == (
        f"{address}?page=2#message-{posts[31]}"
    )

    member_client.get(address, {"page": 3})
    assert unread_posts(member) == set(posts[31:61])
    assert link_of(member_client, long_thread) == (first_left, True)
    centre = member_client.get(reverse("notifications:centre"), {"etat": "non-lues"})
    assert {
        row["entry"].delivery.item.object_id
        for day in centre.context["days"]
        for row in day["rows"]
    } == set(posts[31:61])

    member_client.get(address, {"page": 2})
    assert unread_posts(member) == set()
    assert badge(member_client) == "0"
    assert link_of(member_client, long_thread) == (address, False)
    # The mark has reached the end: nothing is remembered singly any more.
    assert not PostRead.objects.exists()
    assert ReadMark.objects.get().read_at == long_thread.last_post_at


def test_an_accepted_answer_read_above_the_others_is_read(
    long_thread, member, member_client, author
):
    answer = long_thread.posts.order_by("-pk").first()
    accept_answer(post=answer, actor=author)
    drain()
    member_client.get(long_thread.get_absolute_url())
    assert answer.pk not in unread_posts(member)
    assert link_of(member_client, long_thread)[1]


def test_messages_of_one_moment_on_two_pages_are_told_apart(
    members_forum, author, member, start
):
    member.date_joined = start - timedelta(days=9)
    member.save()
    thread = make_thread(members_forum, author, created_at=start)
    posts = [make_post(thread, author, created_at=start) for _number in range(4)]
    first = thread.posts.get(is_first=True)
    unread = type(thread).objects.unread_by(member)
    assert mark_read(thread=thread, user=member, posts=[first, *posts[:2]])
    assert thread in unread.all()
    assert mark_read(thread=thread, user=member, posts=posts[2:])
    assert thread not in unread.all()
    assert not mark_read(thread=thread, user=member, posts=posts)


def test_ones_own_words_are_never_new(members_forum, author, member):
    thread = make_thread(members_forum, author)
    first = thread.posts.get(is_first=True)
    mark_read(thread=thread, user=member, posts=[first])
    make_post(thread, member)
    assert thread not in type(thread).objects.unread_by(member)
    make_post(thread, author)
    assert thread in type(thread).objects.unread_by(member)


def test_who_opens_a_thread_at_its_end_is_led_to_its_middle(
    long_thread, member, member_client
):
    posts = list(long_thread.posts.order_by("pk").values_list("pk", flat=True))
    address = long_thread.get_absolute_url()
    member_client.get(address, {"page": 3})
    # The question was never opened: the thread is read from there.
    assert link_of(member_client, long_thread) == (address, True)
    member_client.get(address)
    link = reverse("forums:post", args=[posts[31]])
    assert link_of(member_client, long_thread) == (link, True)
