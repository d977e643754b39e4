"""Twenty jobs of local professionals (docs/features/jobs.md), from the home page to an end.

Each ends on a text, a practice and somebody to write to: one click sends the box, the second
opens what was found. In both languages, on the founding content.
"""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags

from network_site.accounts.models import User
from network_site.search import indexing

# The founding content is built for this module alone.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
DATA = Path(__file__).parent / "data"
JOBS = json.loads((DATA / "jobs.json").read_text(encoding="utf-8"))
QUERIES = json.loads((DATA / "trade_queries.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def index_of_content(founding_content, django_db_blocker, tmp_path_factory):
    """The index of the founding content, written once for the module."""
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("index")
    with django_db_blocker.unblock(), override_settings(SEARCH_INDEX_DIR=folder):
        indexing.rebuild()
    return folder


@pytest.fixture
def readers(index_of_content, settings):
    settings.SEARCH_INDEX_DIR = index_of_content
    member = Client()
    member.force_login(
        User.objects.get(email="membre@reseau.example"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return {"visitor": Client(), "member": member}


def _links(html, section):
    """[(address, words)] of the links in the section of the page with this id."""
    part = html.split(f'id="{section}"', 1)[1].split("</section>", 1)[0]
    return [
        (address, " ".join(strip_tags(words).split()))
        for address, words in re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', part)
    ]


def _found(links):
    """Those that lead to a content, not to a list."""
    return [(address, words) for address, words in links if "?" not in address]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_job_ends_on_a_text_a_practice_and_somebody(readers, language):
    prefix = "" if language == "fr" else "/en"
    missing = []
    home = readers["visitor"].get(f"{prefix}/").content.decode()
    assert f'action="{prefix}/ici/"' in home
    for job in JOBS:
        client = readers[job["as"]]
        response = client.get(f"{prefix}/ici/", {"quoi": job["quoi"], "ou": job["ou"]})
        html = response.content.decode()
        texts = _found(_links(html, "texts"))
        practices = _found(_links(html, "practices"))
        people = _links(html, "whom")
        writable = [
            address
            for address, _words in people
            if address.startswith("mailto:") or address.endswith("/ecrire/")
        ]
        for name, found, wanted in (
            ("text", texts, job["text"]),
            ("practice", practices, job["practice"]),
        ):
            if not any(re.search(wanted, words) for _address, words in found):
                missing.append(f"{job['quoi']}: no {name} of {found}")
        if not writable:
            missing.append(f"{job['quoi']}: nobody to write to")
        elif job["as"] == "member" and not any(
            address.endswith("/ecrire/") for address in writable
        ):
            missing.append(f"{job['quoi']}: no member to write to")
        for address in [one[0][0] for one in (texts, practices) if one]:
            assert client.get(address).status_code == 200
    assert not missing, "\n".join(missing)
    assert len(JOBS) == 20


def test_what_practitioners_type_finds_what_a_colleague_expects(readers):
    wrong = []
    for query in QUERIES:
        response = readers["visitor"].get("/recherche/", {"q": query["typed"]})
        html = response.content.decode()
        titles = [result.item["title"] for result in response.context["answer"].results]
        total = response.context["answer"].total
        for wanted in query.get("among", ()):
            if not any(re.search(wanted, one) for one in titles[: query["of_first"]]):
                wrong.append(f"{query['typed']}: no {wanted} in {titles[:6]}")
        if total < query.get("at_least", 1):
            wrong.append(f"{query['typed']}: {total}")
        if query.get("official", "") not in html:
            wrong.append(f"{query['typed']}: no address of {query['official']}")
        if query.get("chip") and query["chip"] not in [
            chip.label for chip in response.context["answer"].chips
        ]:
            wrong.append(f"{query['typed']}: no chip {query['chip']}")
        if query.get("last") and query["last"] not in titles[-1]:
            wrong.append(f"{query['typed']}: {titles[-1]} comes last")
    assert not wrong, "\n".join(wrong)
