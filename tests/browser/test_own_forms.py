"""Forms that stand on kept pages, and those a mail leads to: what a browser really sends."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from events import services
from events.models import Registration
from network_site.core.outbox import drain
from network_site.mailing.queue import deliver_due
from tests.access.world import build_world
from tests.events.factories import make_event

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("script", [True, False])
def test_the_text_grows_for_a_visitor_and_for_a_member(open_context, make_user, script):
    world = build_world(make_user)
    for user in (None, world.users["member"]):
        page = open_context(user, width=1280, java_script_enabled=script)
        page.goto("/annuaire/")
        page.get_by_role("button", name="Agrandir le texte").first.click()
        expect(page).to_have_url(re.compile("/annuaire/$"))
        expect(page.locator("html")).to_have_attribute("data-size", "l")
        page.get_by_role("button", name="Taille normale").first.click()
        expect(page.locator("html")).not_to_have_attribute("data-size", "l")


def test_a_seat_is_given_back_from_the_mail_by_a_visitor(open_context, make_user):
    world = build_world(make_user)
    member = world.users["member"]
    drain()
    mail.outbox.clear()
    place = services.register(event=make_event(), user=member)
    drain()
    page = open_context(width=390)
    deliver_due()
    (letter,) = [one for one in mail.outbox if "/desinscription/" in one.body]
    page.goto(re.search(r"https?://\S+/desinscription/\S+/", letter.body)[0])
    page.get_by_role("button", name="Annuler mon inscription").click()
    expect(page.locator("h1")).to_have_text("Votre inscription est annulée")
    assert not Registration.objects.get(pk=place.pk).is_active
