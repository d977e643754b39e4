"""Every page of allauth stands in the site's frame, in the site's words."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override

from network_site.members.devices import describe
from tests.accounts.conftest import log_in
from tests.support.client import SiteClient

pytestmark = pytest.mark.django_db
# Words of allauth's own pages that would betray one that is not ours, in either language.
_FOREIGN = re.compile(
    r"Two-Factor|Authenticator App|Sign In|Sign Out|Security Key|Jeton|Déconnexion</h1>"
    r"|Authentification à deux facteurs"
)


def allauth_names():
    """The names of all addresses of allauth that are mounted."""
    names = set()

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                if pattern.name and pattern.callback.__module__.startswith("allauth."):
                    names.add(pattern.name)
            else:
                walk(pattern.url_patterns)

    walk(get_resolver().url_patterns)
    return names


@pytest.fixture
def key_of(db):
    """key_of(user): a security key, as the table keeps it; its ceremony is the browser's."""

    def make(user):
        return Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Téléphone d’Ada", "credential": {}},
        )

    return make


def _check(answer, name):
    page = answer.content.decode()
    assert answer.status_code == 200, (name, answer.status_code, answer.get("Location"))
    assert "<!--head-->" in page, name
    assert not _FOREIGN.search(page), (name, _FOREIGN.search(page))
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count("<h1") == 1, name
    return page


