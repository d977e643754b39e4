"""What is being typed: the browser warns, keeps it, offers it back, forgets it once sent."""

import pytest
from playwright.sync_api import expect

from forums.models import Post
from network_site.core.outbox import drain
from tests.access.world import build_world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.django_db(transaction=True),
]
WORDS = "Une réponse qui a pris une heure."
KEPT = "Ce navigateur a gardé un texte"
STORED = (
    "() => Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"
)


@pytest.fixture
def world(make_user):
    world = build_world(make_user)
    drain()
    return world


@pytest.fixture
def thread(world):
    return (
        Post.objects.filter(thread__forum__visibility="members", is_first=True)
        .first()
        .thread
    )


def answer_box(page):
    return page.locator("#repondre [name=body]")


def test_an_answer_is_kept_on_leaving_and_erased_once_sent(open_context, world, thread):
    page = open_context(world.users["member"])
    address = thread.get_absolute_url()
    page.goto(address)
    answer_box(page).fill(WORDS)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/")
    assert asked == ["beforeunload"]

    page.goto(address)
    notice = page.locator("[data-draft]")
    expect(notice).to_contain_text(KEPT)
    expect(answer_box(page)).to_have_value("")
    notice.get_by_role("button", name="Le reprendre").click()
    expect(answer_box(page)).to_have_value(WORDS)
    expect(notice).to_be_hidden()
    # Read again on its own page, left from there, found again.
    page.get_by_role("button", name="Relire avant d’envoyer").click()
    expect(page.locator(".preview")).to_contain_text(WORDS)
    page.goto(address)
    assert asked == ["beforeunload"] * 2
    page.get_by_role("button", name="Le reprendre").click()

    # Without a network nothing leaves the page, and nothing is lost.
    page.context.set_offline(True)
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.locator("[data-draft-offline]")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.locator("main")).to_contain_text(WORDS)
    assert Post.objects.filter(body=WORDS).count() == 1
    page.wait_for_function(f"({STORED})() === 0")
    page.goto("/")
    assert asked == ["beforeunload"] * 2


def test_the_text_of_one_person_is_neither_offered_to_the_next_nor_left_after_logging_out(
    open_context, world, thread, client_for, settings, live_server
):
    page = open_context(world.users["member"])
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(thread.get_absolute_url())
    answer_box(page).fill(WORDS)
    page.goto("/")
    other = (
        client_for(world.users["editor"]).cookies[settings.SESSION_COOKIE_NAME].value
    )
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": other,
                "url": live_server.url,
            }
        ]
    )
    page.goto(thread.get_absolute_url())
    expect(answer_box(page)).to_have_value("")
    expect(page.locator("[data-draft]")).to_be_hidden()
    assert page.evaluate(STORED) == 1
    page.goto("/comptes/logout/")
    page.locator("main").get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/")
    assert page.evaluate(STORED) == 0


def test_what_is_not_wanted_any_more_is_erased_by_a_button(open_context, world, thread):
    page = open_context(world.users["member"], width=390)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/discussions/nouvelle/")
    page.locator("[name=title]").fill("Une question en chemin")
    page.reload()
    page.get_by_role("button", name="L’effacer").click()
    expect(page.locator("[data-draft]")).to_be_hidden()
    assert page.evaluate(STORED) == 0
    page.locator("[name=title]").fill("Une autre")
    page.get_by_role("link", name="Renoncer").click()
    page.wait_for_url("**/discussions/")
    assert page.evaluate(STORED) == 0
