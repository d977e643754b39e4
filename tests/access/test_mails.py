"""Mails, summaries and the notification centre obey the one rule, for each role.

Everybody follows everything there is, then everything is announced. Each object carries a
word of its own; a word that the role may not read must not reach their mail box or their
centre, and no number may count what it stands for.
"""

import re
from collections import defaultdict
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from forums.services import hide_post
from network_site.core.outbox import drain
from network_site.mailing.enums import MailStatus
from network_site.mailing.models import OutgoingMail
from network_site.mailing.queue import deliver_due
from network_site.notifications import bell, items
from network_site.notifications.digest import queue_due_digests
from network_site.notifications.enums import Rhythm
from network_site.notifications.models import (
    Delivery,
    DigestSchedule,
    Follow,
    Item,
    MailSettings,
)
from network_site.registries.enums import Level
from tests.access.world import AUDIENCES, ROLES, WORDS, restrict

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]

READERS = [role for role in ROLES if role != "visitor"]
SPACES = ("library", "practices", "events", "forums")


def targets(world):
    """Everything that can be followed in the world, as (kind, pk)."""
    found = [("space", code) for code in SPACES]
    found += [
        ("theme", world["theme"].pk),
        ("territory", world["territory"].pk),
        ("organization", world["organization"].pk),
    ]
    for audience in AUDIENCES:
        found += [
            ("page", world[f"{kind}_{audience}"].pk)
            for kind in ("record", "practice", "event")
        ]
        found.append(("forum", world[f"forum_{audience}"].pk))
        found.append(("thread", world[f"thread_{audience}"].pk))
    return found


def follow_everything(world, *, level, rhythm):
    """Each person asks for everything, also for what they may not read."""
    Follow.objects.all().delete()
    MailSettings.objects.all().delete()
    for role in READERS:
        user = world.users[role]
        MailSettings.objects.create(user=user, rhythm=rhythm)
        Follow.objects.bulk_create(
            Follow(user=user, kind=kind, target=str(pk), level=level)
            for kind, pk in targets(world)
        )


def leave_all(now=None):
    """Let every mail that waits leave."""
    while deliver_due(limit=200, claimed_by="test", now=now):
        pass
    assert not OutgoingMail.objects.exclude(
        status__in=[MailStatus.SENT, MailStatus.DROPPED]
    ).exists(), list(OutgoingMail.objects.values_list("key", "status", "error"))


def texts_by_address():
    """{address: all the words of their mails, headers included}."""
    found = defaultdict(str)
    for message in mail.outbox:
        assert len(message.to) == 1
        parts = [message.subject, message.body, str(message.extra_headers)]
        parts += [part.content for part in message.alternatives]
        found[message.to[0]] += "\n".join(parts).lower()
    return found


def leaks(texts, world):
    """(what reached a role that may not read it, {audience: roles that read a word of it})."""
    wrong, shown = [], defaultdict(set)
    for role in READERS:
        text = texts.get(world.users[role].email, "")
        for audience, readers in AUDIENCES.items():
            for found in sorted(set(re.findall(WORDS[audience] + r"\w*", text))):
                shown[audience].add(role)
                if role not in readers:
                    wrong.append(f"{role} reads {found}")
    return wrong, shown


@pytest.fixture
def world(shared_world, db):
    world = shared_world
    Item.objects.all().delete()
    return world


def test_mails_of_their_own_reach_only_who_may_read(world):
    follow_everything(world, level=Level.ALL, rhythm=Rhythm.AT_ONCE)
    drain()
    leave_all()
    wrong, shown = leaks(texts_by_address(), world)
    assert not wrong
    # The author of everything is told of the pages, not of their own words.
    assert shown["private"] == {"private_member"}
    assert shown["members"] >= {"member", "contributor", "editor", "facilitator"}
    assert "pending" in shown["public"]


