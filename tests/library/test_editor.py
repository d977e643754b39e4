"""The back office: one screen for a text, what is asked at publication, the statuses."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from library.models import (
    LegalStatusEntry,
    LibraryIndexPage,
    LibrarySectionPage,
    RegulatoryTextPage,
    StudyPage,
)
from library.services import create_record, publish_record
from tests.library.factories import make_document, make_text

INLINES = [
    "files",
    "theme_links",
    "territory_links",
    "target_group_links",
    "ground_links",
    "programme_links",
    "related_links",
    "comments",
]


def _form(**fields):
    data = {
        "title": "Circulaire relative aux adultes-relais",
        "slug": "circulaire-adultes-relais",
        "text_type": "circular",
        "date_precision": "day",
        "lang": "fr",
        **{name: inline_formset([]) for name in INLINES},
        **fields,
    }
    return nested_form_data(data)


def _create(client, library, **fields):
    return client.post(
        f"/admin/pages/add/library/regulatorytextpage/{library.pk}/", _form(**fields)
    )


def test_a_circular_is_not_published_without_a_nor_or_a_reason(admin_client, library):
    response = _create(admin_client, library, **{"action-publish": "1"})
    assert response.status_code == 200
    assert "Indiquez le NOR de la circulaire" in response.content.decode()
    assert not RegulatoryTextPage.objects.exists()


def test_a_draft_of_a_circular_is_kept_without_a_nor(admin_client, library):
    _create(admin_client, library)
    page = RegulatoryTextPage.objects.get()
    assert not page.live
    assert page.nature == "circular"
    with pytest.raises(ValidationError):
        publish_record(page=page)


@pytest.mark.parametrize(
    "fields", [{"nor": "abcd1026518c"}, {"no_nor_reason": "Note non publiée"}]
)
def test_a_circular_is_published_with_a_nor_or_a_reason(admin_client, library, fields):
    _create(admin_client, library, **fields, **{"action-publish": "1"})
    page = RegulatoryTextPage.objects.get()
    assert page.live
    assert page.nor == fields.get("nor", "").upper()


def test_a_nor_has_its_form(admin_client, library):
    response = _create(admin_client, library, nor="12345", **{"action-publish": "1"})
    assert "Un NOR compte quatre lettres" in response.content.decode()


def test_a_known_nor_names_and_links_the_record_that_bears_it(admin_client, library):
    known = make_text(library, title="La première", nor="ABCD1026518C")
    response = _create(
        admin_client, library, nor="ABCD1026518C", **{"action-publish": "1"}
    )
    body = response.content.decode()
    assert "La première" in body
    assert f'href="/admin/pages/{known.pk}/edit/"' in body
    assert RegulatoryTextPage.objects.count() == 1


def test_a_known_number_warns_but_does_not_stop(admin_client, library):
    known = make_text(library, title="La première", reference="2006-396")
    response = _create(
        admin_client,
        library,
        text_type="law",
        reference="2006-396",
        **{"action-publish": "1"},
    )
    assert response.status_code == 302
    assert RegulatoryTextPage.objects.count() == 2
    body = admin_client.get(response["Location"]).content.decode()
    assert "La première" in body
    assert f"/admin/pages/{known.pk}/edit/" in body


def test_a_record_published_in_one_screen_with_its_file_is_open(
    admin_client, client, library
):
    document = make_document(title="Le texte")
    _create(
        admin_client,
        library,
        nor="ABCD1026518C",
        document_date="2009-03-05",
        files=inline_formset([{"document": document.pk, "label": "Texte signé"}]),
        **{"action-publish": "1"},
    )
    body = client.get("/bibliotheque/circulaire-adultes-relais/").content.decode()
    assert "Circulaire du 5 mars 2009" in body
    assert "Texte signé" in body


def test_the_editor_opens_for_every_page_type(admin_client, library):
    for name in ("regulatorytextpage", "studypage"):
        response = admin_client.get(f"/admin/pages/add/library/{name}/{library.pk}/")
        assert response.status_code == 200
    page = make_text(library)
    assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_a_scan_is_pointed_out_to_the_curator(admin_client, library):
    document = make_document(title="Scan", text_state="no_text")
    page = make_text(library, files=[document])
    body = admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "il s’agit sans doute d’une numérisation" in body


def test_the_status_has_a_form_of_its_own_and_keeps_its_history(
    admin_client, administrator, library
):
    page = make_text(library, status="in_force")
    response = admin_client.get(f"/admin/legal_statuses/new/?page={page.pk}")
    assert page.title in response.content.decode()
    response = admin_client.post(
        "/admin/legal_statuses/new/",
        {
            "page": page.pk,
            "status": "repealed",
            "effective_on": "2011-05-01",
            "note": "",
            "checked_on": "2026-11-04",
            "checked_by": "le service juridique",
        },
    )
    assert response.status_code == 302
    assert page.current_status.status == "repealed"
    assert page.current_status.recorded_by == administrator
    assert LegalStatusEntry.objects.filter(page=page).count() == 2


def test_publishing_an_older_draft_leaves_the_status(library):
    page = create_record(parent=library, title="Loi", text_type="law")
    publish_record(page=page)
    older = page.latest_revision
    from library.services import set_legal_status

    set_legal_status(page=page, status="repealed")
    older.publish()
    assert page.current_status.status == "repealed"


def test_the_lists_of_the_back_office_open(admin_client, library):
    make_text(library, title="Une loi", reference="2006-396", status="repealed")
    for path in ("texts", "studies", "legal_statuses", "provisions"):
        assert admin_client.get(f"/admin/{path}/").status_code == 200, path
    body = admin_client.get("/admin/texts/").content.decode()
    assert "2006-396" in body
    assert "Abrogé" in body
    assert admin_client.get("/admin/texts/?text_type=law&q=").status_code == 200


def test_a_file_too_big_is_refused_in_plain_words(admin_client, db, settings):
    from network_site.media.models import SiteDocument

    big = SimpleUploadedFile("gros.pdf", b"0" * (20 * 1024 * 1024 + 1))
    response = admin_client.post(
        "/admin/documents/add/", {"title": "Gros", "file": big}
    )
    assert response.status_code == 200
    assert "20,0" in response.content.decode()
    assert not SiteDocument.objects.exists()


class TestPageTypes(WagtailPageTestCase):
    def test_what_may_be_filed_under_what(self):
        self.assertAllowedSubpageTypes(
            LibraryIndexPage, {LibrarySectionPage, RegulatoryTextPage, StudyPage}
        )
        for model in (RegulatoryTextPage, StudyPage):
            self.assertAllowedParentPageTypes(
                model, {LibraryIndexPage, LibrarySectionPage}
            )
            self.assertAllowedSubpageTypes(model, set())
        assert not self._creatable_records()

    def _creatable_records(self):
        return [
            model
            for model in Page.__subclasses__()
            if model.__name__ == "RecordPage" and model.is_creatable
        ]
