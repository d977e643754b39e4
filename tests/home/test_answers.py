"""The page that answers: what it holds, in which order, for whom."""

import pytest
from django.utils.html import strip_tags

from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.models import ContactPoint, Organization
from network_site.taxonomies.models import Territory
from tests.events.factories import make_event
from tests.forums.factories import make_forum, make_thread
from tests.good_practices.factories import (
    make_practice,
    make_territories,
    make_theme,
    restrict,
)
from tests.library.factories import make_library, make_study, make_text


@pytest.fixture
def library(home_page):
    ensure_site()
    return make_library(home_page)


def words_of(client, path, **query):
    """The words of the page's content, in their order."""
    response = client.get(path, query)
    assert response.status_code == 200
    html = response.content.decode()
    html = html[html.index("<main") : html.index("</main>")]
    return " ".join(strip_tags(html.replace("<", " <")).replace("&#x27;", "'").split())


def in_order(text, *pieces):
    places = [text.index(piece) for piece in pieces]
    return places == sorted(places)


def test_texts_in_force_come_first_and_a_repealed_one_says_so(library, client):
    theme = make_theme("Hébergement")
    make_text(library, title="Circulaire ancienne", themes=[theme], status="repealed")
    make_text(library, title="Décret en vigueur", themes=[theme], status="in_force")
    make_text(library, title="Note jamais vérifiée", themes=[theme])
    make_study(library, title="Étude de terrain", themes=[theme])
    text = words_of(client, theme.get_absolute_url())
    assert in_order(
        text,
        *["En vigueur", "Décret en vigueur", "Note jamais vérifiée"],
        *["Ne sont plus en vigueur", "Circulaire ancienne"],
        "Étude de terrain",
    )


def test_practices_go_from_the_place_outwards_with_the_reason(library, client):
    region, department, commune = make_territories()
    theme = make_theme("Médiation")
    far = Territory.objects.create(
        kind="commune", insee_code="13055", name="Marseille", slug="marseille-13"
    )
    for title, place in (
        ("Ailleurs loin", far),
        ("Dans la région", region),
        ("Dans la ville", commune),
        ("Dans le département", department),
    ):
        make_practice(title, themes=[theme], territories=[place])
    text = words_of(client, commune.get_absolute_url())
    assert in_order(
        text,
        *["Châteauroux, Indre Dans la ville", "Tout près : Indre Dans le département"],
        *["Tout près : Centre-Val de Loire Dans la région", "Ailleurs Ailleurs loin"],
    )


def test_words_and_a_place_are_crossed_and_what_is_nearest_is_said(
    library, client, search_index
):
    _region, department, commune = make_territories()
    make_practice("Un atelier de parrainage", territories=[department])
    make_practice("Autre chose", territories=[commune])
    make_text(library, title="Loi sur le parrainage", status="in_force")
    search_index()
    text = words_of(client, "/ici/", quoi="parrainage", ou="chateauroux")
    assert "Aucune pratique sur ce sujet n’est encore racontée dans ce lieu" in text
    assert in_order(text, "Loi sur le parrainage", "Tout près : Indre", "Un atelier")
    assert "Autre chose" not in text


def test_nothing_is_lost_of_what_cannot_be_read(library, client, search_index):
    make_territories()
    for where, said in (
        ("Nulle-Part", "« Nulle-Part » n’est ni une commune"),
        ("36000", "est un code postal : la réponse vaut pour son département, Indre"),
        ("Chateaurou", "comme Châteauroux, Indre"),
        ("x" * 5_000, "n’est ni une commune"),
    ):
        response = client.get("/ici/", {"quoi": "accueil <b>", "ou": where})
        html = response.content.decode().replace("\u00a0", " ")
        assert response.status_code == 200
        assert said in html
        assert 'value="accueil &lt;b&gt;"' in html
    assert words_of(client, "/ici/").endswith("à qui écrire.")
    assert client.get("/ici/", {"quoi": "\x00", "ou": "\x00"}).status_code == 200