def test_each_address_of_allauth_is_a_page_of_ours_or_leads_to_one(
    member, proven, with_application, key_of
):
    proven(member)
    secret, codes = with_application(member)
    visitor = SiteClient()
    client, answer = log_in(member.email)
    _check(client.get(answer["Location"]), "mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    client.post(reverse("mfa_reauthenticate"), {"code": codes[1]})
    seen = set()

    def check(who, name, *args):
        seen.add(name)
        return _check(who.get(reverse(name, args=args)), name)

    for name in (
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_request_login_code",
        "account_inactive",
    ):
        check(visitor, name)
    for name in (
        "account_logout",
        "account_email",
        "account_change_password",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_add_webauthn",
    ):
        check(client, name)
    text = client.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert text.startswith("Codes de secours de")
    assert len(re.findall(r"^\d{8}$", text, re.MULTILINE)) == 8
    for name in ("mfa_index", "mfa_list_webauthn", "usersessions_list"):
        assert client.get(reverse(name))["Location"] == reverse("account_security")
    assert client.get(reverse("mfa_activate_totp"))["Location"] == reverse(
        "mfa_deactivate_totp"
    )
    client.post(reverse("mfa_deactivate_totp"))
    check(client, "mfa_activate_totp")

    # With a key beside the application: its two pages, and the two ways of showing it.
    seen |= {
        "mfa_authenticate", "mfa_download_recovery_codes", "mfa_index",
        "mfa_list_webauthn", "usersessions_list", "mfa_deactivate_totp",
    }  # fmt: skip
    key = key_of(member)
    security = _check(client.get(reverse("account_security")), "account_security")
    assert "Téléphone d’Ada" in security
    check(client, "mfa_edit_webauthn", key.pk)
    check(client, "mfa_remove_webauthn", key.pk)
    member.set_unusable_password()
    member.save()

    # Codes by mail: log-in, forgotten password, its two last pages.
    asks = SiteClient()
    asks.post(reverse("account_request_login_code"), {"email": member.email})
    check(asks, "account_confirm_login_code")
    key.delete()
    forgets = SiteClient()
    forgets.post(reverse("account_reset_password"), {"email": member.email})
    check(forgets, "account_confirm_password_reset_code")
    digits = forgets.session["account_password_reset_verification"]["code"]
    assert digits in mail.outbox[-1].body
    forgets.post(reverse("account_confirm_password_reset_code"), {"code": digits})
    check(forgets, "account_complete_password_reset")
    forgets.post(
        reverse("account_complete_password_reset"),
        {"password1": "une phrase bien longue", "password2": "une phrase bien longue"},
    )
    check(forgets, "account_password_reset_completed")

    client, _answer = log_in(member.email, "une phrase bien longue")
    client.post(
        reverse("account_reauthenticate"), {"password": "une phrase bien longue"}
    )
    client.post(
        reverse("account_email"), {"action_add": "", "email": "neuve@exemple.fr"}
    )
    check(client, "account_email_verification_sent")
    assert "neuve@exemple.fr attend son code" in check(client, "account_email")
    member.refresh_from_db()
    member.set_unusable_password()
    member.save()
    without = SiteClient()
    without.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    check(without, "account_set_password")

    # Seen in a real browser (tests/browser/test_accounts.py), and never a page.
    seen |= {"mfa_login_webauthn", "mfa_reauthenticate_webauthn"}
    assert allauth_names() - seen == set()
    assert secret


@pytest.mark.parametrize(
    "template", ["account/signup_closed.html", "account/password_reset_from_key.html"]
)
def test_pages_of_rare_states_are_ours_too(template):
    assert "templates/" in get_template(template).origin.name.replace(
        "site-packages", ""
    )
    assert "site-packages" not in get_template(template).origin.name


def test_the_page_of_security_says_what_there_is_and_logs_devices_out(member, proven):
    proven(member)
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
    phone = (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
        " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
    )
    here, _answer = log_in(member.email, HTTP_USER_AGENT=firefox)
    there, _answer = log_in(member.email, HTTP_USER_AGENT=phone)
    also, _answer = log_in(member.email, HTTP_USER_AGENT="Truc/1.0")
    page = here.get(reverse("account_security")).content.decode()
    assert "Firefox sur Linux" in page
    assert "Cet appareil, en ce moment" in page
    assert "Safari sur iPhone" in page
    assert "Un navigateur que nous ne reconnaissons pas" in page
    assert "127.0.0.1" not in page

    pk = next(
        one["pk"]
        for one in here.get(reverse("account_security")).context["devices"]
        if "iPhone" in one["label"]
    )
    stranger = SiteClient()
    assert stranger.post(reverse("account_device_end", args=[pk])).status_code == 302
    assert there.get("/mon-espace/").status_code == 200
    here.post(reverse("account_device_end", args=[pk]))
    assert there.get("/mon-espace/").status_code == 302
    assert here.post(reverse("account_device_end", args=[pk])).status_code == 404
    assert also.get("/mon-espace/").status_code == 200
    here.post(reverse("account_devices_end_others"))
    assert also.get("/mon-espace/").status_code == 302
    assert here.get("/mon-espace/").status_code == 200


def test_nobody_logs_the_devices_of_another_out(member, editor, proven):
    client, _answer = log_in(proven(member).email)
    pk = client.get(reverse("account_security")).context["devices"][0]["pk"]
    other, _answer = log_in(proven(editor).email)
    assert other.post(reverse("account_device_end", args=[pk])).status_code == 404
    assert client.get("/mon-espace/").status_code == 200


def test_the_page_of_security_costs_the_same_for_many_keys(
    member_client, member, key_of, assert_constant_queries
):
    key_of(member)
    assert_constant_queries(
        member_client,
        reverse("account_security"),
        grow=lambda: [key_of(member) for _number in range(20)],
    )


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like"
            " Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
            "Edge sur Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like"
            " Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
            "Samsung Internet sur Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
            "Safari sur macOS",
        ),
        ("curl/8.0", "Un navigateur que nous ne reconnaissons pas"),
        ("", "Un navigateur que nous ne reconnaissons pas"),
    ],
)
def test_a_device_is_named_as_its_owner_would(agent, said):
    assert describe(agent) == said


def test_the_english_interface_says_the_same_in_english(client):
    with override("en"):
        page = client.get(reverse("account_login")).content.decode()
    assert "With a passkey" in page
    assert "Avec" not in page
