"""Every page of the founding content that links lead to: a visitor, who waits, a member."""

from itertools import cycle
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.contrib.auth import get_user_model

from tests.crawl.crawler import Answer, Crawl
from tests.crawl.selection import FirstOfEachKind, kind_of, neutral
from tests.support.client import SiteClient

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.timeout(1800),
]

PENDING = "attente@association.example"
MEMBER = "membre@reseau.example"
NO_BOUNDS = ("9" * 20, "-" + "9" * 20, "9" * 5_000)


def opener(email=None):
    """What Crawl opens addresses with: the test client of one person of the demonstration."""
    client = SiteClient(raise_request_exception=False)
    if email:
        user = get_user_model().objects.get(email=email)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def open_one(address):
        response = client.get(address)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.streaming:
            b"".join(response.streaming_content)
            is_page = False
        return Answer(
            status=response.status_code,
            location=response.get("Location", ""),
            html=response.content.decode() if is_page else "",
        )

    return open_one


def test_every_address_that_links_lead_to(founding_content, kept_pages):
    visitor = Crawl(open=opener()).run()
    paths = {neutral(address) for address in visitor.opened}
    # One of each kind of page that the visitor saw as well.
    pending, member = (
        Crawl(
            open=opener(email),
            is_logged_in=True,
            follows=FirstOfEachKind(1, seen=paths),
        ).run()
        for email in (PENDING, MEMBER)
    )
    english = Crawl(
        open=opener(MEMBER),
        language="en",
        starts=("/en/",),
        is_logged_in=True,
        follows=FirstOfEachKind(1),
    ).run()
    faults = [
        f"{name}: {words}"
        for name, crawl in (
            ("visitor", visitor),
            ("pending", pending),
            ("member", member),
            ("member, English", english),
        )
        for words in crawl.faults
    ]
    assert not faults, "\n".join(faults)
    # The walk was one.
    assert len(visitor.opened) > 400
    assert set(map(kind_of, english.opened)) >= {"dashboard", "forums:thread", "person"}
    _lists_take_any_number(english)


def _lists_take_any_number(crawl):
    """What a list is asked for by its links is asked with a number without bounds, in turn."""
    asked = [address for address in crawl.opened if urlsplit(address).query]
    for address, number in zip(asked, cycle(NO_BOUNDS), strict=False):
        names = dict.fromkeys(dict(parse_qsl(urlsplit(address).query, True)), number)
        worse = f"{urlsplit(address).path}?{urlencode({**names, 'page': number})}"
        assert crawl.open(worse).status < 500, worse
    assert len(asked) > 10
