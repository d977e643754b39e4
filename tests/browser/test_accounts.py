"""What only a browser can show: a passkey, and the second factor asked of staff."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from tests.accounts.conftest import PASSWORD, code_now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _prove(user):
    EmailAddress.objects.create(
        user=user, email=user.email, primary=True, verified=True
    )


def _log_in(page, user):
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role(
        "button", name="Se connecter", exact=True
    ).click()


def _arrive(page, path):
    """Wait for the page itself: the address of the log-in holds where it leads."""
    page.wait_for_url(re.compile(rf"^[^?]*//[^/?]+{path}$"))


def _log_out(page):
    page.goto("/comptes/logout/")
    page.get_by_role("main").get_by_role("button", name="Se déconnecter").click()
    _arrive(page, "/")


@pytest.fixture
def authenticator():
    """authenticator(page) gives the browser a device that knows its owner (CDP, WebAuthn)."""

    def plug(page):
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        return devtools.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )

    return plug


def test_a_passkey_is_made_then_opens_the_account_alone(
    page, member, settings, authenticator
):
    # A key is tied to a name over TLS; a machine's own name is let through for tests.
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    _prove(member)
    authenticator(page)
    page.goto("/comptes/login/?next=/comptes/securite/")
    _log_in(page, member)
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_label("Nom de cette clé").fill("Mon ordinateur")
    page.get_by_role("button", name="Créer la clé").click()
    page.get_by_role("heading", name="Mes codes de secours").wait_for()
    page.goto("/comptes/securite/")
    page.get_by_text("Mon ordinateur").wait_for()

    _log_out(page)
    page.goto("/comptes/login/?next=/annuaire/")
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    _arrive(page, "/annuaire/")
    key = Authenticator.objects.get(user=member, type="webauthn")
    assert key.last_used_at

    # The password alone no longer opens it: the key confirms.
    _log_out(page)
    page.goto("/comptes/login/")
    _log_in(page, member)
    page.get_by_role("heading", name="Encore une preuve que c’est vous").wait_for()
    page.get_by_role("button", name="Utiliser ma clé").click()
    _arrive(page, "/mon-espace/")


def test_a_facilitator_sets_an_application_up_then_comes_back_with_a_recovery_code(
    page, facilitator, settings
):
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    _prove(facilitator)
    page.goto("/comptes/login/?next=/adhesion/demandes/")
    _log_in(page, facilitator)
    _arrive(page, "/comptes/securite/")
    page.get_by_role("alert").get_by_text(
        "Votre rôle demande un second facteur"
    ).wait_for()
    page.get_by_role("alert").get_by_role("link", name="Lier une application").click()
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    secret = page.locator(".totp-key").inner_text()
    page.get_by_label("Code", exact=True).fill(code_now(secret))
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("heading", name="Mes codes de secours").wait_for()
    code = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="Ils sont à l’abri").click()
    _arrive(page, "/adhesion/demandes/")

    _log_out(page)
    page.goto("/adhesion/demandes/")
    _log_in(page, facilitator)
    page.get_by_label("Code", exact=True).fill(code)
    page.keyboard.press("Enter")
    _arrive(page, "/adhesion/demandes/")
    page.goto("/comptes/securite/")
    page.get_by_text("Il reste 9 codes").wait_for()
