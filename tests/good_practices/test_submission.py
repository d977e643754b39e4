"""A member's practice, from its first two lines to the catalogue."""

import re
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from good_practices import services
from good_practices.enums import DraftStanding
from good_practices.models import GoodPracticePage, KeptText
from good_practices.standing import standing_of
from network_site.members import roles
from tests.good_practices.factories import (
    form_data,
    make_territories,
    make_theme,
)

SUBMIT = "/bonnes-pratiques/proposer/"


@pytest.fixture
def complete():
    """A complete form, with a place and a theme."""
    _region, department, _commune = make_territories()
    theme = make_theme()
    return form_data(
        department=str(department.pk), commune="Châteauroux", themes=[theme.slug]
    )


@pytest.fixture
def reviewer(make_user):
    return make_user("relecture@exemple.fr", roles.MEMBERS, roles.REVIEWERS)


def begin(client, data, **changes):
    token = changes.pop("form_token", str(uuid.uuid4()))
    return client.post(SUBMIT, data | {"form_token": token} | changes)


def edit_url(page, name="draft_edit"):
    return reverse(f"good_practices:{name}", args=[page.pk])


def the_draft():
    return GoodPracticePage.objects.get()


def save_again(client, page, data, **changes):
    page.refresh_from_db()
    return client.post(
        edit_url(page), data | {"seen_revision": page.latest_revision_id} | changes
    )


def test_a_title_and_a_problem_are_enough_to_begin(member_client):
    response = begin(
        member_client, {"title": "Un début", "context": "Un souci", "do": "save"}
    )
    assert response.status_code == 302
    page = the_draft()
    assert (page.title, page.context, page.live) == ("Un début", "Un souci", False)
    assert standing_of(page).code == DraftStanding.DRAFT
    assert member_client.get(response.url).status_code == 200


def test_the_whole_journey_from_draft_to_catalogue(
    client, member_client, client_for, reviewer, facilitator, complete
):
    begin(member_client, complete, do="send")
    page = the_draft()
    assert standing_of(page).code == DraftStanding.IN_EXAMINATION
    assert {m.to[0] for m in mail.outbox} == {reviewer.email, facilitator.email}
    assert client.get(f"/bonnes-pratiques/{page.slug}/").status_code == 404
    mail.outbox.clear()

    reviewing = client_for(reviewer)
    queue = reviewing.get("/bonnes-pratiques/a-examiner/").content.decode()
    assert page.title in queue
    url = edit_url(page, "review")
    assert page.actions in reviewing.get(url).content.decode()
    assert reviewing.post(url, {"decision": "changes"}).status_code == 200
    reviewing.post(url, {"decision": "changes", "comment": "Combien de familles ?"})
    page = the_draft()
    assert standing_of(page).code == DraftStanding.CHANGES_ASKED
    assert [m.to for m in mail.outbox] == [["membre@exemple.fr"]]
    assert "Combien de familles ?" in mail.outbox[0].body
    mail.outbox.clear()

    shown = member_client.get(edit_url(page)).content.decode()
    assert "Combien de familles ?" in shown
    save_again(
        member_client, page, complete, results="Trente-deux familles.", do="send"
    )
    page = the_draft()
    assert standing_of(page).code == DraftStanding.IN_EXAMINATION
    assert reviewer.email in {m.to[0] for m in mail.outbox}
    mail.outbox.clear()

    reviewing.post(
        url, {"decision": "publish", "level": "examined", "examined_by": "Relecture"}
    )
    page = the_draft()
    assert page.live
    assert page.state.level == "examined"
    assert [m.to for m in mail.outbox] == [["membre@exemple.fr"]]
    text = client.get(page.url).content.decode()
    assert "Trente-deux familles." in text
    assert "Châteauroux, Indre" in text
    assert page.title in client.get("/bonnes-pratiques/").content.decode()


def test_what_the_admin_answers_is_the_same_answer(member_client, reviewer, complete):
    """Both doors lead to the same workflow: the admin's verbs are those of the task."""
    begin(member_client, complete, do="send")
    page = the_draft()
    from django.test import TestCase

    from network_site.core.outbox import drain

    mail.outbox.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.current_workflow_task_state.task.specific.on_action(
            page.current_workflow_task_state, reviewer, "reject", comment="Trop court"
        )
    drain()
    page = the_draft()
    assert standing_of(page).comment == "Trop court"
    assert [m.to for m in mail.outbox] == [["membre@exemple.fr"]]
    assert (
        "Trop court"
        in member_client.get(edit_url(page, "draft_detail")).content.decode()
    )


