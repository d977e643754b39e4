"""During the days of grace: one line that opens, put away for the session that asked it."""

import re

import pytest
from django.urls import reverse

from network_site.home.services import ensure_site

pytestmark = pytest.mark.django_db

NOTE = re.compile(
    r'<details class="note-line"><summary[^>]*>[^<]*avant le[^<]*</summary>'
)


@pytest.fixture(autouse=True)
def grace(settings, home_page):
    ensure_site()
    settings.SECOND_FACTOR_GRACE_DAYS = 30


@pytest.mark.parametrize("where", ["/", "/admin/"])
def test_it_folds_and_is_put_away_for_the_session(client_for, facilitator, where):
    client = client_for(facilitator)
    answer = client.get(where)
    assert answer.status_code == 200, answer.headers
    page = answer.content.decode()
    assert len(NOTE.findall(page)) == 1
    answer = client.post(reverse("account_second_factor_later"), {"next": where})
    assert answer["Location"] == where
    for path in ("/", "/admin/", "/annuaire/"):
        assert not NOTE.search(client.get(path).content.decode())
    # Another session is told again.
    assert NOTE.search(client_for(facilitator).get(where).content.decode())


def test_later_leads_nowhere_else(client_for, facilitator):
    answer = client_for(facilitator).post(
        reverse("account_second_factor_later"), {"next": "https://ailleurs.example/"}
    )
    assert answer["Location"] == "/"


def test_a_member_is_not_reminded(member_client):
    assert not NOTE.search(member_client.get("/").content.decode())
