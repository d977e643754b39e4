"""The three questions of the beginning, which one may leave."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from network_site.members.models import Profile
from network_site.notifications.models import Delivery, Follow, MailSettings
from network_site.registries.enums import Category
from network_site.registries.notifications import Target
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme
from tests.notifications.factories import happen

pytestmark = pytest.mark.django_db
URL = "/notifications/bienvenue/"


@pytest.fixture
def gard():
    return Territory.objects.create(
        kind=TerritoryKind.DEPARTMENT, insee_code="30", name="Gard", slug="gard"
    )


@pytest.fixture
def themes():
    return [
        Theme.add_root(name=name, slug=name.lower()) for name in ("Emploi", "Logement")
    ]


def followed(user):
    return {f"{one.kind}:{one.target}" for one in Follow.objects.filter(user=user)}


def test_answers_become_follows_a_rhythm_and_a_sheet(
    member_client, member, gard, themes
):
    assert "Trois questions" in member_client.get("/mon-espace/").content.decode()
    response = member_client.post(
        URL,
        {"territory": gard.pk, "themes": [themes[0].pk], "rhythm": "daily"},
        follow=True,
    )
    html = response.content.decode()
    assert "Merci, c’est noté. Votre prochain résumé part le" in html
    assert "Trois questions" not in html
    # What was chosen takes the place of "everything", but for the days, which are few.
    assert followed(member) == {
        f"territory:{gard.pk}",
        f"theme:{themes[0].pk}",
        "space:events",
    }
    assert MailSettings.objects.get(user=member).rhythm == "daily"
    assert member.digest_schedules.get().rhythm == "daily"
    profile = Profile.objects.get(user=member)
    assert profile.territory == gard
    assert list(profile.themes.all()) == [themes[0]]


def test_what_the_sheet_says_already_stays(member_client, member, gard, themes):
    profile = Profile.objects.get(user=member)
    profile.themes.set([themes[1]])
    page = member_client.get(URL)
    assert page.context["form"].initial["themes"] == [themes[1].pk]
    member_client.post(URL, {"themes": [themes[0].pk], "rhythm": "weekly"})
    assert list(profile.themes.all()) == [themes[1]]


def test_all_three_may_stay_without_an_answer(member_client, member):
    member_client.post(URL, {"rhythm": "weekly"})
    assert len(followed(member)) == 4
    assert MailSettings.objects.get(user=member).onboarded_at is not None


def test_skipping_is_an_answer(member_client, member, gard):
    # What was half filled in does not count.
    data = {"skip": "1", "territory": gard.pk, "rhythm": "daily"}
    html = member_client.post(URL, data, follow=True).content.decode()
    assert "une fois par semaine" in html
    assert "Trois questions" not in html
    assert len(followed(member)) == 4
    assert MailSettings.objects.get(user=member).rhythm == "weekly"
    assert Profile.objects.get(user=member).territory is None


def test_a_person_who_waits_answers_too(pending_client, pending, themes):
    html = pending_client.get(URL).content.decode()
    assert "en cours d’examen" in html
    response = pending_client.post(URL, {"themes": [themes[0].pk], "rhythm": "weekly"})
    assert response["Location"] == "/adhesion/"
    assert f"theme:{themes[0].pk}" in followed(pending)


@pytest.mark.parametrize(
    "odd",
    [
        {"rhythm": "x"},
        {},
        {"rhythm": "daily", "territory": "x"},
        {"rhythm": "daily", "themes": ["0"]},
    ],
)
def test_what_is_no_choice_is_refused_and_nothing_lost(member_client, member, odd):
    response = member_client.post(URL, odd)
    assert response.status_code == 400
    assert not MailSettings.objects.filter(user=member, onboarded_at__isnull=False)


def test_the_first_summary_is_not_empty(member_client, member, kinds, themes):
    targets = (Target("theme", str(themes[0].pk)), Target("space", "library"))
    now = timezone.now()
    happen(kinds[Category.LIBRARY], 1, occurred_at=now, now=now, targets=targets)
    assert not Delivery.objects.filter(user=member).exists()
    member_client.post(URL, {"themes": [themes[0].pk], "rhythm": "weekly"})
    delivery = Delivery.objects.get(user=member)
    assert (delivery.via, delivery.channel) == (f"theme:{themes[0].pk}", "digest")


def test_the_language_of_the_sign_up_is_that_of_the_mails(client, client_for):
    data = {
        "email": "anna@council.example",
        "first_name": "Anna",
        "last_name": "Reed",
        "organization_name": "Council",
        "job_title": "Officer",
        "password1": "a-long-enough-sentence",
    }
    client.post("/en/comptes/signup/", data)
    client_for(None).post("/comptes/signup/", data | {"email": "anne@mairie.example"})
    languages = dict(get_user_model().objects.values_list("email", "language"))
    assert languages == {"anna@council.example": "en", "anne@mairie.example": "fr"}