def test_what_is_kept_for_others_is_neither_shown_nor_counted(
    library, client, client_for, make_user, search_index
):
    theme = make_theme("Langue")
    kept = make_practice("Atelier réservé", themes=[theme])
    restrict(kept, roles.group_of(roles.MEMBERS))
    make_thread(make_forum(), make_user(None, roles.MEMBERS), title="Atelier ouvert ?")
    search_index()
    member = make_user(None, roles.MEMBERS, status=MembershipStatus.APPROVED)
    for path, query in (
        (theme.get_absolute_url(), {}),
        ("/ici/", {"quoi": "réservé"}),
    ):
        assert "Atelier réservé" not in words_of(client, path, **query)
        assert "Atelier réservé" in words_of(client_for(member), path, **query)


def _body(name, **fields):
    return Organization.objects.create(
        name=name, slug=name.lower().replace(" ", "-"), kind="association", **fields
    )


def test_whom_to_write_to_is_never_a_body_that_is_gone(library, client, search_index):
    theme = make_theme("Logement")
    living = _body("Maison du logement", contact_email="maison@exemple.fr")
    gone = _body(
        "Office du logement", contact_email="office@exemple.fr", dissolved="2011"
    )
    for body in (living, gone):
        body.themes.add(theme)
        body.save()
        point = ContactPoint.objects.create(
            label=f"Accueil de {body.name}", email=body.contact_email, organization=body
        )
        point.themes.add(theme)
    search_index()
    text = words_of(client, "/ici/", quoi="logement")
    assert "maison@exemple.fr" in text
    assert "office@exemple.fr" not in text
    assert "N’existe plus (2011)" in text.replace("\u00a0", " ")


def test_a_member_reads_whom_to_write_to_by_the_relay(
    library, client, client_for, make_user
):
    *_, commune = make_territories()
    there = make_user(
        None, roles.MEMBERS, status=MembershipStatus.APPROVED, first_name="Léa"
    )
    there.profile.territory = commune
    there.profile.territory_visibility = FieldVisibility.MEMBERS
    there.profile.sheet_visibility = FieldVisibility.MEMBERS
    there.profile.save()
    reader = make_user(None, roles.MEMBERS, status=MembershipStatus.APPROVED)
    address = f"/annuaire/membres/{there.profile.pk}/ecrire/"
    page = client_for(reader).get(commune.get_absolute_url()).content.decode()
    assert address in page
    assert address not in client.get(commune.get_absolute_url()).content.decode()
    there.profile.accepts_contact = False
    there.profile.save()
    page = client_for(reader).get(commune.get_absolute_url()).content.decode()
    assert address not in page


def test_the_next_day_and_an_open_question_are_there(
    library, client, make_user, search_index
):
    make_event("Journée du parrainage")
    make_thread(
        make_forum(),
        make_user(None, roles.MEMBERS),
        title="Qui finance le parrainage ?",
    )
    search_index()
    text = words_of(client, "/ici/", quoi="parrainage")
    assert "Journée du parrainage" in text
    assert "Qui finance le parrainage ?" in text
    # Where nothing is known, the way to ask is there with its words.
    page = client.get("/ici/", {"quoi": "zzzz"}).content.decode()
    assert "titre=Zzzz" in page


def test_the_page_reads_in_english_under_its_own_address(library, client):
    text = words_of(client, "/en/ici/", ou="Nowhere-at-all")
    assert "the answer is for the whole country" in text


def test_who_waits_for_admission_is_not_offered_what_they_may_not_do(
    library, pending_client, client, make_user
):
    *_, commune = make_territories()
    there = make_user(None, roles.MEMBERS, status=MembershipStatus.APPROVED)
    there.profile.territory = commune
    there.profile.territory_visibility = FieldVisibility.EVERYONE
    there.profile.sheet_visibility = FieldVisibility.EVERYONE
    there.profile.save()
    address = f"/annuaire/membres/{there.profile.pk}/ecrire/"
    assert address in client.get(commune.get_absolute_url()).content.decode()
    assert (
        address not in pending_client.get(commune.get_absolute_url()).content.decode()
    )
