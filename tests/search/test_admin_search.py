"""The admin's own search and choosers answer from the site's index."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Page

from network_site.core.outbox import drain
from network_site.pages.models import StandardPage
from tests.search.factories import make_page

pytestmark = pytest.mark.django_db


def titles(response):
    return response.content.decode()


def test_the_admin_finds_pages_by_their_beginning(
    admin_client, home_page, search_index
):
    make_page("Cartographie des acteurs")
    drain()
    html = titles(admin_client.get("/admin/pages/search/", {"q": "carto"}))
    assert "Cartographie des acteurs" in html


def test_the_admin_finds_drafts_that_the_public_does_not(
    admin_client, client, home_page, search_index
):
    make_page("Cartographie en cours", live=False)
    drain()
    assert "Cartographie en cours" in titles(
        admin_client.get("/admin/pages/search/", {"q": "cartographie"})
    )
    assert client.get("/recherche/?q=cartographie").context["answer"].total == 0


def test_the_chooser_finds_pages_without_their_accents(
    admin_client, home_page, search_index
):
    make_page("Égalité des chances")
    drain()
    response = admin_client.get("/admin/choose-page/search/", {"q": "egalite"})
    assert "Égalité des chances" in titles(response)


def test_the_chooser_finds_a_text_by_its_day_however_it_is_typed(
    admin_client, home_page, search_index
):
    make_page("Loi du 31 mars 2018")
    make_page("Loi du 31 mars 2006")
    make_page("3 3 3 3")
    make_page("Décret du 3 mars 2018")
    make_page("Arrêté du 1er juillet 2013")
    drain()

    def first_of(typed):
        found = admin_client.get("/admin/choose-page/search/", {"q": typed})
        return found.context["pages"][0].title

    for typed in (
        *("3 mars 2018", "03 mars 2018", "03/03/2018", "3.3.2018", "3-03-2018"),
        *("du 3 mars 201", "3 mars"),
    ):
        assert first_of(typed) == "Décret du 3 mars 2018", typed
    for typed in ("1 juillet 2013", "01/07/2013", "1er juil", "1 juil"):
        assert first_of(typed) == "Arrêté du 1er juillet 2013", typed
    assert first_of("31 mars").startswith("Loi du 31")


def test_the_explorer_narrows_a_branch(admin_client, home_page, search_index):
    parent = make_page("Branche")
    make_page("Feuille de la branche", parent=parent)
    make_page("Feuille d’ailleurs")
    drain()
    html = titles(admin_client.get(f"/admin/pages/{parent.pk}/", {"q": "feuille"}))
    assert "Feuille de la branche" in html


def test_documents_are_found_once_saved(admin_client, search_index):
    get_document_model().objects.create(
        title="Convention cadre", file=ContentFile(b"texte", name="convention.txt")
    )
    drain()
    html = titles(admin_client.get("/admin/documents/", {"q": "convention"}))
    assert "Convention cadre" in html


def test_a_filter_of_the_queryset_is_never_forgotten(home_page, search_index):
    make_page("Fiche un")
    hidden = make_page("Fiche deux", live=False)
    drain()
    found = Page.objects.live().search("fiche")
    assert [page.title for page in found] == ["Fiche un"]
    assert found.count() == 1
    assert hidden.pk in {page.pk for page in StandardPage.objects.search("fiche")}


def test_wagtails_own_command_leaves_the_public_parts(client, home_page, search_index):
    from django.core.management import call_command

    make_page("Fiche un")
    drain()
    call_command("update_index", verbosity=0)
    assert client.get("/recherche/?q=fiche").context["answer"].total == 1
    assert Page.objects.search("fiche").count() == 1


def test_without_an_index_the_admin_lists_and_finds_nothing(
    admin_client, home_page, index_dir
):
    make_page("Fiche un")
    assert admin_client.get("/admin/pages/search/", {"q": "fiche"}).status_code == 200
    assert admin_client.get(f"/admin/pages/{home_page.pk}/").status_code == 200
