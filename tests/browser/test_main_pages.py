"""Every main page, visited once: its weight on a first visit, and what axe says of it.

One visit serves all tests: the page is not loaded again for another width or for the
night, the browser is told that they have changed.
"""

import gzip
import logging
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client, override_settings
from pytest_django.live_server_helper import LiveServer

from network_site.core.models import OutboxEntry
from network_site.core.outbox import drain
from scripts.screenshots import SHOTS, first_link
from tests.support.rows import ensure_base_rows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.django_db,
]
logger = logging.getLogger(__name__)
# Wagtail's admin is judged by its makers; the development pages exist in development only.
NOT_OURS = {"editor-admin", "components", "mails"}
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": STANDARDS}
# Each page once with all the rules, on a desk by day or on a telephone by night in turn; what
# may differ between looks that hold the same elements is asked in the other.
COLOURS = {"runOnly": ["color-contrast"]}
PLACES = {shot.name: place for place, shot in enumerate(SHOTS)}
DESK, TELEPHONE = (1280, "light"), (390, "dark")
MOST_REQUESTS = 6
MOST_BYTES = 110 * 1024
# Fonts and images are compressed already.
TEXT = ("text/", "application/javascript", "application/json", "image/svg")


@dataclass
class Visit:
    name: str
    path: str
    status: int = 0
    requests: list = field(default_factory=list)
    size: int = 0
    complaints: list = field(default_factory=list)
    violations: list = field(default_factory=list)


def _weight(response):
    """Bytes of a response as the production server sends it, headers left out."""
    if 300 <= response.status < 400:
        return 0
    body = response.body()
    is_text = response.headers.get("content-type", "").startswith(TEXT)
    return len(gzip.compress(body, 6)) if is_text else len(body)


def _visit(browser, base, shot, cookie):
    context = browser.new_context(
        base_url=base,
        viewport={"width": 1280, "height": 900},
        color_scheme="light",
        locale="fr-FR",
        reduced_motion="reduce",
    )
    if cookie is not None:
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])
    visit = Visit(shot.name, shot.path)
    if shot.listed_at:
        listing = context.new_page()
        visit.path = first_link(listing, "", shot)
        context.close()
        # A context of its own again: nothing that the list brought is in its cache.
        return _visit(browser, base, type(shot)(shot.name, visit.path), cookie)
    page, responses = context.new_page(), []
    page.on("console", lambda message: _listen(visit, message))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("response", lambda response: responses.append(response))
    answer = page.goto(visit.path)
    page.evaluate("document.fonts.ready.then(() => true)")
    visit.status = answer.status
    page.evaluate(AXE)
    fully = DESK if PLACES[shot.name] % 2 else TELEPHONE
    for width, scheme in (DESK, TELEPHONE):
        options = EVERYTHING if (width, scheme) == fully else COLOURS
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(
            "options => axe.run({...options, resultTypes: ['violations']})", options
        )
        visit.violations += [
            f"{width} {scheme}: {fault['id']}: {node['html'][:160]}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            visit.violations.append(f"{width} {scheme}: the page scrolls sideways")
    # Read last: what is asked late counts too.
    visit.requests = [
        one.url for one in responses if not one.url.startswith(("data:", "blob:"))
    ]
    visit.complaints += [
        f"asks {url}" for url in visit.requests if not url.startswith(base)
    ]
    visit.size = sum(map(_weight, responses))
    context.close()
    return visit


def _listen(visit, message):
    if "Content Security Policy" in message.text:
        visit.complaints.append(message.text)


def _sessions():
    """A session of one person with each role that has a page to show."""
    sessions = {"": None}
    for role in {shot.reader for shot in SHOTS if shot.reader}:
        reader = get_user_model().objects.filter(groups__role__code=role).order_by("pk")
        client = Client()
        client.force_login(
            reader.first(), backend="django.contrib.auth.backends.ModelBackend"
        )
        sessions[role] = client.cookies["sessionid"].value
    return sessions


def _wait_for_the_last_answers():
    """Let the server's threads end: they share the connection while it runs only."""
    until = time.monotonic() + 20
    while time.monotonic() < until and any(
        "process_request_thread" in thread.name for thread in threading.enumerate()
    ):
        time.sleep(0.05)


@pytest.fixture(scope="module")
def visits(browser, django_db_setup, django_db_blocker):
    """The main pages of the founding content, each seen on a first visit."""
    with django_db_blocker.unblock():
        ensure_base_rows()
        call_command("load_demo", verbosity=0)
        # The index is written whole below: only what fills the centres is done.
        OutboxEntry.objects.exclude(kind__startswith="notification.").delete()
        drain()
        call_command("rebuild_search", verbosity=0)
        server = LiveServer("localhost")
        try:
            with (
                server._live_server_modified_settings,
                override_settings(WAGTAILADMIN_BASE_URL=server.url),
            ):
                sessions = _sessions()
                seen = [
                    _visit(browser, server.url, shot, sessions[shot.reader])
                    for shot in SHOTS
                    if shot.name not in NOT_OURS
                ]
        finally:
            _wait_for_the_last_answers()
            server.stop()
            call_command("flush", verbosity=0, interactive=False)
            ensure_base_rows()
    return seen


def test_no_main_page_breaks_a_rule_of_accessibility(visits):
    faults = [f"{one.name} {fault}" for one in visits for fault in one.violations]
    assert not faults, "\n".join(faults)


def test_main_pages_answer_and_their_own_policy_blocks_nothing(visits):
    wrong = [
        f"{one.name} {one.path}: {one.status}"
        for one in visits
        if one.status != (404 if one.name == "not-found" else 200)
    ]
    wrong += [f"{one.name}: {words}" for one in visits for words in one.complaints]
    assert not wrong, "\n".join(wrong)


def test_a_first_visit_is_light(visits):
    for one in visits:
        logger.info(
            "%s %s: %s requests, %s bytes",
            one.name,
            one.path,
            len(one.requests),
            one.size,
        )
    heavy = [
        f"{one.name}: {len(one.requests)} requests, {one.size} bytes: {one.requests}"
        for one in visits
        if len(one.requests) > MOST_REQUESTS or one.size > MOST_BYTES
    ]
    assert not heavy, "\n".join(heavy)
