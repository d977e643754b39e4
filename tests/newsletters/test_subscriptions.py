"""Without an account: asked, confirmed by the address, left by one click."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from network_site.core.outbox import drain
from network_site.newsletters.audience import count
from network_site.newsletters.enums import Audience
from network_site.newsletters.links import leave_link
from network_site.newsletters.models import Subscription
from network_site.newsletters.services import forget_old_subscriptions
from network_site.notifications.models import MailSettings
from tests.newsletters import factories

pytestmark = pytest.mark.django_db
FORM = {"email": "Nouvelle@Exemple.fr", "consent": "on"}


def path_in(text, part):
    found = re.search(rf"https?://\S+/lettre/{part}/\S+", text)
    return urlsplit(found.group(0)).path


def test_an_address_is_confirmed_by_its_owner_and_the_proof_is_kept(client, site):
    page = client.get("/lettre/").content.decode()
    assert 'action="/lettre/abonnement/"' in page
    response = client.post("/lettre/abonnement/", FORM, follow=True)
    assert "nouvelle@exemple.fr" in response.content.decode().lower()
    subscription = Subscription.objects.get()
    assert not subscription.is_active
    (message,) = mail.outbox
    assert message.to == ["nouvelle@exemple.fr"]
    path = path_in(message.body, "abonnement")
    # The scanner of a mail server opens every link.
    assert client.get(path).status_code == 200
    subscription.refresh_from_db()
    assert not subscription.is_active
    assert client.post(path).status_code == 200
    assert client.post(path).status_code == 200
    subscription.refresh_from_db()
    assert subscription.is_active
    assert "J’accepte de recevoir la lettre" in subscription.consent


def test_no_answer_tells_whether_an_address_is_known(client, site, subscriber, member):
    def answer(email):
        response = client.post(
            "/lettre/abonnement/", {"email": email, "consent": "on"}, follow=True
        )
        return (
            response.status_code,
            re.sub(
                r"nonce-\S+|value=\"\S+\"",
                "",
                response.content.decode().replace(email, "X"),
            ),
        )

    answers = [
        answer(email)
        for email in ("inconnue@exemple.fr", subscriber.email, member.email)
    ]
    assert answers[0] == answers[1] == answers[2]
    # The one who receives it already is told so, at home.
    known = [one for one in mail.outbox if one.to == [subscriber.email]]
    assert "/lettre/arret/" in known[0].body
    assert Subscription.objects.get(pk=subscriber.pk).is_active


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"email": "", "consent": "on"}, "Écrivez votre adresse"),
        ({"email": "pas une adresse", "consent": "on"}, "Écrivez une adresse comme"),
        ({"email": "a@exemple.fr"}, "Cochez la case"),
        ({"email": "a@exemple.fr\r\nBcc: b@exemple.fr", "consent": "on"}, "comme"),
    ],
)
def test_a_form_that_says_too_little_is_shown_again(client, site, data, words):
    response = client.post("/lettre/abonnement/", data)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Subscription.objects.exists()
    assert not mail.outbox


def test_robots_and_floods_write_to_nobody(client, site):
    client.post("/lettre/abonnement/", {**FORM, "website": "https://spam.example"})
    assert not Subscription.objects.exists()
    codes = [
        client.post(
            "/lettre/abonnement/", {"email": f"a{n}@exemple.fr", "consent": "on"}
        ).status_code
        for n in range(6)
    ]
    assert codes[-1] == 429
    assert len(mail.outbox) < 6


def test_one_mail_box_is_not_filled_from_many_places(site):
    for number in range(6):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/lettre/abonnement/", FORM)
    drain()
    assert len(mail.outbox) == 1


def test_whoever_confirmed_once_may_ask_again_after_leaving(site, member):
    """Somebody who has an account is no stranger: three mails in a day, and no more."""
    for number in range(6):
        form = {"email": member.email, "consent": "on"}
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/lettre/abonnement/", form)
    drain()
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("who", ["subscriber", "member"])
def test_one_click_is_a_bare_post_and_opening_does_nothing(site, request, who, issue):
    """RFC 8058: no cookie, no confirmation; GET never acts."""
    reader = request.getfixturevalue(who)
    path = urlsplit(leave_link(is_member=who == "member", pk=reader.pk)).path
    bare = Client(enforce_csrf_checks=True)
    before = count(issue, Audience.ALL).total
    assert bare.get(path).status_code == 200
    assert count(issue, Audience.ALL).total == before == 1
    for _again in range(2):
        response = bare.post(
            path,
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code == 200
        assert not response.cookies
        assert count(issue, Audience.ALL).total == 0
    if who == "member":
        assert not MailSettings.objects.get(user=reader).wants_newsletter
    # Pressed by mistake.
    bare.post(path, {"action": "again"})
    assert count(issue, Audience.ALL).total == 1


def test_a_link_that_was_cut_says_so(client, site):
    assert client.get("/lettre/arret/nimporte:quoi/").status_code == 404
    assert client.post("/lettre/arret/nimporte:quoi/").status_code == 404
    assert client.get("/lettre/abonnement/nimporte:quoi/").status_code == 404


def test_a_member_who_subscribes_or_leaves_by_their_address_is_one_person(
    client, site, member, issue
):
    MailSettings.objects.update_or_create(
        user=member, defaults={"wants_newsletter": False}
    )
    client.post("/lettre/abonnement/", {"email": member.email, "consent": "on"})
    assert count(issue, Audience.ALL).total == 0
    client.post(path_in(mail.outbox[0].body, "abonnement"))
    reached = count(issue, Audience.ALL)
    assert (reached.members, reached.subscribers) == (1, 0)
    client.post(urlsplit(leave_link(is_member=True, pk=member.pk)).path)
    assert count(issue, Audience.ALL).total == 0
    assert not Subscription.objects.active().exists()


def test_addresses_nobody_confirmed_are_erased(site):
    now = timezone.now()
    old, recent = now - timedelta(days=8), now - timedelta(days=6)
    factories.make_subscription("vieille@e.fr", confirmed=False, created_at=old)
    factories.make_subscription("jeune@e.fr", confirmed=False, created_at=recent)
    factories.make_subscription("fidele@e.fr", created_at=old)
    factories.make_subscription(
        "partie@e.fr", created_at=old, unsubscribed_at=now - timedelta(days=31)
    )
    assert forget_old_subscriptions(now=now) == 2
    assert set(Subscription.objects.values_list("email", flat=True)) == {
        "jeune@e.fr",
        "fidele@e.fr",
    }


def test_somebody_who_left_confirms_again(client, site, subscriber):
    client.post(urlsplit(leave_link(is_member=False, pk=subscriber.pk)).path)
    client.post("/lettre/abonnement/", {"email": subscriber.email, "consent": "on"})
    subscriber.refresh_from_db()
    assert not subscriber.is_active
    client.post(path_in(mail.outbox[-1].body, "abonnement"))
    subscriber.refresh_from_db()
    assert subscriber.is_active
