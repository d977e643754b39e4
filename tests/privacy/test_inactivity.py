"""Two notices, then the erasure, whatever the clock, the mail server and the worker do."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone

from network_site.core.outbox import drain
from network_site.mailing.models import AddressHealth
from network_site.members.enums import MembershipStatus
from network_site.privacy import services
from network_site.privacy.clock import months_before
from network_site.privacy.models import Departure, InactivityNotice
from network_site.privacy.services import inactivity

START = datetime(2030, 3, 31, 9, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves: clock.now."""

    class Clock:
        now = START

        def passes(self, **lapse):
            self.now += timedelta(**lapse)

    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def absent(make_user, clock):
    """Somebody last seen two years and a day before the clock begins."""
    user = make_user("absente@exemple.fr", status=MembershipStatus.APPROVED)
    seen = months_before(START, 24) - timedelta(days=1)
    user.date_joined = user.last_login = seen
    user.save()
    return user


def _night(is_killed=False):
    """A night's jobs; killed, what they wrote is not yet carried out."""
    inactivity.run()
    services.call_due()
    if not is_killed:
        drain()
        drain()


def _notices():
    return [one for one in mail.outbox if "absente@exemple.fr" in one.to]


def test_somebody_absent_has_two_notices_a_month_apart_and_is_then_erased(
    absent, clock
):
    sent = []
    for _turn in range(30):
        _night()
        sent.append((clock.now, len(mail.outbox)))
        clock.passes(days=3)
        if get_user_model().objects.get(pk=absent.pk).left_at:
            break
    absent.refresh_from_db()
    assert absent.former_as.startswith("Ancien membre")
    assert absent.email.endswith(".invalid")
    first = next(day for day, count in sent if count == 1)
    second = next(day for day, count in sent if count == 2)
    gone = sent[-1][0]
    assert second - first == timedelta(days=30)
    assert gone - second == timedelta(days=30)
    # Two notices and the receipt.
    assert len(_notices()) == 3


@pytest.mark.parametrize("seed", range(2))
def test_jobs_late_killed_or_run_twice_send_two_notices_and_erase_after_both(
    absent, clock, seed
):
    dice = random.Random(seed)
    for _night_number in range(40):
        for _time in range(dice.choice([0, 1, 1, 2])):
            _night(is_killed=dice.random() < 0.4)
        clock.passes(days=dice.choice([1, 2, 5, 12]))
        user = get_user_model().objects.get(pk=absent.pk)
        if user.left_at:
            break
        assert len(_notices()) <= 2
    _night()
    user.refresh_from_db()
    assert user.left_at
    notices = [one for one in _notices() if "reçu" not in one.subject]
    assert len(notices) == 2
    departure = Departure.objects.get()
    assert departure.begun_at >= START + timedelta(days=60)


@pytest.mark.parametrize("way", ["login", "link"])
def test_whoever_comes_back_between_the_notices_begins_anew(absent, clock, client, way):
    _night()
    clock.passes(days=10)
    if way == "login":
        get_user_model().objects.filter(pk=absent.pk).update(last_login=clock.now)
    else:
        link = f"/mes-donnees/rester/{services.stay_token(absent)}/"
        assert client.get(link).status_code == 200
        assert InactivityNotice.objects.count() == 1, "opening changes nothing"
        assert "gardé" in client.post(link).text
    for _month in range(5):
        clock.passes(days=30)
        _night()
    absent.refresh_from_db()
    assert absent.left_at is None
    assert len(_notices()) == 1
    assert not InactivityNotice.objects.exists()


def test_whoever_comes_back_on_the_last_day_is_not_erased(absent, clock):
    for _month in range(2):
        _night()
        clock.passes(days=30)
    inactivity.run()
    services.call_due()
    get_user_model().objects.filter(pk=absent.pk).update(last_login=clock.now)
    drain()
    drain()
    absent.refresh_from_db()
    assert absent.left_at is None
    assert Departure.objects.get().cancelled_at


def test_an_address_that_refuses_and_an_administrator_are_left_to_people(
    absent, clock, administrator, make_user, client_for
):
    other = make_user("ancienne-administration@exemple.fr", is_superuser=True)
    seen = absent.last_login
    get_user_model().objects.filter(pk=other.pk).update(
        last_login=seen, date_joined=seen
    )
    AddressHealth.objects.create(address=absent.email, suspended_at=clock.now)
    for _month in range(5):
        _night()
        clock.passes(days=30)
    assert not Departure.objects.exists()
    assert mail.outbox == []
    page = client_for(administrator).get("/admin/donnees-personnelles/").text
    assert str(absent) in page
    assert str(other) in page


@pytest.mark.parametrize(
    ("moment", "expected"),
    [((2032, 2, 29), (2030, 2, 28)), ((2030, 3, 31), (2028, 3, 31))],
)
def test_months_are_those_of_the_calendar(moment, expected):
    found = months_before(datetime(*moment, 9, tzinfo=UTC), 24)
    assert (found.year, found.month, found.day) == expected
