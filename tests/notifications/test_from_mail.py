"""From a mail, without logging in: opening shows, one click acts, and nothing else is told."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from network_site.mailing import links
from network_site.notifications import services
from network_site.notifications.enums import Rhythm
from network_site.notifications.models import Follow, MailSettings
from network_site.registries.enums import Level
from network_site.registries.notifications import Target
from network_site.taxonomies.models import Theme
from tests.access.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return Theme.add_root(name="Emploi", slug="emploi")


def address(user, about):
    return f"/notifications/courriel/{links.seal(user.pk, str(about))}/"


def level_of(user, kind="theme"):
    return (
        Follow.objects.filter(user=user, kind=kind)
        .values_list("level", flat=True)
        .first()
    )


def settings_of(user):
    return MailSettings.objects.get(user=user)


def test_the_link_of_a_mail_is_this_page(member, theme, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://reseau.example"
    about = f"theme:{theme.pk}"
    link = links.mail_settings_link(member.pk, about)
    begins, token = link.rstrip("/").rsplit("/", 1)
    assert begins == "https://reseau.example/notifications/courriel"
    assert links.FROM_MAIL.read(token) == [member.pk, about]


def test_opening_shows_and_never_acts(client, member, theme):
    url = address(member, f"theme:{theme.pk}")
    for _scanner in range(2):
        response = client.get(url)
        html = response.content.decode()
        assert "Que voulez-vous recevoir de «\u00a0Emploi\u00a0»" in html
        for word in ("Tout", "Résumé", "Mentions", "Rien"):
            assert f"<b>{word}" in html
    for about in ("digest", "name:library.record"):
        assert client.get(address(member, about)).status_code == 200
    assert level_of(member) is None
    assert not MailSettings.objects.exists()
    assert not Follow.objects.exists()
    assert client.head(url).status_code == 200
    for told in (member.email, member.first_name, member.last_name):
        assert told not in html
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_one_click_sets_the_level_and_another_takes_it_back(client, member, theme):
    target = Target("theme", str(theme.pk))
    services.set_level(user=member, target=target, level=Level.SUMMARY)
    url = address(member, target)
    response = client.post(url, {"level": "mute"})
    assert (
        "Vous ne recevrez plus rien de «\u00a0Emploi\u00a0»"
        in response.content.decode()
    )
    assert level_of(member) == Level.MUTE
    response = client.post(url, {"undo": response.context["undo"]})
    assert "Tout est comme avant" in response.content.decode()
    assert level_of(member) == Level.SUMMARY


def test_taking_back_may_mean_not_following(client, member, theme):
    url = address(member, f"theme:{theme.pk}")
    response = client.post(url, {"level": "all"})
    assert level_of(member) == Level.ALL
    client.post(url, {"undo": response.context["undo"]})
    assert level_of(member) is None


def test_the_click_of_a_mail_reader_acts_at_once(client, member, theme):
    """RFC 8058: one POST, no cookie, no form's token, no question."""
    one_click = {"List-Unsubscribe": "One-Click"}
    client.handler.enforce_csrf_checks = True
    for about in (f"theme:{theme.pk}", "digest", "name:library.record"):
        response = client.post(address(member, about), one_click)
        assert response.status_code == 200
        assert not response.cookies
    assert level_of(member) == Level.MUTE
    own = settings_of(member)
    assert own.rhythm == Rhythm.NONE
    assert own.switched_off == ["library.record"]


def test_no_more_summaries_means_of_no_space(client, member):
    services.set_rhythm(user=member, rhythm=Rhythm.WEEKLY)
    MailSettings.objects.filter(user=member).update(
        category_rhythms={"forums": "daily"}, paused_from=None
    )
    url = address(member, "digest")
    response = client.post(url, {"rhythm": "none"})
    assert "Vous ne recevrez plus de courriel" in response.content.decode()
    assert settings_of(member).category_rhythms == {}
    assert not member.digest_schedules.exists()
    client.post(url, {"undo": response.context["undo"]})
    own = settings_of(member)
    assert (own.rhythm, own.category_rhythms) == ("weekly", {"forums": "daily"})
    assert member.digest_schedules.count() == 2


def test_the_rhythm_of_the_summary_is_chosen_from_it(client, member):
    html = client.get(address(member, "digest")).content.decode()
    assert "À quel rythme voulez-vous votre résumé" in html
    client.post(address(member, "digest"), {"rhythm": "monthly"})
    assert settings_of(member).rhythm == Rhythm.MONTHLY
    assert member.digest_schedules.get().rhythm == Rhythm.MONTHLY


