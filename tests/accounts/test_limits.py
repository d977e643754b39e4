"""Too many attempts are refused, whoever asks and whichever process answers."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.core import ratelimit as public_ratelimit
from allauth.core.internal import ratelimit
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from network_site.core.shared_cache import SharedFileCache
from network_site.members import limits as words
from tests.accounts.conftest import PASSWORD, log_in
from tests.support.client import SiteClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("limits")]

# Nobody's password.
WRONG = "faux"


def _attempt(client, email="personne@exemple.fr", password=WRONG, **options):
    return client.post(
        reverse("account_login"), {"login": email, "password": password}, **options
    )


def test_after_five_wrong_passwords_even_the_right_one_waits_and_is_told_how_long(
    member, proven
):
    proven(member)
    client = SiteClient()
    for _number in range(5):
        page = _attempt(client, member.email).content.decode()
        assert "ne vont pas ensemble" in page
    page = _attempt(client, member.email, PASSWORD).content.decode()
    assert "Trop d’essais. Vous pourrez réessayer dans 5 minutes." in page
    assert f'value="{member.email}"' in page
    # From elsewhere too: the account is counted, not only the place.
    page = _attempt(SiteClient(), member.email, PASSWORD, REMOTE_ADDR="192.0.2.9")
    assert "Trop d’essais" in page.content.decode()


def test_an_unknown_address_waits_as_a_known_one():
    client = SiteClient()
    for _number in range(5):
        _attempt(client)
    assert "dans 5 minutes" in _attempt(client).content.decode()


def test_a_visitor_who_tries_many_accounts_gets_a_page_that_keeps_what_was_typed():
    client = SiteClient()
    for number in range(30):
        _attempt(client, f"{number}@exemple.fr")
    answer = _attempt(client, "ada@exemple.fr", "mon-secret", QUERY_STRING="next=/x/")
    page = answer.content.decode()
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "Vous pourrez réessayer dans " in page
    assert 'name="login" value="ada@exemple.fr"' in page
    assert "mon-secret" not in page
    assert 'action="/comptes/login/?next=/x/"' in page


def test_asking_for_codes_without_end_is_refused_with_words():
    def ask(page):
        return SiteClient().post(reverse(page), {"email": "a@exemple.fr"})

    for _number in range(3):
        assert ask("account_request_login_code").status_code == 302
    page = ask("account_request_login_code").content.decode()
    assert "Trop d’essais. Vous pourrez réessayer dans" in page
    for _number in range(5):
        assert ask("account_reset_password").status_code == 302
    answer = ask("account_reset_password")
    assert answer.status_code == 429
    assert 'value="a@exemple.fr"' in answer.content.decode()


def test_a_forged_header_makes_nobody_new(settings):
    """Without a proxy the header is a lie; behind one, all but its last word may be."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for proxies, header in ((0, "{n}.1.1.1"), (1, "{n}.1.1.1, 203.0.113.7")):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        client = SiteClient()
        statuses = [
            _attempt(client, HTTP_X_FORWARDED_FOR=header.format(n=number)).status_code
            for number in range(4)
        ]
        assert statuses == [200, 200, 200, 429], proxies


def test_behind_a_proxy_two_visitors_are_two(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for visitor in ("203.0.113.7", "203.0.113.8"):
        for _number in range(3):
            answer = _attempt(SiteClient(), HTTP_X_FORWARDED_FOR=visitor)
            assert answer.status_code == 200
        answer = _attempt(SiteClient(), HTTP_X_FORWARDED_FOR=visitor)
        assert answer.status_code == 429


def test_a_burst_passes_exactly_as_many_as_the_limit(settings, tmp_path, monkeypatch):
    settings.ACCOUNT_RATE_LIMITS = {"login": "20/m/ip"}
    shared = SharedFileCache(tmp_path / "cache", {})
    monkeypatch.setattr(ratelimit, "cache", shared)
    # The burst must not be refused for having waited for its turn.
    monkeypatch.setattr(ratelimit, "CACHE_LOCK_WAIT_TIMEOUT", 20)
    request = RequestFactory().post("/comptes/login/")
    request.user = AnonymousUser()
    with ThreadPoolExecutor(8) as pool:
        passed = list(
            pool.map(
                lambda _number: public_ratelimit.consume(request, action="login"),
                range(60),
            )
        )
    assert sum(passed) == 20


def test_wrong_codes_of_a_second_factor_are_counted_too(
    member, proven, with_application
):
    proven(member)
    with_application(member)
    client, _answer = log_in(member.email)
    for _number in range(5):
        page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert "pas le bon" in page.content.decode()
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Trop d’essais. Vous pourrez réessayer dans 5 minutes." in (
        page.content.decode()
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "dans quelques minutes"),
        (1, "dans 1 seconde"),
        (59, "dans 59 secondes"),
        (61, "dans 2 minutes"),
        (3601, "dans 2 heures"),
    ],
)
def test_the_wait_is_never_said_shorter_than_it_is(seconds, said):
    assert words.in_words(seconds) == said
