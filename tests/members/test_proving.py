"""The code that proves an address: whatever goes wrong, a sentence, and nothing lost."""

import re
import time
from datetime import timedelta

import pytest
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY as AWAITED,
)
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from network_site.members.models import Profile
from network_site.registries.personal_data import categories
from tests.members.asking import PASSWORD, PROVE, ask, confirm, last_code, said
from tests.support.client import SiteClient

pytestmark = pytest.mark.django_db

MOTIVATION = "Je prépare un plan de lutte"


def log_in(client, email="claire@ville-exemple.fr"):
    return client.post(reverse("account_login"), {"login": email, "password": PASSWORD})


def is_filed():
    return Profile.objects.pending().filter(motivation__contains=MOTIVATION).exists()


def test_a_wrong_code_is_said_and_the_right_one_still_works(client):
    ask(client)
    page = confirm(client, "AAAA-0000")
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert confirm(client).status_code == 302
    assert is_filed()


def test_after_too_many_wrong_codes_one_is_told_how_to_go_on(client):
    ask(client)
    for _attempt in range(3):
        page = client.post(reverse(PROVE), {"code": "AAAA-0000"}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("account_login")
    assert re.search("mot de passe|password", said(page))
    assert log_in(client).url == reverse(PROVE)
    confirm(client)
    assert is_filed()


def test_an_expired_code_is_said_and_another_one_is_sent_at_log_in(client):
    ask(client)
    old = last_code()
    session = client.session
    session[AWAITED] = {**session[AWAITED], "at": time.time() - 3600}
    session.save()
    page = client.post(reverse(PROVE), {"code": old}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("account_login")
    assert said(page)
    assert not is_filed()
    log_in(client)
    assert confirm(client, old).status_code == 200, "the old one is of no use"
    confirm(client)
    assert is_filed()


def test_a_code_used_twice_changes_nothing_and_leads_to_the_request(client):
    ask(client)
    code = last_code()
    confirm(client, code)
    count = len(mail.outbox)
    # The page is gone: what is sent again is that of a second click.
    page = client.post(reverse(PROVE), {"code": code}, follow=True, by_hand=True)
    assert page.redirect_chain[-1][0] == reverse("membership")
    assert said(page)
    assert len(mail.outbox) == count


def test_a_session_lost_in_the_middle_loses_nothing(client):
    ask(client)
    code = last_code()
    # Another browser, or the same one the next day.
    other = SiteClient()
    page = other.post(reverse(PROVE), {"code": code}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("account_login")
    assert said(page)
    log_in(other)
    confirm(other)
    assert is_filed()


def test_another_code_replaces_the_first(client):
    ask(client)
    old = last_code()
    client.post(reverse(PROVE), {"action": "resend"})
    assert last_code() != old
    assert confirm(client, old).status_code == 200
    assert confirm(client).status_code == 302
    assert is_filed()


def test_another_address_keeps_what_was_typed(client):
    ask(client, email="clair@ville-exemple.fr", sponsor_email="ali@ville-exemple.fr")
    page = client.post(reverse("other_address"), follow=True)
    assert page.redirect_chain[-1][0] == reverse("account_signup")
    html = page.content.decode()
    assert MOTIVATION in html
    assert 'value="clair@ville-exemple.fr"' in html
    assert 'value="ali@ville-exemple.fr"' in html
    assert PASSWORD not in html
    assert not get_user_model().objects.exists(), "nobody proved the first address"

    ask(client, email="claire@ville-exemple.fr")
    confirm(client)
    assert is_filed()
    assert client.get(reverse("account_signup")).status_code == 302


def test_the_next_visitor_of_a_browser_reads_nothing_of_a_request_left_there(client):
    ask(client)
    session = client.session
    del session[AWAITED], session["account_login"]
    session.save()
    assert MOTIVATION not in client.get(reverse("account_signup")).content.decode()


def test_other_address_never_deletes_an_account_that_is_somebodys(client, member):
    ask(client, email=member.email)
    client.post(reverse("other_address"))
    assert get_user_model().objects.filter(pk=member.pk).exists()
    logged = SiteClient()
    logged.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    logged.post(reverse("other_address"))
    assert get_user_model().objects.filter(pk=member.pk).exists()


def shape(page, email):
    """A page without what is of this address or this moment."""
    html = page.content.decode().replace(email, "ADDRESS")
    return re.sub(r'value="[A-Za-z0-9]{64}"|nonce="[^"]+"', "", html)


def test_nothing_tells_whether_an_address_is_known(member, client_for):
    """The same pages, the same answers and a mail in both cases, from the form to the end."""
    seen = []
    for email in ("inconnue@exemple.fr", member.email):
        client = client_for(None)
        mail.outbox.clear()
        answers = [ask(client, email=email)]
        answers.append(client.get(answers[0].url))
        assert [message.to for message in mail.outbox] == [[email]]
        answers.append(client.post(reverse(PROVE), {"code": "AAAA-0000"}))
        answers.append(
            client.post(reverse(PROVE), {"action": "change", "email": "b@exemple.fr"})
        )
        answers.append(client.post(reverse("other_address"), follow=True))
        answers.append(ask(client, email=email))
        answers.append(client.post(reverse(PROVE), {"action": "resend"}, follow=True))
        for _attempt in range(3):
            answers.append(
                client.post(reverse(PROVE), {"code": "AAAA-0000"}, follow=True)
            )
        seen.append(
            [
                (answer.status_code, answer.headers.get("Location"))
                + (shape(answer, email),)
                for answer in answers
            ]
        )
    for unknown, known in zip(*seen, strict=True):
        assert unknown == known


def test_a_known_address_takes_the_time_of_an_unknown_one(client, member, monkeypatch):
    """The slow part, hashing a password, is done in both cases."""
    hashed = []
    monkeypatch.setattr(
        "network_site.members.adapters.make_password", lambda _word: hashed.append(1)
    )
    ask(client, email=member.email)
    assert hashed == [1]
    assert "déjà" in mail.outbox[-1].subject or "already" in mail.outbox[-1].body


def test_the_same_form_sent_twice_makes_one_account(client):
    ask(client)
    assert ask(client).status_code == 302
    assert get_user_model().objects.count() == 1
    assert Profile.objects.count() == 1


def test_two_forms_at_the_same_moment_make_one_account(client, monkeypatch):
    """The second one passed the check before the first one was written."""
    ask(client)
    monkeypatch.setattr(
        "allauth.account.internal.flows.manage_email.email_already_exists",
        lambda email, **options: (email, False),
    )
    page = ask(SiteClient())
    assert page.status_code == 302
    assert get_user_model().objects.count() == 1


def test_the_three_questions_follow_and_know_the_territory(client, db):
    from network_site.taxonomies.models import Territory

    gard = Territory.objects.create(
        kind="department", insee_code="30", name="Gard", slug="gard"
    )
    ask(client, territory=gard.pk)
    page = client.get(confirm(client).url)
    assert page.resolver_match.view_name == "notifications:welcome"
    html = page.content.decode()
    assert re.search(rf'<option value="{gard.pk}" selected', html)
    page = client.post(reverse("notifications:welcome"), {"skip": "1"}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("membership")
    assert Profile.objects.get().territory == gard


def test_what_nobody_proved_is_forgotten_after_thirty_days(client, pending, member):
    ask(client)
    (category,) = [
        one for one in categories() if one.name == "members.unproven_request"
    ]
    now = timezone.now()
    assert (category.count(), category.overdue(now)) == (1, 0)
    category.forget(now)
    assert get_user_model().objects.count() == 3
    later = now + timedelta(days=31)
    assert category.overdue(later) == 1
    category.forget(later)
    assert category.overdue(later) == 0
    assert set(get_user_model().objects.all()) == {pending, member}