def test_a_kind_of_mail_is_switched_off_and_on(client, member):
    url = address(member, "name:library.record")
    client.post(url, {"wanted": "off"})
    assert settings_of(member).switched_off == ["library.record"]
    client.post(url, {"wanted": "on"})
    assert settings_of(member).switched_off == []


def test_a_pause_is_taken_from_a_mail(client, member, theme):
    url = address(member, f"theme:{theme.pk}")
    today = timezone.localdate()
    response = client.post(url, {"days": "14"})
    own = settings_of(member)
    assert (own.paused_from, own.paused_until) == (today, today + timedelta(days=13))
    assert "Vous êtes en pause jusqu’au" in response.content.decode()
    client.post(url, {"days": "0"})
    assert settings_of(member).paused_until is None
    response = client.post(url, {"days": "7"})
    client.post(url, {"undo": response.context["undo"]})
    assert settings_of(member).paused_until is None


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"level": "loud"},
        {"days": "4000"},
        {"days": "x"},
        {"undo": "x"},
        {"rhythm": "daily"},
    ],
)
def test_a_choice_that_does_not_exist_changes_nothing(client, member, theme, data):
    response = client.post(address(member, f"theme:{theme.pk}"), data)
    assert response.status_code == 400
    assert "Rien n’a été changé" in response.content.decode()
    assert level_of(member) is None


def test_what_undoes_one_thing_undoes_nothing_else(client, member, theme):
    response = client.post(address(member, "digest"), {"rhythm": "daily"})
    undo = {"undo": response.context["undo"]}
    assert client.post(address(member, f"theme:{theme.pk}"), undo).status_code == 400


def test_the_session_that_is_open_does_not_matter(client_for, member, editor, theme):
    client = client_for(editor)
    url = address(member, f"theme:{theme.pk}")
    html = client.get(url).content.decode()
    assert editor.first_name not in html
    assert editor.email not in html
    client.post(url, {"level": "all"})
    assert level_of(member) == Level.ALL
    assert level_of(editor) is None
    # The session is still theirs, and so are the messages that wait for them.
    client.post(
        "/notifications/suivre/", {"kind": "theme", "target": theme.pk, "level": "mute"}
    )
    assert "Vous ne recevrez plus rien" not in client.get(url).content.decode()
    assert "Vous ne recevrez plus rien" in client.get("/mon-espace/").content.decode()


def test_what_the_reader_may_no_longer_see_is_not_named(make_user, client):
    world = build_world(make_user)
    member = world.users["member"]
    target = Target("thread", str(world["thread_private"].pk))
    Follow.objects.create(user=member, kind="thread", target=target.pk, level="all")
    url = address(member, target)
    html = client.get(url).content.decode()
    assert "obsidienne" not in html
    assert "Vous ne pouvez plus lire" in html
    assert client.post(url, {"level": "all"}).status_code == 400
    html = client.post(url, {"level": "mute"}).content.decode()
    assert "obsidienne" not in html
    assert level_of(member, "thread") == Level.MUTE


def test_what_was_not_signed_here_opens_nothing(client, member, theme):
    good = links.seal(member.pk, f"theme:{theme.pk}")
    other = links.seal(member.pk + 1, f"theme:{theme.pk}")
    forged = [
        "x",
        good[:-1],
        # Another person under the signature of this one.
        other.split(":")[0] + good[good.index(":") :],
        signing.dumps([member.pk, f"theme:{theme.pk}"], salt="other"),
        links.seal(member.pk, "theme"),
        links.seal(member.pk, "attic:3"),
        links.seal(member.pk, "name:attic.thing"),
        links.seal(member.pk, ""),
        links.seal(10**6, f"theme:{theme.pk}"),
        signing.dumps(["a", 3], salt=links.FROM_MAIL.name),
        signing.dumps([1], salt=links.FROM_MAIL.name),
        signing.dumps("x", salt=links.FROM_MAIL.name),
    ]
    for token in forged:
        for method in (client.get, client.post):
            response = method(f"/notifications/courriel/{token}/")
            assert response.status_code == 404, token
            assert "Ce lien ne sert à rien" in response.content.decode()
    assert not Follow.objects.exists()


def test_a_closed_account_changes_nothing(client, member, theme):
    member.is_active = False
    member.save()
    assert client.get(address(member, f"theme:{theme.pk}")).status_code == 404


def test_a_mail_that_always_comes_is_not_switched_off(client, member):
    assert (
        client.get(address(member, "name:members.membership_admitted")).status_code
        == 404
    )


def test_the_english_page_is_in_english(client, member, theme):
    html = client.get("/en" + address(member, f"theme:{theme.pk}")).content.decode()
    assert "What do you want to receive of" in html
