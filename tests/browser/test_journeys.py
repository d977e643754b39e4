"""What people come to do, from end to end, in a browser before the real pages."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from forums.models import Post
from library.models import RegulatoryTextPage
from network_site.core.outbox import drain
from tests.access.world import build_world, word

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.django_db(transaction=True),
]
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def world(make_user):
    world = build_world(make_user)
    drain()
    return world


@pytest.fixture
def searchable(world):
    """The index of a world whose making came before any index."""
    call_command("rebuild_search", verbosity=0)


def main(page):
    return page.locator("main")


def test_a_stranger_asks_to_join_with_a_code_and_is_admitted(open_context, world):
    stranger = open_context()
    stranger.goto("/")
    stranger.get_by_role("link", name="Adhérer", exact=True).first.click()
    stranger.goto("/comptes/signup/")
    form = main(stranger)
    form.locator("[name=email]").fill("nadege@mairie.example")
    form.locator("[name=first_name]").fill("Nadège")
    form.locator("[name=last_name]").fill("Roux")
    form.locator("[name=organization_name]").fill("Mairie de Testville")
    form.locator("[name=job_title]").fill("Chargée de mission")
    form.locator("[name=password1]").fill("une-phrase-assez-longue")
    form.get_by_role("button", name="Envoyer ma demande").click()
    expect(form).to_contain_text("nadege@mairie.example")
    letter = next(one for one in mail.outbox if one.to == ["nadege@mairie.example"])
    code = CODE.search(letter.body).group()
    form.locator("[name=code]").fill(code)
    form.get_by_role("button", name="Confirmer").click()
    expect(form).to_contain_text("en cours d’examen")
    drain()

    facilitator = open_context(world.users["facilitator"])
    facilitator.goto("/a-traiter/")
    main(facilitator).get_by_role("link", name="Nadège Roux").click()
    main(facilitator).get_by_role("button", name="Admettre Nadège Roux").click()
    expect(main(facilitator)).to_contain_text("fait maintenant partie du réseau")
    drain()

    stranger.goto("/discussions/nouvelle/")
    expect(form.locator("[name=title]")).to_be_visible()


def test_a_full_day_gives_the_seat_that_is_left_without_script(open_context, world):
    event = world["event_public"]
    member = open_context(
        world.users["member"], width=390, scheme="dark", java_script_enabled=False
    )
    member.goto(event.url)
    main(member).get_by_role("button", name="liste d’attente").click()
    assert "1re position" in main(member).inner_text()

    holder = open_context(world.users["private_member"], java_script_enabled=False)
    holder.goto(event.url)
    main(holder).get_by_role("button", name="Annuler mon inscription").click()
    assert "Votre inscription est annulée" in main(holder).inner_text()
    drain()

    member.goto(event.url)
    assert "Votre inscription est confirmée" in main(member).inner_text()
    member.goto("/mon-espace/")
    assert event.title in main(member).inner_text()
    member.goto(event.url)
    main(member).get_by_role("button", name="Annuler mon inscription").click()
    assert "Votre inscription est annulée" in main(member).inner_text()


def test_a_question_is_answered_reported_and_hidden(open_context, world):
    title = "Comment garder les enfants pendant les ateliers ?"
    member = open_context(world.users["member"], java_script_enabled=False)
    member.goto("/discussions/nouvelle/")
    form = main(member)
    form.locator("[name=forum]").select_option(label="Espace zephyrineespace")
    form.locator("[name=kind][value=question]").check()
    form.locator("[name=title]").fill(title)
    form.locator("[name=body]").fill("Nous en avons **trois** par semaine.")
    form.locator("button[name=action][value=preview]").click()
    assert form.locator("strong", has_text="trois").count() == 1
    form.locator("button[name=action][value=send]").click()
    assert title in form.inner_text()
    address = member.url

    other = open_context(world.users["contributor"])
    other.goto(address)
    main(other).locator("[name=body]").fill("Achetez mes vitrines en solde.")
    main(other).locator("button[name=action][value=send]").click()
    expect(main(other)).to_contain_text("Achetez mes vitrines")
    drain()

    answer = Post.objects.get(body__contains="vitrines")
    visitor = open_context(java_script_enabled=False)
    visitor.goto(address)
    visitor.locator(f"a[href$='/message/{answer.pk}/signaler/']").click()
    main(visitor).locator("[name=reason]").first.check()
    main(visitor).get_by_role("button", name="Envoyer le signalement").click()
    drain()

    facilitator = open_context(world.users["facilitator"])
    facilitator.goto("/discussions/signalements/")
    report = main(facilitator).locator("li", has_text="vitrines")
    report.get_by_role("link", name="Masquer le message").click()
    main(facilitator).locator("[name=reason]").fill("Une publicité.")
    main(facilitator).get_by_role("button", name="Masquer le message").click()
    expect(main(facilitator)).not_to_contain_text("vitrines")
    drain()
    visitor.goto(address)
    assert "vitrines" not in main(visitor).inner_text()
    assert title in main(visitor).inner_text()


def test_a_practice_goes_from_two_lines_to_the_catalogue(open_context, world):
    member = open_context(world.users["member"])
    member.goto("/bonnes-pratiques/proposer/")
    form = main(member)
    form.locator("[name=title]").fill("Un café des langues")
    form.locator("[name=context]").fill("Les parents n’osaient pas entrer.")
    form.get_by_role("button", name="Enregistrer le brouillon").first.click()
    expect(form).to_contain_text("Votre brouillon est enregistré")
    form.locator("[name=summary]").fill("Une table, une fois par semaine.")
    form.locator("[name=actions]").fill("Deux médiatrices tiennent la table.")
    form.locator("[name=lessons_learned]").fill("L’horaire ne va pas à tout le monde.")
    form.locator("[name=department]").select_option(label="30 Gard")
    form.locator("[name=themes]").first.check()
    form.get_by_role("button", name="Enregistrer et envoyer à l’examen").click()
    expect(form).to_contain_text("Votre pratique est envoyée")
    draft = member.url
    drain()

    facilitator = open_context(world.users["facilitator"])
    facilitator.goto("/bonnes-pratiques/a-examiner/")
    main(facilitator).get_by_role("link", name="Un café des langues").first.click()
    main(facilitator).locator("[name=decision][value=changes]").check()
    main(facilitator).locator("[name=comment]").fill("Combien de personnes viennent ?")
    main(facilitator).get_by_role("button", name="Envoyer ma réponse").click()
    expect(main(facilitator)).to_contain_text("Votre demande est envoyée")
    drain()

    member.goto(draft)
    expect(form).to_contain_text("Combien de personnes viennent ?")
    form.get_by_role("link", name="Continuer d’écrire").click()
    form.locator("[name=results]").fill("Vingt personnes chaque semaine.")
    form.get_by_role("button", name="Enregistrer et envoyer à l’examen").click()
    expect(form).to_contain_text("Votre pratique est envoyée")
    drain()

    facilitator.goto("/bonnes-pratiques/a-examiner/")
    main(facilitator).get_by_role("link", name="Un café des langues").first.click()
    main(facilitator).locator("[name=decision][value=publish]").check()
    main(facilitator).locator("[name=level]").first.check()
    main(facilitator).get_by_role("button", name="Envoyer ma réponse").click()
    expect(main(facilitator)).to_contain_text("La pratique est publiée")
    drain()
    visitor = open_context()
    visitor.goto("/bonnes-pratiques/")
    main(visitor).get_by_role("link", name="Un café des langues").click()
    expect(main(visitor)).to_contain_text("Vingt personnes chaque semaine.")


def test_an_editor_publishes_a_text_and_its_file_in_one_screen(open_context, world):
    editor = open_context(world.users["editor"])
    library = world["library"]
    editor.goto(f"/admin/pages/add/library/regulatorytextpage/{library.pk}/")
    editor.locator("[name=title]").fill("Circulaire d’essai")
    editor.locator("[name=text_type]").select_option("circular")
    editor.locator("[name=no_nor_reason]").fill("Texte d’essai")
    editor.locator("[name=document_date]").fill("2026-02-03")
    editor.locator("[name=summary]").fill("Un essai.")
    editor.locator("#id_files-ADD").click()
    editor.locator("#id_files-0-document-chooser .unchosen button").click()
    editor.get_by_role("tab", name="Transférer").click()
    upload = editor.locator(".modal-content form:has(input[type=file])")
    upload.locator("input[type=file]").set_input_files(
        {"name": "essai.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    # The admin names the file after itself, a moment later.
    expect(upload.locator("input[name$=title]")).to_have_value("essai")
    upload.locator("button[type=submit]").click()
    expect(editor.locator("#id_files-0-document-title")).to_contain_text("essai")
    editor.locator("footer [data-w-dropdown-target=toggle]").click()
    editor.locator("[name=action-publish]").click()
    # Which words come depends on whether the draft had just saved itself.
    expect(editor.locator("body")).to_contain_text(
        re.compile(r"Circulaire d’essai\s»\s(créée et|a été)\spubliée")
    )
    drain()
    record = RegulatoryTextPage.objects.get(title="Circulaire d’essai")
    visitor = open_context()
    visitor.goto(record.url)
    expect(main(visitor)).to_contain_text("3 février 2026")
    expect(main(visitor).get_by_role("link", name="essai")).to_be_visible()


def test_search_leads_to_a_result_by_the_keyboard_alone(page, searchable):
    page.goto("/")

    def press_tab_until(condition, most=40):
        for _step in range(most):
            page.keyboard.press("Tab")
            if page.evaluate(
                f"(() => {{ const a = document.activeElement; return {condition} }})()"
            ):
                return
        pytest.fail(f"No Tab leads to {condition}")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    press_tab_until("a.name === 'q'")
    page.keyboard.type(word("texte", "public"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/**")
    press_tab_until(
        f"a.tagName === 'A' && a.textContent.includes('{word('texte', 'public')}')", 80
    )
    seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert seen != "none"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(word("texte", "public"))
