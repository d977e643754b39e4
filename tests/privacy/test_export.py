"""The copy of one's own data: everything of one's own, nothing of others, for its owner alone."""

import io
import json
import re
import stat
import time
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from network_site.core.outbox import drain
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.privacy import services
from network_site.privacy.enums import ExportStatus
from network_site.privacy.models import Export
from network_site.registries.personal_data import categories
from tests.privacy.conftest import NAME, OTHER_ADDRESS


def prove(client):
    """As if the person of `client` had logged in a minute ago."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": time.time() - 60}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def read(content):
    """(names, data.json, index.html) of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        data = json.loads(archive.read("mes-donnees/data.json"))
        page = archive.read("mes-donnees/index.html").decode()
    return names, data, page


def test_the_copy_holds_all_of_ones_own_and_nothing_of_others(everywhere, client_for):
    client = prove(client_for(everywhere.user))
    for _twice in range(2):
        assert client.post("/mes-donnees/copie/").status_code == 302
    drain()
    export = Export.objects.get()
    assert export.status == ExportStatus.READY
    assert Entry.objects.filter(action=Action.DATA_EXPORTED).count() == 1
    path = services.path_of(export)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    told = [one for one in mail.outbox if "copie de vos données" in one.subject]
    assert len(told) == 1
    assert export.key not in told[0].body

    answer = client.get(f"/mes-donnees/copie/{export.pk}/")
    assert "no-store" in answer["Cache-Control"]
    names, data, page = read(answer.getvalue())
    whole = json.dumps(data, ensure_ascii=False)
    held = data["categories"]
    assert held["accounts.user"]["rows"][0]["other_addresses"] == [OTHER_ADDRESS]
    assert {"members.profile", "forums.post", "events.registration"} <= set(held)
    assert "mes-donnees/fichiers/portrait.webp" in names
    assert any(name.endswith("note.txt") for name in names)
    assert "Parfait, merci." in whole
    assert "vient en fauteuil" in whole
    # What others wrote, where it stands, and who they are.
    for words in ("Baumgartner", "Voilà, lisez", "Pour tout", "collegue@", "secret"):
        assert words not in whole, words
        assert words not in page, words
    # Readable by itself: nothing is fetched from anywhere.
    assert '<html lang="fr">' in page
    assert NAME in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    unnamed = {
        (category.name, key)
        for category in categories()
        for row in category.export(everywhere.user).rows
        for key in row
        if key not in category.fields
    }
    assert unnamed == set()
    for one in held:
        assert f'id="{one.replace(".", "-")}"' in page


def test_the_copy_is_its_owners_alone_and_lasts_seven_days(
    places, member, colleague, client_for, client
):
    export = services.ask_export(user=member)
    drain()
    export.refresh_from_db()
    address = f"/mes-donnees/copie/{export.pk}/"
    assert client.get(address).status_code == 302
    assert prove(client_for(colleague)).get(address).status_code == 404
    # Logged in long ago: the password first.
    asked = client_for(member).get(address)
    assert asked.status_code == 302
    assert "reauthenticate" in asked["Location"]
    fetched = prove(client_for(member)).get(address)
    assert fetched.getvalue()[:2] == b"PK"

    services.expire(now=timezone.now() + timedelta(days=6))
    assert services.path_of(export).exists()
    stray = services.path_of(export).with_name("inconnu.zip")
    stray.write_bytes(b"x")
    services.expire(now=timezone.now() + timedelta(days=7, minutes=1))
    assert not services.path_of(export).exists()
    assert not stray.exists()
    assert prove(client_for(member)).get(address).status_code == 404


def test_a_copy_that_fails_says_so_and_may_be_asked_again(
    places, member, client_for, monkeypatch
):
    def fail(user, now):
        raise OSError("full")

    with monkeypatch.context() as patched:
        patched.setattr("network_site.privacy.services.exports.archive", fail)
        services.ask_export(user=member)
        drain()
    assert Export.objects.get().status == ExportStatus.FAILED
    client = prove(client_for(member))
    assert "n’a pas pu être faite" in client.get("/mes-donnees/").text
    client.post("/mes-donnees/copie/")
    drain()
    assert services.latest_export(member).status == ExportStatus.READY


@pytest.mark.parametrize(
    "address", ["/mes-donnees/copie/999999/", "/mes-donnees/copie/0/"]
)
def test_a_copy_that_does_not_exist_is_not_found(member, client_for, address):
    assert prove(client_for(member)).get(address).status_code == 404
