"""The editor's side of a day, and what other pages show of days."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events import services
from events.day_listing import next_day
from events.models import EventIndexPage, EventPage
from events.seats import seats_of
from tests.events.factories import make_event, make_index
from tests.search.factories import restrict

pytestmark = pytest.mark.django_db


def show(template, user, **context):
    return Template("{% load event_tags %}" + template).render(
        Context({"user": user, **context})
    )


def test_days_live_under_their_index_only():
    assert EventIndexPage.allowed_subpage_models() == [EventPage]
    assert EventPage.allowed_parent_page_models() == [EventIndexPage]
    assert EventPage.allowed_subpage_models() == []


def test_the_forms_of_the_back_office_open(admin_client):
    index = make_index()
    event = make_event()
    add = reverse("wagtailadmin_pages:add", args=["events", "eventpage", index.pk])
    assert admin_client.get(add).status_code == 200
    edit = reverse("wagtailadmin_pages:edit", args=[event.pk])
    html = admin_client.get(edit).content.decode()
    assert reverse("events:participants", args=[event.slug]) in html


def test_a_day_is_written_published_and_read_from_one_screen(admin_client, client):
    index = make_index()
    starts_at = timezone.localtime() + timedelta(days=9)
    empty = {
        name: inline_formset([])
        for name in (
            "theme_links",
            "territory_links",
            "target_group_links",
            "ground_links",
            "programme_links",
            "related_links",
        )
    }
    data = nested_form_data(
        {
            "title": "Écrite dans l’administration",
            "slug": "ecrite",
            "summary": "",
            "lang": "fr",
            "starts_at": f"{starts_at:%Y-%m-%d %H:%M}",
            "ends_at": f"{starts_at + timedelta(hours=6):%Y-%m-%d %H:%M}",
            "attendance_mode": "on_site",
            "capacity": "12",
            "registration_closes_at": "",
            "venue": "Salle des fêtes",
            "address": "",
            "remote_url": "",
            "organizer": "",
            "contact_email": "",
            "body": "",
            "outcome": "",
            "source_citation": "",
            "source_url": "",
            "search_description": "",
            "seo_title": "",
            "sessions": inline_formset(
                [{"starts": "09:30", "title": "Accueil", "description": ""}]
            ),
            "access_items": inline_formset([{"label": "Audition", "description": ""}]),
            **empty,
            "action-publish": "publish",
        }
    )
    add = reverse("wagtailadmin_pages:add", args=["events", "eventpage", index.pk])
    response = admin_client.post(add, data)
    assert response.status_code == 302, response.context["form"].errors
    event = EventPage.objects.get(slug="ecrite")
    html = client.get(event.url).content.decode()
    assert "Salle des fêtes" in html
    assert "Accueil" in html


def test_hours_that_cannot_be_are_refused():
    now = timezone.now()
    for wrong in (
        {"ends_at": now - timedelta(hours=1)},
        {"ends_at": now},
        {"registration_closes_at": now + timedelta(days=3)},
    ):
        with pytest.raises(ValidationError):
            make_event(starts_at=now, **wrong)


def test_a_draft_can_be_previewed(facilitator, rf):
    event = make_event()
    event.title = "Titre à relire"
    response = event.make_preview_request(
        original_request=None, preview_mode=event.default_preview_mode
    )
    assert response.status_code == 200
    assert "Titre à relire" in response.content.decode()


def test_the_next_day_is_one_the_reader_may_open_and_that_takes_place(
    member, facilitator
):
    hidden = make_event("Réservée", in_days=1)
    restrict(hidden, "Groupe de travail")
    called_off = make_event("Annulée", in_days=2)
    services.cancel_day(event=called_off, by=facilitator, reason="x")
    make_event("Plus tard", in_days=4)
    make_event("La bonne", in_days=3, capacity=4)
    day = next_day(member)
    assert (day.title, seats_of(day).left) == ("La bonne", 4)
    assert next_day(AnonymousUser()) == day


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [(1, "1re", "1st"), (2, "2e", "2nd"), (3, "3e", "3rd"), (11, "11e", "11th")],
)
def test_a_rank_is_said_as_people_say_it(number, french, english):
    from django.utils import translation

    words = "{{ n|ordinal }}"
    assert show(words, None, n=number) == french
    with translation.override("en"):
        assert show(words, None, n=number) == english


def test_a_day_is_searched_with_its_programme_and_dated_by_its_beginning():
    from datetime import time

    from network_site.registries.search import source_for

    event = make_event(
        sessions=[{"starts": time(9), "title": "Parrainage et mentorat"}],
        venue="Hôtel de région",
        remote_url="https://visio.example/secret",
    )
    source = source_for(EventPage)
    found = source.queryset().get(pk=event.pk)
    (part,) = source.parts(found)
    words = " ".join(filter(None, part.text))
    assert "Parrainage et mentorat" in words
    assert "Hôtel de région" in words
    assert "visio.example" not in words
    assert source.date(found) == event.starts_at
