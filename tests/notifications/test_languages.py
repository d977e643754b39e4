"""A mail is entirely in the language of whoever receives it, whatever caused it."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from events import services as days
from network_site.core.outbox import drain
from network_site.home.models import Branding
from tests.events.factories import make_event
from tests.notifications.every_mail import play
from tests.notifications.test_face import html_of, visible_words, words_of

pytestmark = pytest.mark.django_db

# Words that no sentence of the language goes without, and that the other does not have.
FRENCH = {
    *["le", "la", "les", "des", "du", "une", "vous", "votre", "vos", "pour", "est"],
    *["dans", "avec", "sur", "qui", "que", "ce", "cette", "ces", "au", "aux", "par"],
    *["bonjour", "ne", "pas", "son", "sa", "ses", "nous", "notre", "il", "elle"],
}
ENGLISH = {
    *["the", "of", "to", "you", "your", "this", "that", "is", "and", "for", "with"],
    *["it", "in", "was", "has", "have", "are", "hello", "be", "by", "will", "not"],
    *["us", "we", "our", "its"],
}
# An address without an account, which reported a message: the language is the site's.
ANONYMOUS = "zed@zorg.example"


@pytest.mark.parametrize(
    ("language", "foreign"), [("fr", ENGLISH), ("en", FRENCH)], ids=["fr", "en"]
)
def test_no_word_of_the_interface_is_in_the_other_language(
    make_user, monkeypatch, language, foreign
):
    # The site's own words stay as the operator wrote them.
    mails = play(make_user, monkeypatch, language)
    wrong = {}
    for name, many in mails.items():
        for message in many:
            if message.to == [ANONYMOUS]:
                continue
            html = html_of(message)
            said = {
                *words_of(message.subject),
                *words_of(message.body),
                *visible_words(html, with_head=True),
            }
            if said & foreign:
                wrong[name] = said & foreign
            assert f'<html lang="{language}"' in html, name
    assert wrong == {}


def test_the_addresses_lead_to_the_reader_s_own_interface(make_user, monkeypatch):
    mails = play(make_user, monkeypatch, "en")
    wrong = {}
    for name, many in mails.items():
        for message in many:
            if message.to == [ANONYMOUS]:
                continue
            for address in re.findall(
                r"http://127\.0\.0\.1:8000(/[^\s\"]*)", message.body
            ):
                if not address.startswith("/en/"):
                    wrong[name] = address
    assert wrong == {}


def test_two_people_told_by_the_same_act_read_it_each_in_their_language(make_user):
    one = make_user("une@zorg.example", "Membres", status="approved", language="en")
    two = make_user("deux@zorg.example", "Membres", status="approved", language="fr")
    event = make_event(capacity=5)
    for user in (one, two):
        days.register(event=event, user=user)
    # The worker has a language of its own, and keeps it.
    with translation.override("fr"):
        drain()
        assert translation.get_language() == "fr"
    by_address = {message.to[0]: message for message in mail.outbox}
    assert by_address[one.email].subject.startswith("You are registered")
    assert by_address[two.email].subject.startswith("Inscription confirmée")


def test_the_frame_says_the_name_of_the_network_in_the_reader_s_language(
    make_user, home_page
):
    user = make_user("une@zorg.example", "Membres", status="approved", language="en")
    Branding.objects.update_or_create(
        site=home_page.get_site(), defaults={"name": "Le Réseau", "name_en": "The Net"}
    )
    days.register(event=make_event(), user=user)
    drain()
    (message,) = mail.outbox
    assert "The Net" in html_of(message)
    assert "The Net" in message.body
    assert "Le Réseau" not in html_of(message)


def test_a_code_is_written_in_the_language_of_the_person_not_of_the_page(
    client, make_user
):
    make_user("une@zorg.example", "Membres", status="approved", language="en")
    with translation.override("fr"):
        address = reverse("account_request_login_code")
    client.post(address, {"email": "Une@zorg.example"})
    (message,) = mail.outbox
    assert message.subject == "Your code to log in"
    assert '<html lang="en"' in html_of(message)


@pytest.mark.parametrize(
    ("language", "prefix", "subject"),
    [
        ("fr", "", "Aucun compte n’a cette adresse"),
        ("en", "/en", "No account has this address"),
    ],
)
def test_an_address_without_account_is_answered_in_the_language_of_the_page(
    client, language, prefix, subject
):
    client.post(f"{prefix}/comptes/login/code/", {"email": "nul@zorg.example"})
    (message,) = mail.outbox
    assert message.subject == subject
    assert f'<html lang="{language}"' in html_of(message)
    assert f":8000{prefix}/comptes/signup/" in message.body
