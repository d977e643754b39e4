"""What is kept for visitors is gone at the first change of content or of rights."""

from wagtail.models import PageViewRestriction

from library.services import set_legal_status
from tests.library.factories import make_document, make_study, make_text

URL = "/bibliotheque/"


def test_a_second_reading_costs_fewer_queries(
    client, library, django_assert_max_num_queries
):
    make_text(library, title="La loi")
    assert "La loi" in client.get(URL).content.decode()
    with django_assert_max_num_queries(14):
        assert "La loi" in client.get(URL).content.decode()


def test_a_publication_a_status_and_a_restriction_show_at_once(
    client, library, restrict
):
    page = make_text(library, title="La loi")
    assert "La loi" in client.get(URL).content.decode()
    make_text(library, title="Le décret")
    assert "Le décret" in client.get(URL).content.decode()
    assert "Abrogé" not in client.get(URL).content.decode()
    set_legal_status(page=page, status="repealed")
    assert "Abrogé" in client.get(URL).content.decode()
    assert "Ce texte est abrogé" in client.get(page.get_url()).content.decode()
    restrict(page)
    assert "La loi" not in client.get(URL).content.decode()
    PageViewRestriction.objects.all().delete()
    assert "La loi" in client.get(URL).content.decode()


def test_nothing_of_a_member_is_kept_for_a_visitor(
    client, member_client, library, restrict
):
    restrict(make_text(library, title="Note interne"))
    assert "Note interne" in member_client.get(URL).content.decode()
    assert "Note interne" not in client.get(URL).content.decode()
    assert "Note interne" in member_client.get(URL).content.decode()


def test_the_two_languages_are_kept_apart(client, library):
    make_text(library)
    assert "1 fiche" in client.get(URL).content.decode()
    assert "1 record" in client.get("/en/bibliotheque/").content.decode()


def test_a_file_whose_collection_closes_is_gone_at_once(client, library):
    from wagtail.models import Collection, CollectionViewRestriction

    collection = Collection.get_first_root_node().add_child(name="Dossier")
    document = make_document(title="Rapport complet", collection=collection)
    page = make_study(library, files=[document])
    assert "Rapport complet" in client.get(page.get_url()).content.decode()
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert "Rapport complet" not in client.get(page.get_url()).content.decode()
