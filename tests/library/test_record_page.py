import datetime
import re

import pytest

from library.models import Provision
from library.services import create_record, publish_record, set_legal_status
from tests.library.factories import (
    make_document,
    make_study,
    make_text,
    make_theme,
)


def _page(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_text_shows_where_it_stands_and_who_checked(client, library):
    page = make_text(library, title="Loi pour l’égalité", reference="2006-396")
    body = _page(client, page)
    assert "Loi n°\u00a02006-396 du 31 mars 2006" in body
    assert "Statut juridique non vérifié" in body
    assert "Personne n’a encore vérifié" in body
    set_legal_status(
        page=page,
        status="modified",
        checked_on=datetime.date(2026, 11, 4),
        checked_by="le centre de ressources",
    )
    body = _page(client, page)
    assert "en vigueur, modifié depuis" in body
    assert "Vérifié le 4 novembre 2026 par le centre de ressources." in body


def test_a_status_without_a_check_says_so(client, library):
    page = make_text(library, status="repealed")
    assert "Ce statut n’a pas été vérifié" in _page(client, page)


def test_a_replaced_text_leads_to_the_current_one_before_anything_else(client, library):
    first = make_text(library, title="Édition 2019")
    second = make_text(library, title="Édition 2021", replaces=[first])
    third = make_text(library, title="Édition 2024", replaces=[second])
    body = _page(client, first)
    assert "Ce texte a été remplacé" in body
    assert body.index(third.get_url()) < body.index("<h1")
    assert "Ce texte a été remplacé" not in _page(client, third)


def test_two_texts_that_replace_each_other_do_not_hang_the_page(client, library):
    first = make_text(library, title="Un")
    second = make_text(library, title="Deux", replaces=[first])
    second_page = second
    from network_site.pages.models import RelatedPage

    RelatedPage.objects.create(page=first, target=second_page, kind="replaces")
    assert "Deux" in _page(client, first)


def test_relations_read_both_ways_and_hide_what_is_kept(client, library, restrict):
    law = make_text(library, title="La loi")
    decree = create_record(
        parent=library,
        title="Le décret",
        text_type="decree",
        related=[(law, "implements")],
    )
    publish_record(page=decree)
    kept = create_record(
        parent=library,
        title="La note interne",
        text_type="law",
        related=[(law, "cites")],
    )
    publish_record(page=kept)
    restrict(kept)
    body = _page(client, law)
    assert "Le décret" in body
    assert "La note interne" not in body
    assert "La loi" in _page(client, decree)


def test_what_the_source_does_not_say_is_shown_as_not_stated(client, library):
    assert "non précisé" in _page(client, make_study(library, document_date=None))


def test_provisions_stand_in_a_table_with_the_day_of_the_check(client, library):
    page = make_text(library)
    Provision.objects.create(
        page=page,
        article="Art. 45",
        subject="Épreuves de discrimination",
        status="in_force",
        checked_on=datetime.date(2026, 11, 4),
    )
    body = _page(client, page)
    assert "État au 4 novembre 2026." in body
    assert "Art. 45" in body


def test_the_note_is_rendered_once_and_carries_no_markup_of_its_own(client, library):
    page = make_text(
        library, body="## Ce qui change\n\n<script>alert(1)</script> *oui*"
    )
    assert '<h2 id="s1">Ce qui change</h2>' in page.body_html
    body = _page(client, page)
    assert "<script>alert" not in body
    assert '<a href="#s1">Ce qui change</a>' in body


def test_a_restricted_record_is_refused_with_its_exports(
    client, member_client, library, restrict
):
    page = make_text(library)
    restrict(page)
    for url in (
        f"/bibliotheque/notice/{page.pk}/",
        f"/bibliotheque/citation/{page.pk}.bib",
        f"/bibliotheque/citation/{page.pk}.ris",
        f"/bibliotheque/citation/{page.pk}.json",
    ):
        assert client.get(url).status_code == 404, url
    assert client.get(page.get_url()).status_code in {302, 403, 404}
    assert member_client.get(page.get_url()).status_code == 200
    assert member_client.get(f"/bibliotheque/citation/{page.pk}.bib").status_code == 200


def test_the_permanent_link_follows_the_page(client, library):
    page = make_text(library)
    page.slug = "autre-adresse"
    page.save()
    response = client.get(f"/bibliotheque/notice/{page.pk}/")
    assert response["Location"] == "/bibliotheque/autre-adresse/"


def test_the_head_carries_what_zotero_reads(client, library):
    page = make_text(library, title="Loi pour l’égalité", reference="2006-396")
    body = _page(client, page)
    assert '<meta name="citation_publication_date" content="2006/03/31">' in body
    assert '<meta name="DC.type" content="statute">' in body


def test_a_page_costs_the_same_with_many_links(
    member_client, library, assert_constant_queries
):
    law = make_text(library, title="La loi")

    def link(count):
        from network_site.pages.models import RelatedPage

        for _number in range(count):
            other = make_text(library)
            RelatedPage.objects.create(page=other, target=law, kind="cites")

    link(2)
    assert_constant_queries(member_client, law.get_url(), grow=lambda: link(20))


@pytest.mark.parametrize("make", [make_text, make_study])
def test_previews_show_the_page_as_it_will_be(admin_client, library, make):
    page = make(library, title="Brouillon", themes=[make_theme("x", "Thème X")])
    page.title = "Titre nouveau"
    page.save_revision()
    response = admin_client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert "Titre nouveau" in response.content.decode()


def test_files_say_what_they_are(client, library):
    document = make_document("loi.pdf", b"%PDF-1.4", title="Texte consolidé")
    document.page_count, document.text_state = 38, "text"
    document.text_of = document.file.name
    document.save()
    page = make_text(library, files=[document])
    body = _page(client, page)
    assert "Texte consolidé" in body
    assert re.search(r"PDF, 38\spages, \d+\sKo", body)
    assert "Contient du texte" in body
    assert "lecteur d’écran" not in body