def test_summaries_reach_only_who_may_read_and_count_nothing_else(world):
    follow_everything(world, level=Level.SUMMARY, rhythm=Rhythm.DAILY)
    drain()
    mail.outbox.clear()
    tomorrow = timezone.now() + timedelta(days=1)
    due = set(DigestSchedule.objects.values_list("user_id", flat=True))
    assert {world.users[role].pk for role in READERS} <= due
    queue_due_digests(now=tomorrow)
    leave_all(now=tomorrow)
    wrong, shown = leaks(texts_by_address(), world)
    assert not wrong
    assert shown["private"] == {"private_member"}
    assert "member" in shown["members"]
    assert "pending" in shown["public"]
    for role in READERS:
        user = world.users[role]
        told = Delivery.objects.filter(user=user).select_related("item")
        # A row that one may not read would show in every total.
        assert len(items.entries_of(user, told)) == len(told), role


def test_what_is_closed_after_it_was_noted_is_told_to_nobody_else(world):
    follow_everything(world, level=Level.SUMMARY, rhythm=Rhythm.DAILY)
    drain()
    mail.outbox.clear()
    for kind in ("record", "practice", "event"):
        restrict(world[f"{kind}_public"], "private")
    post = world["thread_public"].posts.get(is_first=True)
    hide_post(post=post, actor=world.users["facilitator"], reason="À revoir")
    drain()
    mail.outbox.clear()
    tomorrow = timezone.now() + timedelta(days=1)
    queue_due_digests(now=tomorrow)
    leave_all(now=tomorrow)
    texts = texts_by_address()
    for role in set(READERS) - {"private_member"}:
        assert WORDS["public"] not in texts.get(world.users[role].email, ""), role
        assert bell.unread_count(world.users[role]) == (
            0 if role == "pending" else len(_entries(world, role))
        )
    assert WORDS["public"] in texts[world.users["private_member"].email]


def test_the_journal_of_mails_names_nothing_that_a_facilitator_may_not_read(
    world, client_for
):
    follow_everything(world, level=Level.ALL, rhythm=Rhythm.AT_ONCE)
    drain()
    leave_all()
    told = OutgoingMail.objects.filter(subject__icontains=WORDS["private"])
    assert told
    journal = reverse("wagtailadmin_home") + "mails/"
    addresses = [journal, f"{journal}?p=2", f"{journal}?q={WORDS['private']}"]
    addresses += [f"{journal}inspect/{mail.pk}/" for mail in told]
    client = client_for(world.users["facilitator"])
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        page = response.content.decode().lower()
        # The words searched for stand in the search box.
        shown = page.replace(f'value="{WORDS["private"]}"', "")
        assert WORDS["private"] not in shown.replace(f"q={WORDS['private']}", "")
    assert told[0].address not in client.get(addresses[2]).content.decode()


def _entries(world, role):
    user = world.users[role]
    unread = Delivery.objects.filter(user=user, read_at=None).select_related("item")
    return items.entries_of(user, unread)


def test_the_centre_shows_and_counts_only_what_its_reader_may_open(world, client_for):
    follow_everything(world, level=Level.SUMMARY, rhythm=Rhythm.NONE)
    drain()
    shown = defaultdict(set)
    for role in READERS:
        client = client_for(world.users[role])
        pages = [client.get(reverse("notifications:centre"))]
        for audience in AUDIENCES:
            # The badge of the head stands on other pages too.
            pages.append(client.get(world[f"thread_{audience}"].get_absolute_url()))
        text = pages[0].content.decode().lower()
        for audience, readers in AUDIENCES.items():
            if WORDS[audience] in text:
                shown[audience].add(role)
                assert role in readers
    assert shown["private"] == {"private_member"}
    assert shown["members"] >= {"member", "contributor", "editor", "facilitator"}
    assert "pending" in shown["public"]
    client = client_for(world.users["member"])
    assert client.get(reverse("notifications:centre")).status_code == 200
    private = Item.objects.get(
        name="library.record", object_id=world["record_private"].pk
    )
    stolen = Delivery.objects.create(user=world.users["member"], item=private)
    before = bell.unread_count(world.users["member"])
    body = client.get(reverse("notifications:centre")).content.decode()
    assert WORDS["private"] not in body
    opened = client.get(reverse("notifications:open", args=[stolen.pk]))
    assert opened.status_code == 404
    stolen.delete()
    assert bell.unread_count(world.users["member"]) == before
