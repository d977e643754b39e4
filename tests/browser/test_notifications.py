"""What people do of notifications, in a browser: from a mail, by the keyboard, at the beginning."""

import re
from pathlib import Path

import axe_playwright_python
import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from forums.services import add_post
from network_site.core.outbox import drain
from network_site.mailing import links
from network_site.mailing.models import AddressHealth
from network_site.mailing.queue import deliver_due
from network_site.notifications import (
    items,
    services,
)
from network_site.notifications.models import (
    Follow,
    MailSettings,
)
from network_site.registries.enums import Level
from network_site.registries.notifications import Target
from tests.access.world import build_world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.django_db(transaction=True),
]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def world(make_user):
    world = build_world(make_user)
    drain()
    mail.outbox.clear()
    return world


def main(page):
    return page.locator("main")


def faults(page):
    page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", {"runOnly": STANDARDS})[
        "violations"
    ]
    return [
        f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]
    ]


def mails_to(user):
    drain()
    deliver_due()
    return [letter for letter in mail.outbox if letter.to == [user.email]]


def test_a_thread_is_silenced_from_its_mail_without_logging_in(open_context, world):
    reader, thread = world.users["member"], world["thread_public"]
    target = Target("thread", str(thread.pk))
    services.set_level(user=reader, target=target, level=Level.ALL)
    author = world.users["private_member"]
    add_post(thread=thread, author=author, body="Une première réponse, utile.")
    (letter,) = mails_to(reader)
    html = letter.alternatives[0].content
    (link,) = set(re.findall(r'href="([^"]+/notifications/courriel/[^"]+)"', html))
    assert link in letter.body
    assert link in letter.extra_headers["List-Unsubscribe"]

    # Somebody else uses this computer.
    page = open_context(
        world.users["editor"], width=390, scheme="dark", java_script_enabled=False
    )
    page.goto(link)
    form = main(page)
    expect(form.locator("h1")).to_contain_text("zephyrinefil")
    assert Follow.objects.get(user=reader, kind="thread").level == Level.ALL
    form.get_by_role("button", name="Rien").click()
    expect(form).to_contain_text("Vous ne recevrez plus rien")
    assert Follow.objects.get(user=reader, kind="thread").level == Level.MUTE

    mail.outbox.clear()
    add_post(thread=thread, author=author, body="Une deuxième réponse.")
    assert mails_to(reader) == []
    form.get_by_role("button", name="Annuler ce changement").click()
    expect(form).to_contain_text("Tout est comme avant")
    add_post(thread=thread, author=author, body="Une troisième réponse.")
    assert len(mails_to(reader)) == 1
    assert not Follow.objects.filter(user=world.users["editor"], kind="thread")


def test_a_theme_is_followed_by_the_keyboard_and_its_news_are_read(open_context, world):
    member = world.users["member"]
    page = open_context(member)
    page.goto(world["theme"].get_absolute_url())
    summary = main(page).locator(".follow > summary")
    for _step in range(40):
        page.keyboard.press("Tab")
        if summary.evaluate("one => one === document.activeElement"):
            break
    assert summary.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(main(page)).to_contain_text("Vous recevrez un courriel à chaque nouveauté")
    expect(summary).to_contain_text("Vous suivez ce thème")
    assert Follow.objects.get(user=member, kind="theme").level == Level.ALL

    items.mark_all_read(member)
    add_post(
        thread=world["thread_public"],
        author=world.users["private_member"],
        body="Une réponse.",
    )
    drain()
    page.goto("/")
    bell = page.locator("header .bell")
    expect(bell.locator(".bell-n")).to_have_text("1 non lue")
    bell.click()
    expect(main(page)).to_contain_text("Vous suivez «\u00a0Emploi\u00a0».")
    main(page).get_by_role("link", name=re.compile("zephyrinefil")).first.click()
    expect(main(page).locator("h1")).to_contain_text("zephyrinefil")
    page.goto("/")
    expect(bell).not_to_contain_text("non lue")


def test_a_newcomer_answers_three_questions_and_changes_their_mind(open_context, world):
    member = world.users["contributor"]
    page = open_context(member, java_script_enabled=False)
    page.goto("/mon-espace/")
    main(page).get_by_role("link", name="Répondre aux trois questions").click()
    main(page).locator("[name=territory]").select_option(label="30 Gard")
    main(page).get_by_label("Emploi").check()
    main(page).get_by_label("Chaque jour").check()
    main(page).get_by_role("button", name="Enregistrer mes réponses").click()
    expect(main(page)).to_contain_text("Merci, c’est noté.")
    main(page).get_by_role("link", name="Ce que je reçois, et quand").click()
    follows = main(page).locator(".prefs-follows")
    expect(follows).to_contain_text("Gard")
    row = follows.locator("li", has_text="Emploi")
    row.locator("summary").click()
    row.get_by_role("button", name="Ne plus suivre").click()
    expect(main(page)).to_contain_text("Vous ne suivez plus «\u00a0Emploi\u00a0»")
    assert follows.locator("li", has_text="Emploi").count() == 0
    main(page).locator("[name=paused_from]").fill("2030-08-20")
    main(page).locator("[name=paused_until]").fill("2030-08-02")
    main(page).get_by_role("button", name="Enregistrer mes réglages").click()
    expect(main(page)).to_contain_text("La pause finirait")
    main(page).locator("[name=paused_until]").fill("2030-08-30")
    main(page).get_by_role("button", name="Enregistrer mes réglages").click()
    expect(main(page)).to_contain_text("Vos réglages sont enregistrés")
    assert str(MailSettings.objects.get(user=member).paused_until) == "2030-08-30"


def looked_at(page, name):
    """The faults of a page on a desk by day, then on a telephone by night."""
    wrong = []
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        wrong += [f"{name} {width} {scheme} {fault}" for fault in faults(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(f"{name} scrolls sideways at {width}")
    return wrong


def test_the_pages_reached_from_a_mail_break_no_rule(open_context, world):
    member = world.users["member"]
    AddressHealth.objects.create(address=member.email, suspended_at=timezone.now())
    token = links.seal(member.pk, f"theme:{world['theme'].pk}")
    page = open_context(member)
    wrong = []
    for path in (
        f"/notifications/courriel/{token}/",
        f"/notifications/courriel/{links.seal(member.pk, 'digest')}/",
        "/notifications/courriel/x/",
        "/notifications/adresse/",
        "/notifications/bienvenue/",
        "/notifications/reglages/",
        "/notifications/",
    ):
        page.goto(path)
        wrong += looked_at(page, path)
    page.goto(world["theme"].get_absolute_url())
    main(page).locator(".follow > summary").click()
    wrong += looked_at(page, "open control")
    assert not wrong, "\n".join(wrong)
