"""The settings page: everything in one form, wrong dates told plainly, nothing lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from network_site.mailing.models import AddressHealth
from network_site.members import roles
from network_site.notifications import services
from network_site.notifications.enums import Rhythm
from network_site.notifications.models import (
    Follow,
    MailSettings,
)
from network_site.notifications.views.preferences import next_summary
from network_site.registries.enums import Level
from network_site.registries.notifications import Target
from network_site.taxonomies.models import Theme
from tests.access.world import build_world

pytestmark = pytest.mark.django_db
URL = "/notifications/reglages/"
# A Sunday, 10 h in Paris.
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def form_of(client):
    """What a browser would send of the page without touching anything."""
    form = client.get(URL).context["form"]
    data = {}
    for name in form.fields:
        value = form[name].value()
        if value is not None and value is not False:
            data[name] = "on" if value is True else value
    return data


def own(user):
    return MailSettings.objects.get(user=user)


def test_saving_without_touching_changes_nothing(member_client, member):
    services.ensure_settings(user=member)
    MailSettings.objects.filter(user=member).update(
        rhythm="monthly",
        hour=18,
        category_rhythms={"events": "at_once"},
        switched_off=["gone.name", "library.record"],
        wants_newsletter=False,
    )
    before = MailSettings.objects.filter(user=member).values().get()
    response = member_client.post(URL, form_of(member_client))
    assert response.status_code == 302
    assert MailSettings.objects.filter(user=member).values().get() == before


def test_everything_is_saved_at_once(member_client, member):
    first = timezone.localdate() + timedelta(days=3)
    data = form_of(member_client) | {
        "rhythm": "daily",
        "hour": "9",
        "rhythm_forums": "none",
        "paused_from": first.isoformat(),
        "paused_until": (first + timedelta(days=9)).strftime("%d/%m/%Y"),
        "language": "en",
    }
    data["wanted_library"] = [
        one for one in data["wanted_library"] if one != "library.record"
    ]
    del data["wants_newsletter"]
    response = member_client.post(URL, data, follow=True)
    assert "Vos réglages sont enregistrés. Votre prochain résumé part le" in (
        response.content.decode()
    )
    settings = own(member)
    member.refresh_from_db()
    assert (settings.rhythm, settings.hour) == ("daily", 9)
    assert settings.category_rhythms == {"forums": "none"}
    assert settings.switched_off == ["library.record"]
    assert (settings.paused_until - settings.paused_from).days == 9
    assert settings.wants_newsletter is False
    assert member.language == "en"
    assert member.digest_schedules.get().rhythm == Rhythm.DAILY


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (
            "2030-08-20",
            "2030-08-02",
            "La pause finirait (2 août 2030) avant de commencer (20 août 2030)",
        ),
        ("2030-08-20", "", "Dites jusqu’à quel jour"),
        ("", "2001-08-20", "Ce jour est passé"),
        ("2030-01-01", "2039-01-01", "Une pause dure un an au plus"),
        ("demain", "2030-08-20", "Cette date ne peut pas être lue"),
        ("30/02/2030", "20/08/2030", "Le 30/02/2030 n’existe pas"),
    ],
)
def test_wrong_dates_are_said_plainly_and_nothing_is_lost(
    member_client, member, first, last, words
):
    data = form_of(member_client) | {
        "rhythm": "monthly",
        "hour": "15",
        "paused_from": first,
        "paused_until": last,
    }
    response = member_client.post(URL, data)
    assert response.status_code == 400
    html = response.content.decode()
    assert words in html
    assert own(member).rhythm == Rhythm.WEEKLY
    # What was typed is still there.
    assert f'value="{first}"' in html or not first
    assert '<option value="15" selected>' in html
    assert response.context["form"]["rhythm"].value() == "monthly"


def test_a_pause_that_has_ended_keeps_nobody_from_saving(member_client, member):
    services.ensure_settings(user=member)
    MailSettings.objects.filter(user=member).update(
        paused_from=date(2020, 1, 1), paused_until=date(2020, 1, 9)
    )
    assert member_client.post(URL, form_of(member_client)).status_code == 302


@pytest.mark.parametrize(
    "odd",
    [
        {"rhythm": "x"},
        {"hour": "3"},
        {"hour": "x"},
        {"language": "zz"},
        {"wanted_library": ["x"]},
        {"rhythm_forums": "x"},
    ],
)
def test_what_is_no_choice_is_refused(member_client, member, odd):
    response = member_client.post(URL, form_of(member_client) | odd)
    assert response.status_code == 400
    assert own(member).rhythm == Rhythm.WEEKLY


def test_mails_that_always_come_are_listed_with_why(member_client):
    html = member_client.get(URL).content.decode()
    assert "Les courriels qui viennent toujours" in html
    assert "Ils répondent à ce que vous avez fait ou demandé" in html
    names = [one.name for one in member_client.get(URL).context["always"]]
    assert "members.membership_admitted" in names
    assert "library.record" not in names


def test_only_those_who_may_receive_a_mail_are_offered_it(
    member_client, facilitator_client, member, facilitator
):
    def offered(client):
        return client.get(URL).context["form"].switchable

    assert "members.membership_requested" in offered(facilitator_client)
    assert "members.membership_requested" not in offered(member_client)
    # A person who no longer has the part keeps what they had said of it.
    services.switch(user=facilitator, name="members.membership_requested", is_on=False)
    facilitator.groups.remove(*facilitator.groups.filter(role__code=roles.FACILITATORS))
    facilitator_client.post(URL, form_of(facilitator_client))
    assert own(facilitator).switched_off == ["members.membership_requested"]


def test_all_that_is_followed_stands_there_as_it_may_be_seen(make_user, client_for):
    world = build_world(make_user)
    member = world.users["member"]
    client = client_for(member)
    for kind, thing in (
        ("theme", "theme"),
        ("thread", "thread_members"),
        ("thread", "thread_private"),
        ("page", "record_public"),
        ("page", "record_private"),
    ):
        target = Target(kind, str(world[thing].pk))
        services.set_level(user=member, target=target, level=Level.ALL)
    Follow.objects.create(user=member, kind="page", target="987654")
    Follow.objects.create(user=member, kind="attic", target="1")
    html = client.get(URL).content.decode()
    assert "zephyrinetexte" in html
    assert "quartzitefil" in html
    assert "obsidienne" not in html
    assert html.count("N’est plus accessible") == 3
    data = {
        "kind": "thread",
        "target": world["thread_private"].pk,
        "level": "none",
        "next": URL,
    }
    html = client.post("/notifications/suivre/", data, follow=True).content.decode()
    assert html.count("N’est plus accessible") == 2
    assert "Ce que vous ne pouvez plus lire est retiré" in html


def test_the_list_costs_the_same_for_few_and_for_many(
    member_client, member, assert_constant_queries
):
    themes = [Theme.add_root(name=f"Thème {n}", slug=f"theme-{n}") for n in range(12)]

    def follow(some):
        for theme in some:
            target = Target("theme", str(theme.pk))
            services.set_level(user=member, target=target, level=Level.ALL)

    follow(themes[:2])
    assert_constant_queries(member_client, URL, lambda: follow(themes[2:]))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "mardi 24 novembre 2026, 8\u00a0h"),
        ({"rhythm": "daily"}, "lundi 23 novembre 2026, 7\u00a0h"),
        ({"rhythm": "monthly"}, "mardi 1er décembre 2026, 8\u00a0h"),
        ({"rhythm": "daily", "hour": 18}, "dimanche 22 novembre 2026, 18\u00a0h"),
        ({"category_rhythms": {"forums": "daily"}}, "lundi 23 novembre"),
        ({"rhythm": "none"}, "Aucun résumé ne part"),
        ({"rhythm": "at_once"}, "Ce que vous suivez vous est envoyé au fil de l’eau"),
        (
            {"paused_from": date(2026, 11, 23), "paused_until": date(2026, 12, 8)},
            "mardi 15 décembre 2026",
        ),
        (
            {
                "rhythm": "at_once",
                "paused_from": date(2026, 11, 1),
                "paused_until": date(2026, 12, 8),
            },
            "Vous êtes en pause jusqu’au 8 décembre 2026",
        ),
    ],
)
def test_the_page_says_when_the_next_summary_leaves(member, fields, words):
    assert words in next_summary(MailSettings(user=member, **fields), SUNDAY)


def test_an_address_that_refuses_is_told_there(member_client, member):
    assert "Nos courriels à votre adresse sont revenus" not in (
        member_client.get(URL).content.decode()
    )
    AddressHealth.objects.create(address=member.email, suspended_at=timezone.now())
    assert "Nos courriels à votre adresse sont revenus" in (
        member_client.get(URL).content.decode()
    )
