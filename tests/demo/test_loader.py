"""The founding content loads once, through the services, and goes away whole."""

import io
import zipfile

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from events.models import EventPage, Registration
from forums.models import Forum, Post, Report, Thread
from good_practices.models import GoodPracticePage, MeasurePage
from library.models import RecordPage
from network_site.core.outbox import drain
from network_site.demo import loader
from network_site.demo.content.people import PASSWORD, PEOPLE, PRIVATE_GROUP
from network_site.demo.content.practices import PRACTICES
from network_site.demo.files import odt_file
from network_site.demo.models import DemoObject
from network_site.mailing.models import OutgoingMail
from network_site.members.enums import MembershipStatus
from network_site.members.models import Organization, Profile
from network_site.notifications.bell import unread_count
from network_site.notifications.models import (
    Follow,
    Item,
    MailSettings,
)
from network_site.taxonomies.models import Theme

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def rows_by_table():
    """How many rows each of the content's tables holds."""
    models = (
        Page,
        Theme,
        Organization,
        Profile,
        get_user_model(),
        Forum,
        Thread,
        Post,
        Report,
        Registration,
        DemoObject,
        Item,
        Follow,
        MailSettings,
    )
    return {model._meta.label: model.objects.count() for model in models}


@pytest.mark.timeout(300)
def test_the_content_loads_once_and_is_removed_whole():
    # One test, since loading takes seconds: each stage is said below.
    from network_site.home.services import ensure_site

    ensure_site()
    empty = rows_by_table()

    assert loader.load() is True
    _the_spaces_are_filled()
    _people_can_log_in_and_two_wait()
    _the_days_are_what_they_say()
    _the_private_space_is_private()
    _no_mail_waits()
    loaded = rows_by_table()

    assert loader.load() is False
    assert rows_by_table() == loaded

    _removed, kept = loader.remove()
    assert kept == []
    assert rows_by_table() == empty
    assert loader.is_loaded() is False
    assert not any(Page.find_problems())


def _the_spaces_are_filled():
    assert RecordPage.objects.live().count() >= 15
    assert MeasurePage.objects.live().count() == 20
    practices = GoodPracticePage.objects.live()
    assert practices.count() == len(PRACTICES)
    assert practices.filter(measure__isnull=False).count() >= 24
    law = RecordPage.objects.get(slug="loi-2007-297-prevention-delinquance")
    assert law.reference == "2007-297"
    assert "2007-2097" in law.body
    convention = RecordPage.objects.get(slug="convention-tig-chateauroux")
    assert convention.date_precision == "month"
    acse = Organization.objects.get(slug="acse")
    assert [str(line.amount) for line in acse.budget_lines.all()] == [
        "383.2",
        "34.7",
        "13.0",
        "9.0",
    ]
    assert acse.partnerships.count() == 6
    chateauroux = GoodPracticePage.objects.get(
        slug="chateauroux-travail-interet-general"
    )
    assert chateauroux.lessons_learned == ""
    assert chateauroux.source_citation
    assert ReferenceIndex.get_references_for_object(chateauroux).exists()
    draft = GoodPracticePage.objects.get(live=False)
    assert draft.current_workflow_state is not None


def _people_can_log_in_and_two_wait():
    users = get_user_model().objects
    assert Profile.objects.filter(status=MembershipStatus.PENDING).count() == 2
    assert not Profile.objects.filter(is_fictitious=False).exists()
    out = io.StringIO()
    call_command("demo_accounts", stdout=out)
    for person in PEOPLE:
        user = users.get(email=person["email"])
        # One hash for all of them: checked once.
        assert user.password == users.get(email="membre@reseau.example").password
        assert user.emailaddress_set.get().verified
        assert person["email"] in out.getvalue()
    assert user.check_password(PASSWORD)
    assert users.filter(is_superuser=True).count() == 1


def _the_days_are_what_they_say():
    now = timezone.now()
    past = EventPage.objects.get(ends_at__lt=now)
    assert past.outcome
    soon, later = EventPage.objects.filter(starts_at__gt=now).order_by("starts_at")
    assert soon.capacity - soon.registrations.count() == 3
    assert later.starts_at.weekday() < 5
    assert not Registration.objects.exclude(status="confirmed").exists()


def _the_private_space_is_private():
    member = get_user_model().objects.get(email="membre@reseau.example")
    insider = get_user_model().objects.get(email="groupe@reseau.example")
    private = Forum.objects.get(group__name=PRIVATE_GROUP)
    assert private not in Forum.objects.visible_to(member)
    assert private in Forum.objects.visible_to(insider)
    assert Report.objects.filter(handled_at=None).count() == 1
    unanswered = Thread.objects.filter(kind="question", answer_count=0)
    assert unanswered.exists()
    assert Thread.objects.filter(about__isnull=False).count() >= 5


def _no_mail_waits():
    """What is left to do fills summaries to come and the index, and writes to nobody."""
    drain()
    assert mail.outbox == []
    assert not OutgoingMail.objects.exists()
    member = get_user_model().objects.get(email="membre@reseau.example")
    assert 5 < unread_count(member) < 20
    assert member.digest_schedules.exists()


def test_the_command_lists_nothing_before_loading():
    out = io.StringIO()

    call_command("demo_accounts", stdout=out)

    assert out.getvalue() == ""


def test_a_small_file_is_a_document_that_can_be_opened():
    content = odt_file(
        title="Essai & titre", markdown="# Un\n\n- deux\n- trois\n\nFin."
    )

    with zipfile.ZipFile(content) as archive:
        assert archive.namelist()[0] == "mimetype"
        words = archive.read("content.xml").decode()
    assert "Essai &amp; titre" in words
    assert words.count("<text:list-item>") == 2
