"""A member is known as they wish: a portrait cropped by the keyboard, a sheet seen as others do."""

import io
from pathlib import Path

import axe_playwright_python
import pytest
from PIL import Image
from playwright.sync_api import expect

from network_site.members.models import Profile

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(120),
    pytest.mark.django_db(transaction=True),
]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photograph():
    """Red on the left, blue on the right: where the frame stands shows in its colours."""
    image = Image.new("RGB", (600, 400), "#b1351b")
    image.paste("#1c5673", (300, 0, 600, 400))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return {"name": "moi.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def faults(page):
    page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", {"runOnly": STANDARDS})[
        "violations"
    ]
    return [
        f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]
    ]


def test_a_portrait_is_cropped_by_the_keyboard_then_seen_as_others_see_it(
    open_context, home_page, member
):
    page = open_context(member)
    page.goto("/adhesion/ma-fiche/")
    assert faults(page) == []
    page.get_by_role("link", name="Ajouter un portrait").click()
    page.get_by_label("Photographie").set_input_files(photograph())
    page.get_by_role("button", name="Envoyer, puis cadrer").click()

    frame = page.get_by_role("application")
    expect(frame).to_be_visible()
    assert faults(page) == []
    frame.focus()
    # As far left as it goes, and twice as near.
    for key in ["+"] * 20 + ["Shift+ArrowLeft"] * 5:
        page.keyboard.press(key)
    expect(page.locator(".crop-frame .edge")).to_have_attribute("width", "200")
    expect(page.locator(".crop-frame .edge")).to_have_attribute("x", "0")
    expect(page.locator("[data-crop-status]")).to_contain_text(
        "agrandi à 200 pour cent"
    )
    # The slider takes the keyboard as well, and the frame follows it.
    page.get_by_label("De haut en bas").focus()
    page.keyboard.press("Home")
    expect(page.locator(".crop-frame .edge")).to_have_attribute("y", "0")
    page.get_by_role("button", name="Le mettre sur ma fiche").press("Enter")
    expect(page.locator("main")).to_contain_text("Votre portrait est sur votre fiche.")

    page.locator("select[name=portrait_visibility]").select_option("2")
    page.locator("select[name=sheet_visibility]").select_option("3")
    page.locator("select[name=job_title_visibility]").select_option("3")
    page.get_by_label("Organisme", exact=False).first.fill("Mairie d’Exemple")
    page.get_by_label("Fonction").first.fill("Médiatrice")
    page.get_by_role("button", name="Enregistrer ma fiche").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(member.get_full_name())
    portrait = page.locator(".person-h img")
    expect(portrait).to_have_js_property("complete", value=True)
    assert portrait.evaluate("image => image.naturalWidth") == 512

    page.get_by_role("link", name="Tout le monde", exact=True).click()
    expect(page.locator(".person-h img")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Médiatrice")
    expect(page.locator("main")).not_to_contain_text("Mairie d’Exemple")
    assert faults(page) == []
    page.get_by_role("link", name="Membres", exact=True).last.click()
    expect(page.locator(".person-h img")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("Mairie d’Exemple")

    visitor = open_context()
    visitor.goto(Profile.objects.get(user=member).get_absolute_url())
    expect(visitor.locator("main")).to_contain_text("Médiatrice")
    expect(visitor.locator(".person-h img")).to_have_count(0)


def test_without_script_the_frame_is_chosen_with_sliders_and_previewed(
    open_context, home_page, member
):
    page = open_context(member, width=390, java_script_enabled=False)
    page.goto("/adhesion/ma-fiche/portrait/")
    page.get_by_label("Photographie").set_input_files(photograph())
    page.get_by_role("button", name="Envoyer, puis cadrer").click()
    page.get_by_label("De gauche à droite").focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="Voir ce cadrage").click()
    edge = page.locator(".crop-frame .edge")
    expect(edge).to_have_attribute("x", "200")
    expect(edge).to_have_attribute("width", "400")
    page.get_by_role("button", name="Le mettre sur ma fiche").click()
    expect(page.locator("main")).to_contain_text("Votre portrait est sur votre fiche.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