def test_it_is_not_sent_without_an_obstacle_but_it_is_saved(member_client, complete):
    response = begin(member_client, complete, lessons_learned="", do="send")
    page = the_draft()
    assert standing_of(page).code == DraftStanding.DRAFT
    assert page.actions == complete["actions"]
    shown = member_client.get(response.url).content.decode()
    assert 'href="#id_lessons_learned"' in shown
    assert mail.outbox == []


def test_words_over_the_budget_are_said_when_sending_only(member_client, complete):
    long = "mot " * 60
    begin(member_client, complete, summary=long)
    page = the_draft()
    response = save_again(member_client, page, complete, summary=long, do="send")
    shown = member_client.get(response.url).content.decode()
    assert 'href="#id_summary"' in shown
    assert standing_of(the_draft()).code == DraftStanding.DRAFT


def test_the_same_form_sent_twice_makes_one_practice(member_client, complete):
    token = str(uuid.uuid4())
    begin(member_client, complete, form_token=token, do="send")
    begin(member_client, complete, form_token=token, do="send")
    assert GoodPracticePage.objects.count() == 1
    page = the_draft()
    assert page.workflow_states.count() == 1
    assert len({(m.to[0], m.subject) for m in mail.outbox}) == len(mail.outbox)


def test_another_members_token_does_not_open_their_draft(
    member_client, client_for, make_user, complete
):
    token = str(uuid.uuid4())
    begin(member_client, complete, form_token=token)
    other = client_for(make_user("autre@exemple.fr", roles.MEMBERS))
    response = begin(other, complete, form_token=token)
    mine, theirs = GoodPracticePage.objects.order_by("pk")
    assert str(theirs.pk) in response.url
    assert mine.owner != theirs.owner


def test_a_draft_is_its_authors_alone(
    client,
    member_client,
    client_for,
    make_user,
    reviewer,
    editor,
    contributor,
    complete,
):
    begin(member_client, complete)
    page = the_draft()
    other = make_user("autre@exemple.fr", roles.MEMBERS)
    for user in (other, reviewer, editor, contributor):
        for name in ("draft_detail", "draft_edit", "review", "draft_discard"):
            assert client_for(user).get(edit_url(page, name)).status_code == 404
        assert (
            client_for(user).get(f"/bonnes-pratiques/{page.slug}/").status_code == 404
        )
    for name in ("draft_detail", "draft_edit", "review"):
        assert "/comptes/" in client.get(edit_url(page, name)).url
    assert member_client.get(edit_url(page, "draft_detail")).status_code == 200


def test_once_sent_it_is_read_by_those_who_examine_and_changed_by_nobody(
    member_client, client_for, make_user, reviewer, complete
):
    begin(member_client, complete, do="send")
    page = the_draft()
    assert client_for(reviewer).get(edit_url(page, "draft_detail")).status_code == 200
    other = make_user("autre@exemple.fr", roles.MEMBERS)
    assert client_for(other).get(edit_url(page, "draft_detail")).status_code == 404
    save_again(member_client, page, complete, title="Changé en douce")
    assert the_draft().title == complete["title"]
    member_client.post(edit_url(page, "draft_withdraw"))
    assert standing_of(the_draft()).code == DraftStanding.DRAFT
    save_again(member_client, page, complete, title="Repris")
    assert the_draft().title == "Repris"


def test_nobody_examines_their_own_practice(client_for, reviewer, complete):
    client = client_for(reviewer)
    begin(client, complete, do="send")
    page = the_draft()
    assert services.practices_awaiting(reviewer) == []
    assert client.get(edit_url(page, "review")).status_code == 404


def test_two_answers_at_once_publish_once(
    member_client, client_for, reviewer, facilitator, complete
):
    begin(member_client, complete, do="send")
    page = the_draft()
    for user in (reviewer, facilitator):
        response = client_for(user).post(
            edit_url(page, "review"), {"decision": "publish", "level": "described"}
        )
        assert response.status_code == 302
    assert the_draft().live


