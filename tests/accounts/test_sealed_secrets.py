"""A copy of the database makes nobody's codes; keys change without anybody noticing."""

import io
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse

from network_site.members import sealed_secrets
from network_site.members.checks import second_factors_are_readable
from tests.accounts.conftest import code_now, log_in

pytestmark = pytest.mark.django_db
FIRST, SECOND = "premiere-" * 6, "deuxieme-" * 6


def kept():
    """All that the database holds of second factors, as one text."""
    return str(list(Authenticator.objects.values_list("data", flat=True)))


def opens(user, secret):
    client, answer = log_in(user.email)
    assert answer["Location"] == reverse("mfa_authenticate")
    return client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})


def test_neither_secrets_nor_codes_stand_in_the_database(
    member, proven, with_application
):
    secret, codes = with_application(proven(member))
    assert secret not in kept()
    assert not any(code in kept() for code in codes)
    assert opens(member, secret).status_code == 302
    client, _answer = log_in(member.email)
    answer = client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert answer.status_code == 302


def test_keys_are_changed_without_losing_a_factor(
    settings, member, proven, with_application
):
    secret, _codes = with_application(proven(member))
    settings.MFA_ENCRYPTION_KEYS = [FIRST]
    call_command("reseal_second_factors", stdout=io.StringIO())
    settings.SECRET_KEY = "another-one-altogether"
    settings.MFA_ENCRYPTION_KEYS = [SECOND, FIRST]
    call_command("reseal_second_factors", stdout=io.StringIO())
    settings.MFA_ENCRYPTION_KEYS = [SECOND]
    assert second_factors_are_readable(["default"]) == []
    assert opens(member, secret).status_code == 302


def test_a_lost_key_is_said_to_everybody(
    settings, member, proven, with_application, caplog
):
    secret, _codes = with_application(proven(member))
    settings.SECRET_KEY = "lost"
    page = opens(member, secret)
    assert page.status_code == 200
    assert "ne peut plus lire ce second facteur" in page.content.decode()
    assert "MFA_ENCRYPTION_KEYS" in caplog.text
    assert secret not in caplog.text
    with pytest.raises(CommandError, match="MFA_ENCRYPTION_KEYS"):
        call_command("reseal_second_factors", stdout=io.StringIO())


def test_what_is_not_sealed_opens_nothing(member, proven):
    """Whoever may write in the database could otherwise put a secret of theirs."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    Authenticator.objects.create(
        user=proven(member), type="totp", data={"secret": secret}
    )
    assert opens(member, secret).status_code == 200


def test_the_migration_seals_what_stood_there_and_gives_it_back(member, proven):
    migration = import_module("network_site.members.migrations.0013_sealed_secrets")
    plain = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    Authenticator.objects.create(
        user=proven(member), type="totp", data={"secret": plain}
    )
    Authenticator.objects.create(
        user=member, type="webauthn", data={"name": "Ma clé", "credential": {}}
    )
    migration.seal_all(apps, None)
    assert plain not in kept()
    assert "Ma clé" in kept()
    # A key made of nothing cannot be asked for.
    Authenticator.objects.filter(type="webauthn").delete()
    assert opens(member, plain).status_code == 302
    migration.unseal_all(apps, None)
    assert plain in kept()


def test_the_key_is_that_of_the_settings():
    sealed = sealed_secrets.seal("x")
    with pytest.raises(sealed_secrets.Unreadable):
        sealed_secrets.unseal(Fernet(Fernet.generate_key()).encrypt(b"x").decode())
    assert sealed_secrets.unseal(sealed) == "x"
