"""What is said of the seats of a day: nothing is offered once nobody can take it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.cards import card_of
from events.models import EventPage
from tests.events.factories import make_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("starts", "lasts", "closes", "said"),
    [
        (timedelta(days=3), 6, None, "places"),
        (timedelta(days=3), 6, timedelta(days=-1), "Les inscriptions sont closes."),
        (timedelta(hours=-2), 6, None, "En cours."),
        (timedelta(hours=-9), 6, None, "Cette journée est terminée."),
    ],
)
def test_seats_are_offered_only_while_they_can_be_taken(
    client, home_page, starts, lasts, closes, said
):
    now = timezone.now()
    day = make_event(
        starts_at=now + starts,
        ends_at=now + starts + timedelta(hours=lasts),
        registration_closes_at=now + closes if closes else None,
        capacity=2,
    )
    html = client.get("/journees/").content.decode()
    page = client.get(day.url).content.decode()
    card = card_of(EventPage.objects.for_list().get(pk=day.pk))
    is_open = said == "places"
    for text in (html, page):
        assert ("places sur" in text or "2 places" in text) == is_open
    assert ("seats_left" in card) == is_open
