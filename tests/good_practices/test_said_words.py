"""What is said of a practice: only what somebody did, and when."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from good_practices import services
from good_practices.models import GoodPracticePage, PracticeState
from network_site.core.outbox import drain
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from tests.good_practices.factories import make_practice, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(make_user):
    return make_user(
        "relecture@exemple.fr", roles.MEMBERS, roles.REVIEWERS, roles.FACILITATORS,
        status=MembershipStatus.APPROVED,
    )  # fmt: skip


@pytest.fixture
def draft(member):
    page, _created = services.create_draft(
        author=member, form_token=uuid.uuid4(), data={"title": "Un relais"}
    )
    return page


def words(client, page):
    html = client.get(GoodPracticePage.objects.get(pk=page.pk).url).content.decode()
    return html.partition('<div class="level">')[2].partition("</div>")[0]


def test_an_unread_draft_is_said_to_be_read_by_nobody(draft, member_client):
    html = member_client.get(f"/bonnes-pratiques/brouillons/{draft.pk}/").content
    html = html.decode()
    assert "avant publication" not in html
    assert "personne n’a encore examiné" in html
    assert 'class="stations' not in html
    assert draft.state.level == "testimony"


def test_what_was_read_before_publication_says_when_and_nothing_of_a_confirmation(
    draft, member, reviewer, client
):
    services.submit_practice(page=draft, by=member)
    services.approve_practice(page=draft, by=reviewer)
    said = words(client, draft)
    assert "Signalée par un membre du réseau." in said
    assert "Lue avant publication le" in said
    assert "Confirmée" not in said
    assert "menée" not in said
    state = PracticeState.objects.get(page=draft)
    assert (state.level, state.read_on) == ("described", timezone.localdate())


def test_an_examination_is_no_confirmation_and_a_confirmation_is_one(
    draft, member, reviewer, client
):
    services.submit_practice(page=draft, by=member)
    services.approve_practice(
        page=draft, by=reviewer, level="examined",
        examined_by="la direction", examined_on=timezone.localdate(),
    )  # fmt: skip
    said = words(client, draft)
    assert "par la direction" in said
    assert "Confirmée" not in said
    services.set_practice_level(
        page=draft, level="examined", confirmed_on=date(2026, 1, 5)
    )
    assert "Confirmée le 5 janvier 2026" in words(client, draft)
    # A new level is no new confirmation, and takes none away.
    services.set_practice_level(page=draft, level="described")
    assert PracticeState.objects.get(page=draft).confirmed_on == date(2026, 1, 5)


def test_what_was_approved_in_the_back_office_was_read_too(draft, member, reviewer):
    services.submit_practice(page=draft, by=member)
    GoodPracticePage.objects.get(pk=draft.pk).current_workflow_task_state.approve(
        user=reviewer
    )
    drain()
    assert PracticeState.objects.get(page=draft).read_on == timezone.localdate()


def test_nobody_reads_their_own_practice_before_its_publication(draft, member):
    assert not services.note_reading(page=draft, by=member, on=timezone.localdate())
    assert PracticeState.objects.get(page=draft).read_on is None


def test_a_sheet_that_editors_typed_does_not_speak_for_those_who_led_it(client):
    page = make_practice()
    said = words(client, page)
    assert "Saisie par la rédaction du site, sans source" in said
    assert "menée" not in said
    sourced = make_practice(source_citation="Rapport d’étape")
    assert "Signalée par sa source." in words(client, sourced)


def test_published_adaptations_raise_the_level_everywhere(client, home_page):
    page = make_practice("La première")
    for title in ("La deuxième", "La troisième"):
        make_practice(title, adapted_from=page)
    make_practice("Un brouillon", adapted_from=page, is_published=False)
    said = words(client, page)
    assert "Reprise ailleurs\u00a0: 2 adaptations en sont publiées." in said
    # Never examined: the station of the examination stays empty.
    assert said.count('<li class="on"') == 2
    catalogue = client.get("/bonnes-pratiques/", {"level": "proven"}).content.decode()
    assert "La première" in catalogue
    assert "La deuxième" not in catalogue
    card = catalogue.partition("La première")[2].partition("</li></ol>")[2]
    assert "Reprise ailleurs" in card.partition("</div>")[0]
    export = client.get("/bonnes-pratiques/export.csv").content.decode()
    assert export.count("Reprise ailleurs") == 1


def test_an_adaptation_that_is_kept_for_a_group_is_not_told_by_the_level(client):
    page = make_practice("La première")
    restrict(make_practice("La réservée", adapted_from=page))
    assert "Reprise" not in words(client, page).replace("Reprise ailleurs</li>", "")
    assert GoodPracticePage.objects.get(pk=page.pk).level == "testimony"


@pytest.mark.parametrize("name", ["examined_on", "confirmed_on"])
def test_nobody_has_examined_or_confirmed_anything_tomorrow(name):
    page = make_practice()
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError):
        services.set_practice_level(page=page, level="examined", **{name: tomorrow})
    with pytest.raises(ValidationError):
        PracticeState.objects.update_or_create(
            page=page, defaults={name: tomorrow.isoformat()}
        )


def test_a_year_in_words_stays_and_one_in_figures_is_the_year():
    page = make_practice(started="depuis la rentrée 2019")
    page.full_clean()
    assert page.started_year == 2019
    assert make_practice(started="le printemps").started_year is None
