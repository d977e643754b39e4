"""The newsletter in the mail box obeys the one rule, for each role and for nobody's account."""

import re

import pytest
from django.core import mail

from network_site.core.outbox import drain
from network_site.mailing.models import OutgoingMail
from network_site.mailing.queue import deliver_due
from network_site.newsletters.enums import Audience
from network_site.newsletters.models import Dispatch
from network_site.newsletters.services import plan_dispatch
from tests.access.world import AUDIENCES, ROLES, WORDS
from tests.newsletters.factories import make_subscription

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]

# Members only have a mail of the newsletter; a visitor is somebody subscribed without an account.
RECEIVING = set(ROLES) - {"pending"}


@pytest.fixture
def world(shared_world, db):
    world = shared_world
    # What happened before the newsletter is not what is read here.
    drain()
    OutgoingMail.objects.all().delete()
    mail.outbox.clear()
    Dispatch.objects.all().delete()
    make_subscription("visitor@exemple.fr")
    return world


def send(world, issue):
    plan_dispatch(
        issue=issue,
        revision_id=issue.get_latest_revision().pk,
        audience=Audience.ALL,
        by=world.users["facilitator"],
    )
    drain()
    deliver_due()
    addresses = {
        user.email: role for role, user in world.users.items() if role != "visitor"
    } | {"visitor@exemple.fr": "visitor"}
    found = {}
    for message in mail.outbox:
        words = message.subject + message.body + message.alternatives[0].content
        # The world has a few more people, who are no role's.
        if message.to[0] in addresses:
            found[addresses[message.to[0]]] = words.lower()
    mail.outbox.clear()
    return found


def test_a_letter_names_nothing_that_its_reader_may_not_open(world):
    letters = send(world, world["letter"])
    assert set(letters) == RECEIVING
    for role, words in letters.items():
        for audience, readers in AUDIENCES.items():
            seen = set(re.findall(rf"{WORDS[audience]}(\w+)", words))
            if role in readers:
                expected = {"texte", "pratique", "journee", "fil", "rubrique", "phrase"}
                assert expected <= seen, role
            else:
                assert not seen, role


@pytest.mark.parametrize("audience", AUDIENCES)
def test_an_issue_kept_for_some_goes_to_them_only(world, audience):
    assert set(send(world, world[f"issue_{audience}"])) == (
        AUDIENCES[audience] & RECEIVING
    )
