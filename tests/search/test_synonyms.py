"""What the librarians say means the same is found, at once, in both directions or one."""

import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.search import synonyms
from network_site.search.models import Synonym
from network_site.search.services import search
from tests.search.factories import make_page, restrict

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()


@pytest.fixture(autouse=True)
def no_line_remembered():
    synonyms.forget()
    yield
    synonyms.forget()


@pytest.fixture
def content(home_page, search_index):
    make_page("Bilan", "Le contrat urbain de cohésion sociale a dix ans.")
    make_page("Fiche", "Les CUCS et leurs signataires.")
    make_page("Contrat de ville", "Autre chose : urbain, cohésion, sociale, contrat.")
    make_page("Accueil", "Chaque nouvel arrivant reçoit un livret.")
    make_page("Livret", "Les primo-arrivants sont reçus.")
    search_index()


def line(words, **fields):
    row = Synonym.objects.create(words=words, **fields)
    synonyms.forget()
    return row


def titles(text, user=VISITOR):
    return {
        result.item["title"] for result in search(user=user, text=text, size=50).results
    }


def test_an_acronym_and_what_it_stands_for_find_each_other(content):
    assert titles("CUCS") == {"Fiche"}
    line("CUCS, contrat urbain de cohésion sociale")
    assert titles("CUCS") == {"Fiche", "Bilan"}
    assert titles("cucs") == {"Fiche", "Bilan"}
    assert titles("C.U.C.S.") == {"Fiche", "Bilan"}
    assert titles("contrat urbain de cohésion sociale") == {
        "Bilan",
        "Fiche",
        "Contrat de ville",
    }


def test_the_other_words_of_the_question_are_still_required(content):
    line("CUCS, contrat urbain de cohésion sociale")
    assert titles("CUCS signataires") == {"Fiche"}
    assert titles("bilan CUCS") == {"Bilan"}


def test_plurals_and_hyphens_are_understood(content):
    line("primo-arrivant, nouvel arrivant")
    assert titles("primo-arrivants") == {"Accueil", "Livret"}
    assert titles("nouvel arrivant") == {"Accueil", "Livret"}


def test_a_line_may_go_one_way_only(content):
    line("livret, nouvel arrivant", is_one_way=True)
    assert titles("livret") == {"Accueil", "Livret"}
    assert titles("nouvel arrivant") == {"Accueil"}


def test_words_in_quotation_marks_are_taken_as_they_are(content):
    line("CUCS, contrat urbain de cohésion sociale")
    assert titles('"contrat urbain de cohésion sociale"') == {"Bilan"}


def test_the_passage_marks_what_was_found_by_a_synonym(content):
    line("CUCS, contrat urbain de cohésion sociale")
    passages = [
        str(r.item["passage"]) for r in search(user=VISITOR, text="CUCS").results
    ]
    assert any("<mark>urbain</mark>" in passage for passage in passages)


def test_what_was_typed_ranks_above_what_means_the_same(home_page, search_index):
    for number in range(3):
        make_page(f"Page {number}", "Le parrainage des jeunes.")
        make_page(f"Note {number}", "Le mentorat des jeunes.")
    search_index()
    line("parrainage, mentorat")
    found = [r.item["title"][:4] for r in search(user=VISITOR, text="mentorat").results]
    assert found == ["Note"] * 3 + ["Page"] * 3


def test_synonyms_open_nothing_that_is_closed(content, search_index, member):
    restrict(make_page("Secret", "Le CUCS des membres."), roles.MEMBERS)
    search_index()
    line("CUCS, contrat urbain de cohésion sociale")
    assert "Secret" not in titles("contrat urbain de cohésion sociale")
    assert "Secret" in titles("contrat urbain de cohésion sociale", member)


def test_another_process_sees_a_change_within_a_second(content):
    assert titles("CUCS") == {"Fiche"}
    # Written elsewhere: nobody told this process.
    row = Synonym.objects.create(words="CUCS, contrat urbain de cohésion sociale")
    time.sleep(synonyms.FRESH + 0.1)
    assert titles("CUCS") == {"Fiche", "Bilan"}
    Synonym.objects.filter(pk=row.pk).delete()
    time.sleep(synonyms.FRESH + 0.1)
    assert titles("CUCS") == {"Fiche"}


@pytest.mark.parametrize(
    "words", ["", "de, la", ",,,", "CUCS", '"", *', "a" * 400, "x\ty, z"]
)
def test_a_line_that_says_nothing_changes_nothing(content, words):
    line(words)
    assert titles("CUCS") == {"Fiche"}


@pytest.fixture
def editor_client(client_for, make_user, home_page):
    ensure_site()
    return client_for(make_user("redaction@exemple.fr", roles.EDITORS))


ADD = "wagtailsnippets_site_search_synonym:add"


def test_an_editor_writes_a_line_and_the_public_page_follows(
    content, editor_client, client
):
    page = reverse("search")
    assert client.get(page, {"q": "CUCS"}).context["answer"].total == 1
    response = editor_client.post(
        reverse(ADD), {"words": "CUCS,  contrat urbain de cohésion sociale", "note": ""}
    )
    assert response.status_code == 302
    assert Synonym.objects.get().words == "CUCS, contrat urbain de cohésion sociale"
    # The page that was kept is not served again.
    assert "Bilan" in client.get(page, {"q": "CUCS"}).content.decode()


def test_a_line_needs_two_forms(content, editor_client):
    response = editor_client.post(reverse(ADD), {"words": "CUCS, de", "note": ""})
    assert response.status_code == 200
    assert not Synonym.objects.exists()


def test_the_trial_shows_what_moves_and_saves_nothing(content, editor_client):
    form = editor_client.get(reverse(ADD)).content.decode()
    address = reverse("search_admin:try_synonym")
    assert f'formaction="{address}"' in form
    response = editor_client.post(
        address,
        {"words": "CUCS, contrat urbain de cohésion sociale", "question": "CUCS"},
    )
    before, after = response.context["before"], response.context["after"]
    assert [row.title for row in before.rows] == ["Fiche"]
    assert {row.title: row.is_new for row in after.rows} == {
        "Fiche": False,
        "Bilan": True,
    }
    assert (before.total, after.total) == (1, 2)
    assert not Synonym.objects.exists()
    assert titles("CUCS") == {"Fiche"}


def test_the_trial_of_a_saved_line_leaves_it_out_of_before_or_not(
    content, editor_client
):
    row = line("CUCS, contrat urbain de cohésion sociale")
    response = editor_client.post(
        reverse("search_admin:try_synonym"),
        {"words": "", "question": "CUCS", "line": row.pk},
    )
    assert response.context["before"].total == 2
    assert response.context["after"].total == 1


@pytest.mark.parametrize(
    "data", [{}, {"words": "x" * 900}, {"line": "abc"}, {"question": "\x00"}]
)
def test_a_trial_of_nonsense_is_no_error(content, editor_client, data):
    response = editor_client.post(reverse("search_admin:try_synonym"), data)
    assert response.status_code == 200


def test_only_who_keeps_the_lines_tries_them(
    content, client_for, make_user, member, client
):
    ensure_site()
    address = reverse("search_admin:try_synonym")
    assert client.post(address).status_code == 302
    for user in (member, make_user("autre@exemple.fr", roles.CONTRIBUTORS)):
        response = client_for(user).post(address, {"words": "a, b"})
        assert response.status_code in (302, 403)
        assert (
            response.status_code == 403
            or "login" in response["Location"]
            or (response["Location"] in ("/admin/", "/"))
        )
