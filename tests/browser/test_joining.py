"""Joining through a colleague, and the queue of requests without a mouse."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from network_site.core.outbox import drain
from network_site.journal.models import Entry
from network_site.members import roles
from network_site.members.enums import AdmissionRoute, MembershipStatus
from network_site.members.models import EmailDomain, Organization, Profile

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.django_db(transaction=True),
]
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
LINK = re.compile(r"/adhesion/parrainage/\S+/")


def main(page):
    return page.locator("main")


def letter_to(email):
    return [one for one in mail.outbox if one.to == [email]][-1]


def test_a_colleague_answers_for_somebody_who_asks_to_join(
    open_context, make_user, home_page
):
    member = make_user(
        "membre@exemple.fr", roles.MEMBERS, status=MembershipStatus.APPROVED
    )
    Organization.objects.create(
        name="Ville d’Évreux", slug="evreux", kind="municipality"
    )
    page = open_context(width=390)
    page.goto("/comptes/signup/")
    form = main(page)
    form.locator("[name=email]").fill("nadege@mairie.example")
    form.locator("[name=first_name]").fill("Nadège")
    form.locator("[name=last_name]").fill("Roux")
    body = form.get_by_role("combobox", name="Organisme")
    body.press_sequentially("evreu")
    expect(form.get_by_role("option").first).to_have_text("Ville d’Évreux")
    body.press("ArrowDown")
    expect(form.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    body.press("Enter")
    expect(body).to_have_value("Ville d’Évreux")
    form.locator("[name=job_title]").fill("Chargée de mission")
    form.locator("[name=sponsor_email]").fill(member.email)
    form.locator("[name=password1]").fill("une-phrase-assez-longue")
    form.get_by_role("button", name="Envoyer ma demande").click()
    # The address was not the right one.
    form.get_by_role("button", name="Donner une autre adresse").click()
    expect(body).to_have_value("Ville d’Évreux")
    form.locator("[name=email]").fill("nadege.roux@mairie.example")
    form.locator("[name=password1]").fill("une-phrase-assez-longue")
    form.get_by_role("button", name="Envoyer ma demande").click()
    expect(form).to_contain_text("nadege.roux@mairie.example")
    code = CODE.search(letter_to("nadege.roux@mairie.example").body).group()
    form.locator("[name=code]").fill(code)
    form.get_by_role("button", name="Confirmer").click()
    form.get_by_role("button", name="Passer").click()
    expect(form).to_contain_text("Où en est votre demande")
    expect(form).to_contain_text(member.email)
    drain()

    colleague = open_context(java_script_enabled=False)
    colleague.goto(LINK.search(letter_to(member.email).body).group())
    assert "Nadège Roux" in main(colleague).inner_text()
    main(colleague).locator("[name=comment]").fill("Nous travaillons ensemble.")
    main(colleague).get_by_role("button", name="Oui, je réponds").click()
    assert "fait maintenant partie du réseau" in main(colleague).inner_text()
    drain()

    page.goto("/adhesion/")
    expect(form).to_contain_text("Vous êtes membre du réseau")
    assert Profile.objects.get(user__email="nadege.roux@mairie.example").admission_route
    assert Entry.objects.filter(actor=member).count() == 2


def test_a_facilitator_answers_the_queue_with_the_keyboard_alone(
    open_context, make_user, home_page
):
    facilitator = make_user(
        "animation@exemple.fr",
        roles.MEMBERS,
        roles.FACILITATORS,
        status=MembershipStatus.APPROVED,
    )
    first, second = (
        make_user(
            f"{name.lower()}@mairie.example",
            status=MembershipStatus.PENDING,
            first_name=name,
            last_name="Roux",
        )
        for name in ("Ali", "Bea")
    )
    page = open_context(facilitator)
    page.goto("/adhesion/demandes/")
    box = main(page).locator(f"#reason-{first.profile.pk}")

    def walk_to(target):
        """Press Tab, as a person without a mouse, until `target` has the focus."""
        for _step in range(60):
            if target.evaluate("one => one === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError("the keyboard never got there")

    walk_to(box)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    # Refused without a reason: the page says so, and the field is first to hand.
    page.keyboard.press("Enter")
    reason = main(page).locator("[name=reason]")
    expect(main(page).get_by_role("alert")).to_contain_text("Dites pourquoi")
    walk_to(reason)
    page.keyboard.type("Dites-nous votre service.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(main(page)).to_contain_text("La demande de Ali Roux est refusée")
    walk_to(main(page).get_by_role("button", name="Admettre Bea Roux"))
    page.keyboard.press("Enter")
    expect(main(page)).to_contain_text("Bea Roux fait maintenant partie du réseau")
    drain()
    assert "Dites-nous votre service." in letter_to(first.email).body
    assert second.groups.filter(role__code=roles.MEMBERS).exists()


def test_the_address_of_a_known_employer_admits_at_once(open_context, home_page):
    body = Organization.objects.create(
        name="Mairie de Testville", slug="testville", kind="municipality"
    )
    EmailDomain.objects.create(domain="testville.example", organization=body)
    page = open_context()
    page.goto("/comptes/signup/")
    form = main(page)
    form.locator("[name=email]").fill("nadege@social.testville.example")
    form.locator("[name=first_name]").fill("Nadège")
    form.locator("[name=last_name]").fill("Roux")
    form.locator("[name=organization_name]").fill("Ma mairie")
    form.locator("[name=job_title]").fill("Chargée de mission")
    form.locator("[name=password1]").fill("une-phrase-assez-longue")
    form.get_by_role("button", name="Envoyer ma demande").click()
    expect(form.locator("[name=code]")).to_be_visible()
    code = CODE.search(letter_to("nadege@social.testville.example").body).group()
    form.locator("[name=code]").fill(code)
    form.get_by_role("button", name="Confirmer").click()
    expect(page).to_have_url(re.compile("/notifications/bienvenue/"))
    profile = Profile.objects.get(user__email="nadege@social.testville.example")
    assert profile.status == MembershipStatus.APPROVED
    assert profile.admission_route == AdmissionRoute.DOMAIN
    page.goto("/discussions/nouvelle/")
    expect(form.locator("[name=title]")).to_be_visible()
