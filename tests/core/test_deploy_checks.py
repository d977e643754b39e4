"""What `check --deploy` says of an installation that starts and should not stay so."""

import pytest
from django.core.management import CommandError, call_command

from network_site.core import checks
from network_site.demo.checks import nobody_has_the_published_password
from network_site.demo.content.people import PASSWORD


def ids(found):
    return [one.id for one in found]


def test_nobody_to_tell_and_nobody_to_return_to(settings):
    settings.ADMINS, settings.MAIL_BOUNCE_ADDRESS = [], ""
    assert ids(checks.operator_is_reached()) == ["core.W001", "core.W002"]
    settings.ADMINS = ["technique@exemple.fr"]
    settings.MAIL_BOUNCE_ADDRESS = "retours@exemple.fr"
    assert ids(checks.operator_is_reached()) == []


def test_a_proxy_that_is_trusted_is_counted(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert ids(checks.proxies_are_counted()) == ["core.E001"]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert ids(checks.proxies_are_counted()) == []


def test_a_folder_that_cannot_be_made_is_named(settings, tmp_path):
    assert ids(checks.folders_are_written()) == []
    (tmp_path / "fichier").write_text("")
    settings.EXPORTS_DIR = tmp_path / "fichier" / "copies"
    (found,) = checks.folders_are_written()
    assert "EXPORTS_DIR" in found.msg


@pytest.mark.django_db
def test_the_published_password_opens_nothing_in_production(settings, make_user):
    user = make_user("membre@reseau.example")
    user.set_password(PASSWORD)
    user.save()
    assert nobody_has_the_published_password() == []
    settings.DEMO_ACCOUNTS_ALLOWED = False
    assert ids(nobody_has_the_published_password()) == ["demo.E001"]
    user.set_password("un autre mot de passe")
    user.save()
    assert nobody_has_the_published_password() == []


@pytest.mark.django_db
def test_the_demonstration_brings_no_account_to_production(settings):
    settings.DEMO_ACCOUNTS_ALLOWED = False
    with pytest.raises(CommandError, match="--without-accounts"):
        call_command("load_demo", verbosity=0)
