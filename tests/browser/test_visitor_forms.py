"""Each form that a visitor meets, sent from a phone, with and without script: none is refused."""

import re

import pytest

from network_site.core.outbox import drain
from tests.access.world import build_world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.django_db(transaction=True),
]
# What a form asks for, by the name of its field; other boxes get words.
TYPED = {
    "email": "nadege@mairie.example",
    "login": "nadege@mairie.example",
    "password": "Sept-grands-chats-7",
    "password1": "Sept-grands-chats-7",
    "q": "logement",
}


def pages(world):
    """Where the forms stand."""
    return [
        "/",
        "/recherche/",
        "/bibliotheque/",
        "/bonnes-pratiques/",
        "/journees/",
        "/annuaire/",
        "/discussions/",
        "/lettre/",
        "/comptes/login/",
        "/comptes/login/code/",
        "/comptes/password/reset/",
        "/comptes/signup/",
        f"/discussions/message/{world['post_public'].pk}/signaler/",
    ]


def fill(form):
    """As somebody who answers every question."""
    for box in form.locator("input, textarea, select").all():
        if not box.is_visible() or not box.is_enabled():
            continue
        kind = box.get_attribute("type") or ""
        name = box.get_attribute("name") or ""
        if kind in {"submit", "button", "hidden", "file", "reset"}:
            continue
        if kind == "radio":
            if not form.locator(f"input[name='{name}']:checked").count():
                box.check()
        elif kind == "checkbox":
            if box.get_attribute("required") is not None:
                box.check()
        elif box.evaluate("one => one.tagName") == "SELECT":
            if box.get_attribute("required") is not None and not box.input_value():
                box.select_option(index=1)
        elif not box.input_value():
            box.fill(TYPED.get(name, "Nadège"))


def unfold(page):
    page.evaluate(
        "document.querySelectorAll('details').forEach(one => one.open = true)"
    )


def send(form, page):
    """Press the form's own button; the status of what comes."""
    button = form.locator("button:not([type=button]), input[type=submit]").first
    with page.expect_navigation() as answer:
        button.click()
    return answer.value.status if answer.value else 200


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["fr", "en"])
def test_no_form_that_a_visitor_meets_is_refused(
    open_context, make_user, script, prefix
):
    world = build_world(make_user)
    drain()
    page = open_context(width=390, java_script_enabled=script)
    sent, wrong = set(), []
    for path in pages(world):
        page.goto(prefix + path)
        for number in range(page.locator("form").count()):
            # On a phone the filters of a list are folded.
            unfold(page)
            form = page.locator("form").nth(number)
            known = form.evaluate(
                # A field of the form may be called "action".
                "one => one.getAttribute('method') + ' ' +"
                " (one.getAttribute('action') || location.pathname).split('?')[0]"
            )
            if known in sent or not form.is_visible():
                continue
            sent.add(known)
            fill(form)
            status = send(form, page)
            # 422: what was typed is asked again, in words.
            if status >= 400 and status != 422:
                wrong.append(f"{prefix}{path}: {known}: {status}")
            assert page.locator("h1").first.inner_text().strip(), known
            page.goto(prefix + path)
    assert not wrong, "\n".join(wrong)
    assert len(sent) > 10, sent


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_language_is_changed_on_the_page_where_one_is(
    open_context, make_user, script
):
    world = build_world(make_user)
    drain()
    for user in (None, world.users["member"]):
        page = open_context(user, width=1280, java_script_enabled=script)
        page.goto("/annuaire/?q=service")
        page.get_by_role("link", name="English", exact=True).first.click()
        assert re.search(r"/en/annuaire/\?q=service$", page.url)
        assert page.locator("html").get_attribute("lang") == "en"
        page.get_by_role("link", name="Français", exact=True).first.click()
        assert re.search(r"[^n]/annuaire/\?q=service$", page.url)