def test_two_people_writing_lose_neither_version(member_client, complete):
    begin(member_client, complete)
    page = the_draft()
    seen = page.latest_revision_id
    save_again(member_client, page, complete, results="Version du bureau")
    response = member_client.post(
        edit_url(page),
        complete | {"results": "Version du train", "seen_revision": seen},
    )
    shown = member_client.get(response.url).content.decode()
    assert "Version du bureau" in shown
    assert "Version du train" in shown
    assert the_draft().results == "Version du bureau"
    kept = KeptText.objects.get()
    save_again(
        member_client, page, complete, results="Version du train", kept=str(kept.pk)
    )
    assert the_draft().results == "Version du train"
    assert not KeptText.objects.exists()
    texts = [r.content["results"] for r in page.revisions.all()]
    assert "Version du bureau" in texts


def _author(text):
    return re.search(r'name="owner" value="([^"]+)"', text)[1]


def test_a_session_that_ended_keeps_the_text_for_its_author(
    client, client_for, member_client, member, make_user, complete
):
    author = _author(member_client.get(SUBMIT).content.decode())
    posted = complete | {"form_token": str(uuid.uuid4()), "owner": author}
    response = client.post(SUBMIT, posted)
    assert response.status_code == 302
    assert "/comptes/" in response.url
    assert not GoodPracticePage.objects.exists()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(SUBMIT).content.decode()
    assert complete["actions"] in shown.replace("&#x27;", "'")
    # Until it is saved, and never for someone else on the same machine.
    assert client.post(SUBMIT, posted).status_code == 302
    assert complete["actions"] not in client.get(SUBMIT).content.decode()


def test_the_text_of_one_person_is_not_given_to_the_next(
    client, member_client, make_user, complete
):
    author = _author(member_client.get(SUBMIT).content.decode())
    client.post(SUBMIT, complete | {"owner": author})
    other = make_user("autre@exemple.fr", roles.MEMBERS)
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    assert complete["actions"] not in client.get(SUBMIT).content.decode()


def test_a_session_that_ended_keeps_the_changes_to_a_draft(
    client, member_client, member, complete
):
    begin(member_client, complete)
    page = the_draft()
    author = _author(member_client.get(edit_url(page)).content.decode())
    client.post(edit_url(page), complete | {"results": "Retrouvé", "owner": author})
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert "Retrouvé" in client.get(edit_url(page)).content.decode()


def test_visitors_and_pending_people_cannot_propose(client, pending_client, complete):
    assert "/comptes/" in client.get(SUBMIT).url
    assert pending_client.get(SUBMIT).status_code == 403
    assert begin(pending_client, complete).status_code == 403
    assert not GoodPracticePage.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 5000},
        {"context": "y" * 30000},
        {"department": "999999"},
        {"department": "abc"},
        {"themes": ["nulle-part"]},
        {"measure": "nulle-part"},
        {"title": ""},
        {"form_token": "pas-un-uuid"},
        {"seen_revision": "abc"},
    ],
)
def test_bad_input_is_said_and_nothing_typed_is_lost(member_client, complete, changes):
    response = begin(member_client, complete, **changes)
    assert response.status_code == 200
    assert "Chaque premier mardi" in response.content.decode()
    assert not GoodPracticePage.objects.exists()


def test_a_commune_out_of_the_list_is_kept_in_words(member_client, complete):
    begin(member_client, complete, commune="Déols, quartier Brassioux")
    page = the_draft()
    assert page.place == "Déols, quartier Brassioux"
    assert [t.insee_code for t in page.territories] == ["36"]


def test_a_draft_can_be_thrown_away_by_its_author_only(member_client, complete):
    begin(member_client, complete)
    page = the_draft()
    url = edit_url(page, "draft_discard")
    assert member_client.get(url).status_code == 200
    assert GoodPracticePage.objects.exists()
    member_client.post(url)
    assert not GoodPracticePage.objects.exists()


def test_the_list_of_ones_practices_says_where_each_stands(
    member_client, complete, assert_constant_queries
):
    begin(member_client, complete)
    begin(member_client, complete, title="Une autre", do="send")
    text = member_client.get("/bonnes-pratiques/brouillons/").content.decode()
    assert "Une autre" in text

    def grow():
        for number in range(8):
            begin(member_client, complete, title=f"Encore {number}", do="send")

    assert_constant_queries(member_client, "/bonnes-pratiques/brouillons/", grow)


def test_the_queue_costs_the_same_for_many(
    member_client, client_for, reviewer, complete, assert_constant_queries
):
    begin(member_client, complete, do="send")

    def grow():
        for number in range(8):
            begin(member_client, complete, title=f"Encore {number}", do="send")

    assert_constant_queries(client_for(reviewer), "/bonnes-pratiques/a-examiner/", grow)
