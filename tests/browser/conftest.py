"""A real Chromium before a live server; what its console says against us fails the test."""

import os

import pytest

from scripts.screenshots import chromium

# Milliseconds before a missing button fails a test, on a busy machine too.
PATIENCE = 60_000
# What a machine that stood still for a moment makes of a right page. Such a test is run once
# more, and the runner says so; a page that is wrong fails twice.
STOOD_STILL = [r"TimeoutError: ", r"(Locator|Page) expected to "]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=STOOD_STILL))


@pytest.fixture(scope="session")
def browser():
    """Chromium: the test is skipped without one, except where CI says it must be there."""
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture
def open_context(browser, live_server, settings, client_for, kept_pages):
    """open_context(user=None, width=1280, scheme="light") returns a page.

    Its `goto` takes paths. Whatever the content security policy blocks, every script
    error and every request to another host fails the test at its end.
    """
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    contexts, complaints = [], []

    def open_one(user=None, *, width=1280, scheme="light", **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale="fr-FR",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user is not None:
            cookie = client_for(user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": cookie,
                        "url": live_server.url,
                    }
                ]
            )
        page = context.new_page()

        def listen(message):
            if "Content Security Policy" in message.text:
                complaints.append(f"{page.url}: {message.text}")

        def watch(request):
            if not request.url.startswith((live_server.url, "data:", "blob:")):
                complaints.append(f"{page.url} asked {request.url}")

        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("request", watch)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(open_context):
    """A visitor's page on a desk, by day."""
    return open_context()
