"""Following: one control on every page, four words, and what a choice brings, said in words."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network_site.core.outbox import drain
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.members.models import Profile
from network_site.members.services import admit
from network_site.notifications import services
from network_site.notifications.enums import Rhythm
from network_site.notifications.models import Delivery, Follow, MailSettings
from network_site.pages import reader_cache
from network_site.registries.enums import Level
from network_site.registries.notifications import Target
from network_site.taxonomies.models import Theme

pytestmark = pytest.mark.django_db
URL = "/notifications/suivre/"


@pytest.fixture
def theme():
    return Theme.add_root(name="Emploi", slug="emploi")


@pytest.fixture
def kept(settings):
    """Pages are kept, as in production."""
    settings.READER_CACHE_SECONDS = 60
    reader_cache.shelf.clear()
    yield
    reader_cache.shelf.clear()


def levels(user):
    return {
        f"{one.kind}:{one.target}": one.level
        for one in Follow.objects.filter(user=user)
    }


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def choose(client, level, target="1", kind="theme", **more):
    return client.post(URL, {"kind": kind, "target": target, "level": level, **more})


def test_choosing_says_what_will_happen(member_client, member, theme):
    title = "«\u00a0Emploi\u00a0»"
    sentences = {
        "all": f"Vous recevrez un courriel à chaque nouveauté de {title}.",
        "summary": f"Vous recevrez les nouveautés de {title} dans votre résumé du mardi.",
        "mentions": f"De {title}, vous ne recevrez que ce qui vous nomme",
        "mute": f"Vous ne recevrez plus rien de {title}.",
        "none": f"Vous ne suivez plus {title}.",
    }
    for level, sentence in sentences.items():
        response = choose(
            member_client, level, theme.pk, next="/themes/emploi/?page=2#haut"
        )
        assert response["Location"] == "/themes/emploi/?page=2#haut"
        assert said(response)[-1].startswith(sentence)
        assert levels(member).get(f"theme:{theme.pk}", "none") == level
    choose(member_client, "summary", theme.pk)
    assert "Vous suivez ce thème\u00a0: Résumé" in read(
        member_client, "/themes/emploi/"
    )


def read(client, url):
    return client.get(url).content.decode()


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Rhythm.DAILY, "dans votre résumé de chaque jour"),
        (Rhythm.MONTHLY, "dans votre résumé du mois"),
        (Rhythm.AT_ONCE, "par courriel, au fil de l’eau"),
        (Rhythm.NONE, "dans vos notifications, sur le site"),
    ],
)
def test_the_sentence_follows_the_rhythm(member_client, member, theme, rhythm, words):
    services.set_rhythm(user=member, rhythm=rhythm)
    assert words in said(choose(member_client, "summary", theme.pk))[-1]


def test_pages_kept_for_all_show_each_their_own_level(
    kept, client_for, make_user, theme, home_page
):
    # The services say that something changed; this row was written without one.
    aline, boris = (
        make_user(None, roles.MEMBERS, status=MembershipStatus.APPROVED)
        for _each in range(2)
    )
    services.set_level(
        user=aline, target=Target("theme", str(theme.pk)), level=Level.ALL
    )
    url = "/themes/emploi/"
    of_aline, of_boris, visitor = map(client_for, (aline, boris, None))
    for _again in range(2):
        assert "Vous suivez ce thème\u00a0: Tout" in read(of_aline, url)
        html = read(of_boris, url)
        assert "Suivre ce thème" in html
        assert "Vous suivez" not in html
        html = read(visitor, url)
        assert "Vous suivez" not in html
        assert "csrfmiddlewaretoken" not in html
    choose(of_boris, "mute", theme.pk)
    of_boris.get(url)
    assert "Vous n’en recevez rien" in read(of_boris, url)
    assert "Vous suivez ce thème\u00a0: Tout" in read(of_aline, url)


def test_the_control_costs_one_query(member_client, theme, home_page):
    url = "/themes/emploi/"
    member_client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        member_client.get(url)
    about = [one for one in queries if "notifications_follow" in one["sql"]]
    assert len(about) == 1


def test_a_level_that_does_not_exist_changes_nothing(member_client, member, theme):
    services.ensure_settings(user=member)
    before = levels(member)
    response = choose(member_client, "loud", theme.pk)
    assert response.status_code == 302
    assert "Rien n’a été changé" in said(response)[-1]
    assert levels(member) == before


def test_one_never_leaves_the_site_by_following(member_client, theme):
    for following in (
        "https://ailleurs.example/",
        "//ailleurs.example",
        "javascript:1",
    ):
        response = choose(member_client, "all", theme.pk, next=following)
        assert response["Location"] == "/themes/emploi/"


def test_who_is_not_logged_in_comes_back_where_they_were(client, member_client, theme):
    response = choose(client, "all", theme.pk, next="/themes/emploi/")
    assert response["Location"] == "/comptes/login/?next=/themes/emploi/"
    assert not Follow.objects.exists()
    # A log-in may lead to the address of the form itself.
    assert member_client.get(URL)["Location"] == "/notifications/reglages/"


def test_nobody_follows_without_end(member_client, member, theme, monkeypatch):
    monkeypatch.setattr(services, "MOST_FOLLOWS", 5)
    services.ensure_settings(user=member)
    choose(member_client, "all", theme.pk)
    other = Theme.add_root(name="Santé", slug="sante")
    response = choose(member_client, "all", other.pk)
    assert "Vous suivez déjà 5 choses" in said(response)[-1]
    # What is followed already can still change.
    choose(member_client, "mute", theme.pk)
    assert levels(member)[f"theme:{theme.pk}"] == "mute"
    assert (
        services.follow_by_taking_part(user=member, target=Target("theme", "9")) is None
    )


def test_taking_part_follows_but_never_changes_a_choice(member, theme):
    target = Target("theme", str(theme.pk))
    follow = services.follow_by_taking_part(user=member, target=target)
    assert (follow.level, follow.is_automatic) == (Level.ALL, True)
    services.set_level(user=member, target=target, level=Level.MUTE)
    services.follow_by_taking_part(user=member, target=target, level=Level.ALL)
    follow = Follow.objects.get(user=member, kind="theme")
    assert (follow.level, follow.is_automatic) == (Level.MUTE, False)


def test_the_beginning_follows_the_four_spaces_once(member):
    services.ensure_settings(user=member)
    spaces = {f"space:{code}" for code in ("library", "practices", "events", "forums")}
    assert set(levels(member)) == spaces
    assert set(levels(member).values()) == {"summary"}
    for space in spaces:
        services.unfollow(user=member, target=Target.parse(space))
    services.ensure_settings(user=member)
    assert levels(member) == {}
    assert MailSettings.objects.get(user=member).rhythm == Rhythm.WEEKLY


def test_whoever_follows_something_already_is_given_nothing_more(member, theme):
    Follow.objects.create(user=member, kind="theme", target=str(theme.pk))
    services.ensure_settings(user=member)
    assert set(levels(member)) == {f"theme:{theme.pk}"}


def test_an_admitted_person_hears_of_the_spaces(pending, facilitator):
    admit(profile=Profile.objects.get(user=pending), by=facilitator)
    drain()
    assert len(levels(pending)) == 4
    assert pending.digest_schedules.get().rhythm == Rhythm.WEEKLY
    assert not Delivery.objects.exists()
