from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from events import services
from events.models import EventState
from network_site.core.outbox import drain
from tests.events.factories import make_event, move_to_past

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    for line in response.content.split(b"\r\n"):
        assert len(line) <= 75
    return Calendar.from_ical(response.content)


def entry(client, event):
    (found,) = read(client, reverse("events:ics", args=[event.slug])).walk("VEVENT")
    return found


def test_the_file_of_a_day_says_when_and_where(client):
    event = make_event(
        "Comparer ; dire, « écrire »" + " très longuement" * 6,
        starts_at=datetime(2031, 6, 3, 9, 30, tzinfo=PARIS),
        venue="Hôtel de région",
        address="1, place de la Gare, Dijon",
    )
    calendar = read(client, reverse("events:ics", args=[event.slug]))
    assert calendar["method"] == "PUBLISH"
    found = entry(client, event)
    assert found["summary"] == event.title
    assert found.decoded("dtstart") == event.starts_at
    assert found["dtstart"].params["TZID"] == "Europe/Paris"
    assert found["location"] == "Hôtel de région, 1, place de la Gare, Dijon"
    assert found["status"] == "CONFIRMED"
    assert str(found["url"]).endswith(event.url)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Paris"


@pytest.mark.parametrize(
    ("day", "offset"), [((2031, 3, 29), 1), ((2031, 3, 30), 2), ((2031, 10, 26), 1)]
)
def test_the_zone_of_the_file_knows_summer_time(client, day, offset):
    event = make_event(starts_at=datetime(*day, 9, 0, tzinfo=PARIS))
    calendar = read(client, reverse("events:ics", args=[event.slug]))
    (zone,) = calendar.walk("VTIMEZONE")
    moment = datetime(*day, 9, 0, tzinfo=zone.to_tz())
    assert moment.utcoffset() == timedelta(hours=offset)
    assert moment.astimezone(PARIS) == event.starts_at


def test_moving_a_day_raises_its_version_and_keeps_its_identity(client):
    event = make_event(venue="Salle A")
    before = entry(client, event)
    event.title = "Un autre titre"
    event.save_revision().publish()
    drain()
    assert entry(client, event)["sequence"] == before["sequence"]
    event.venue = "Salle B"
    event.save_revision().publish()
    drain()
    after = entry(client, event)
    assert after["uid"] == before["uid"]
    assert after["sequence"] == before["sequence"] + 1


def test_the_zone_in_which_the_hours_were_said_is_no_change(client, member):
    event = make_event(starts_at=datetime(2031, 6, 3, 9, 30, tzinfo=PARIS))
    services.register(event=event, user=member)
    drain()
    assert EventState.objects.get(page=event).calendar_sequence == 0
    assert len(mail.outbox) == 1


def test_publishing_twice_the_same_hours_raises_nothing(client):
    event = make_event()
    for _time in range(2):
        event.save_revision().publish()
        drain()
    assert EventState.objects.get(page=event).calendar_sequence == 0


def test_a_draft_moves_nothing(client):
    event = make_event(venue="Salle A")
    event.venue = "Salle B"
    event.save_revision()
    drain()
    assert entry(client, event)["location"] == "Salle A"
    assert entry(client, event)["sequence"] == 0


def test_a_cancelled_day_is_cancelled_in_calendars_too(client, facilitator):
    event = make_event()
    services.cancel_day(event=event, by=facilitator, reason="Grève")
    found = entry(client, event)
    assert found["status"] == "CANCELLED"
    assert found["sequence"] == 1


def test_the_feed_holds_the_days_to_come_and_obeys_the_filters(client):
    make_event("À venir")
    make_event("À distance", attendance_mode="remote")
    move_to_past(make_event("Passée"))
    names = {
        str(found["summary"])
        for found in read(client, "/journees/calendrier.ics").walk("VEVENT")
    }
    assert names == {"À venir", "À distance"}
    (one,) = read(client, "/journees/calendrier.ics?mode=remote").walk("VEVENT")
    assert str(one["summary"]) == "À distance"
    assert read(client, "/journees/calendrier.ics?month=zz&theme=%00").walk("VEVENT")


def test_the_feed_has_no_line_that_changes_by_itself(client):
    make_event()
    first = client.get("/journees/calendrier.ics").content
    assert client.get("/journees/calendrier.ics").content == first
