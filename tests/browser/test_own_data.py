"""One's own data in a browser: a copy fetched, and a departure thought over."""

import json
import re
import zipfile
from pathlib import Path

import axe_playwright_python
import pytest
from django.core import mail
from playwright.sync_api import expect

from network_site.core.outbox import drain
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.privacy.models import Departure

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.django_db(transaction=True),
]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def person(make_user):
    return make_user(
        "solveig@exemple.fr",
        roles.MEMBERS,
        status=MembershipStatus.APPROVED,
        first_name="Solveig",
        last_name="Marchetti",
    )


def faults(page):
    page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", {"runOnly": STANDARDS})
    return [one["id"] for one in found["violations"]]


def give_password(page):
    """The session is not a log-in of a minute ago: the password is asked."""
    expect(page).to_have_url(re.compile("reauthenticate"))
    page.get_by_label("Mot de passe", exact=False).first.fill("motdepasse")
    page.locator("main form button").first.click()


def test_a_member_fetches_a_copy_of_their_data(
    open_context, person, settings, tmp_path
):
    settings.EXPORTS_DIR = tmp_path / "exports"
    page = open_context(person, width=390)
    page.goto("/mes-donnees/")
    assert faults(page) == []
    page.get_by_role("button", name="Préparer une copie de mes données").click()
    give_password(page)
    expect(page.get_by_text("Votre copie est en préparation").first).to_be_visible()
    drain()
    page.goto("/mes-donnees/")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Télécharger mes données").click()
    assert fetched.value.suggested_filename.startswith("mes-donnees-")
    with zipfile.ZipFile(fetched.value.path()) as archive:
        data = json.loads(archive.read("mes-donnees/data.json"))
        (tmp_path / "index.html").write_bytes(archive.read("mes-donnees/index.html"))
    account = data["categories"]["accounts.user"]["rows"][0]
    assert account["email"] == person.email


def test_a_member_leaves_then_changes_their_mind(open_context, person):
    page = open_context(person)
    page.goto("/mes-donnees/")
    page.get_by_role("link", name="Voir ce qu’entraîne un départ").click()
    assert faults(page) == []
    page.get_by_label("Ancienne membre", exact=False).check()
    page.get_by_label("J’ai compris", exact=False).check()
    page.get_by_role("button", name="Quitter le réseau").click()
    give_password(page)
    expect(page.get_by_text("Vous quittez le réseau").first).to_be_visible()
    assert Departure.objects.get().is_open
    drain()
    link = re.search(r"/mes-donnees/rester/[^\s\"]+", mail.outbox[-1].body)[0]
    # From the mail, on a telephone where nobody is logged in.
    visitor = open_context(width=390)
    visitor.goto(link)
    assert faults(visitor) == []
    visitor.get_by_role("button", name="Je reste").click()
    expect(visitor.get_by_role("heading", name="Merci de rester")).to_be_visible()
    assert Departure.objects.get().cancelled_at
    page.goto("/mes-donnees/")
    expect(
        page.get_by_role("link", name="Voir ce qu’entraîne un départ")
    ).to_be_visible()
