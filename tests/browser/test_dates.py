"""Dates typed at the keyboard of the back office stay as typed, and are read as French ones."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from events.models import EventIndexPage, EventPage
from events.services import create_event
from library.models import LibraryIndexPage, RegulatoryTextPage
from network_site.home.services import ensure_site
from network_site.newsletters.models import Dispatch, NewsletterIndexPage
from network_site.newsletters.services import create_issue

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.django_db(transaction=True),
]

PARIS = {"timezone_id": "Europe/Paris"}


def type_and_leave(page, name, text):
    """Type in an empty or filled field, and leave it by the keyboard."""
    field = page.locator(f"[name={name}]")
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    # Wagtail's picker answers after a tenth of a second.
    page.wait_for_timeout(250)
    assert field.input_value() == text


def test_a_field_left_at_once_leaves_no_picker_behind(open_context, administrator):
    ensure_site()
    parent = LibraryIndexPage.objects.get()
    page = open_context(administrator, **PARIS)
    page.goto(f"/admin/pages/add/library/regulatorytextpage/{parent.pk}/")
    pickers = page.locator(".xdsoft_datetimepicker:visible")
    page.locator("[name=document_date]").focus()
    expect(pickers).to_have_count(1)
    page.evaluate("document.activeElement.blur()")
    expect(pickers).to_have_count(0)
    page.evaluate(
        "(f => { f.focus(); f.blur(); })(document.getElementsByName('document_date')[0])"
    )
    page.wait_for_timeout(400)
    expect(pickers).to_have_count(0)


def test_the_date_of_a_record_is_the_one_that_was_typed(open_context, administrator):
    ensure_site()
    parent = LibraryIndexPage.objects.get()
    page = open_context(administrator, **PARIS)
    page.goto(f"/admin/pages/add/library/regulatorytextpage/{parent.pk}/")
    page.locator("[name=title]").fill("Circulaire d’essai")
    page.locator("[name=text_type]").select_option("law")
    type_and_leave(page, "document_date", "31/02/2018")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("Le 31/02/2018 n’existe pas")).to_be_visible()
    expect(page.locator("[name=document_date]")).to_have_value("31/02/2018")
    type_and_leave(page, "document_date", "3 mars 2018")
    type_and_leave(page, "published_on", "04.03.2018")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.locator("[name=document_date]")).to_have_value("03/03/2018")
    record = RegulatoryTextPage.objects.get().get_latest_revision_as_object()
    assert record.document_date == datetime.date(2018, 3, 3)
    assert record.published_on == datetime.date(2018, 3, 4)


def test_a_day_and_its_publication_are_planned_as_typed(open_context, administrator):
    ensure_site()
    starts = datetime.datetime(2030, 3, 5, 9, 0, tzinfo=datetime.UTC)
    event = create_event(
        parent=EventIndexPage.objects.get(),
        title="Journée d’essai",
        starts_at=starts,
        ends_at=starts + datetime.timedelta(hours=7),
    )
    page = open_context(administrator, **PARIS)
    page.goto(f"/admin/pages/{event.pk}/edit/")
    # Paris skips this hour: Wagtail's picker moved it to 03:30 without a word.
    type_and_leave(page, "starts_at", "31/03/2030 02:30")
    page.locator('[data-side-panel-toggle="status"]').first.click()
    page.get_by_role("button", name="Programmer").first.click()
    type_and_leave(page, "go_live_at", "15/12/2030 09:00")
    type_and_leave(page, "expire_at", "dans un an")
    page.get_by_role("button", name="Enregistrer la programmation").click()
    expect(page.get_by_text("02:30 n’existe pas")).to_be_visible()
    expect(page.locator("[name=starts_at]")).to_have_value("31/03/2030 02:30")
    expect(page.locator("[name=go_live_at]")).to_have_value("15/12/2030 09:00")
    expect(page.locator("[name=expire_at]")).to_have_value("dans un an")
    type_and_leave(page, "starts_at", "5 mars 2030 9 h 30")
    page.get_by_role("button", name="Modifier la programmation").first.click()
    expect(page.get_by_text("ne peuvent pas être lues")).to_be_visible()
    type_and_leave(page, "expire_at", "1er janvier 2031 à 18 h 30")
    page.get_by_role("button", name="Enregistrer la programmation").click()
    expect(page.locator("[name=starts_at]")).to_have_value("05/03/2030 09:30")
    draft = EventPage.objects.get().get_latest_revision_as_object()
    assert draft.go_live_at.isoformat() == "2030-12-15T09:00:00+01:00"
    assert draft.expire_at.isoformat() == "2031-01-01T18:30:00+01:00"


def test_a_letter_is_planned_in_french(open_context, administrator, member):
    ensure_site()
    issue = create_issue(
        slug="essai",
        title="Lettre d’essai",
        summary="Un essai.",
        intro="<p>Bonjour.</p>",
        body=[],
        by=administrator,
    )
    assert issue.get_parent().specific_class is NewsletterIndexPage
    page = open_context(administrator, **PARIS)
    # Three mails are drawn inside it, which the test does not wait for.
    page.goto(
        reverse("newsletters_admin:send", args=[issue.pk]),
        wait_until="domcontentloaded",
    )
    page.locator("[name=when][value=later]").check()
    type_and_leave(page, "starts_at", "1er février 2030 à 8 h")
    page.get_by_role("button", name="Vérifier avant d’envoyer").click()
    expect(page.get_by_text("vendredi 1er février 2030, 8 h")).to_be_visible()
    assert not Dispatch.objects.exists()
