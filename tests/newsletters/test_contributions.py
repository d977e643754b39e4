"""Members propose, composers answer, what is accepted stands in an issue."""

from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from network_site.members.models import Organization, Profile
from network_site.newsletters.models import Contribution, NewsletterIssuePage
from network_site.newsletters.services import (
    accept_contribution,
    propose_contribution,
)
from tests.newsletters import factories

pytestmark = pytest.mark.django_db
PATH = "/lettre/proposer/"


def form(**values):
    return {
        "title": "Un guide du parrainage",
        "text": "Vingt pages pour commencer.",
        "url": "",
        "on_behalf": "self",
        "form_token": str(uuid4()),
        **values,
    }


@pytest.fixture
def body(member):
    body = Organization.objects.create(name="Ville de Redon", slug="redon", kind="city")
    Profile.objects.filter(user=member).update(organization=body)
    return body


@pytest.fixture
def contribution(site, member, body, pages):
    made, _is_new = propose_contribution(
        author=member,
        title="Un guide",
        text="Vingt pages pour commencer.",
        url="https://www.exemple.fr/guide",
        organization=body,
        form_token=uuid4(),
    )
    return made


def draft_of(issue):
    return NewsletterIssuePage.objects.get(pk=issue.pk).get_latest_revision_as_object()


def test_a_member_proposes_on_behalf_of_their_organisation(
    site, member_client, facilitator, body
):
    page = member_client.get(PATH).content.decode()
    assert "au nom de Ville de Redon" in page
    data = form(on_behalf="organization")
    for _twice in range(2):
        assert member_client.post(PATH, data).status_code == 302
    contribution = Contribution.objects.get()
    assert contribution.signature == "Ville de Redon"
    assert "Un guide du parrainage" in member_client.get(PATH).content.decode()
    (told,) = mail.outbox
    assert told.to == [facilitator.email]
    assert "Ville de Redon" in told.body


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": "x" * 601}, "pour 600 au plus"),
        ({"text": ""}, "Dites en quelques mots"),
        ({"title": ""}, "Donnez un titre"),
        ({"url": "javascript:alert(1)"}, "Écrivez l’adresse entière"),
        ({"text": "Numéro 2 55 08 14 168 025 38"}, "sécurité sociale"),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept_in_the_form(
    site, member_client, values, words
):
    response = member_client.post(PATH, form(**values))
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page.replace("\u00a0", " ")
    assert "Vingt pages" in page or "text" in values
    assert not Contribution.objects.exists()


def test_others_are_kept_out(client, pending_client, member_client, site, contribution):
    assert "/comptes/login" in client.get(PATH)["Location"]
    assert pending_client.get(PATH).status_code == 403
    queue = reverse("newsletters_admin:contributions")
    answer = reverse("newsletters_admin:answer", args=[contribution.pk])
    for path in (queue, answer):
        assert member_client.get(path).status_code in {302, 403}
    member_client.post(answer, {"decision": "accept"})
    contribution.refresh_from_db()
    assert contribution.status == "waiting"


def test_an_editor_accepts_into_a_draft_and_the_author_is_told(
    editor_client, contribution, member
):
    issue = factories.make_issue(body=[("heading", "À lire")])
    queue = editor_client.get(reverse("newsletters_admin:contributions"))
    assert contribution.title in queue.content.decode()
    assert (
        "Propositions (1)"
        in editor_client.get(reverse("wagtailadmin_home")).content.decode()
    )
    mail.outbox.clear()
    editor_client.post(
        reverse("newsletters_admin:answer", args=[contribution.pk]),
        {"decision": "accept", "issue": issue.pk},
    )
    blocks = [(one.block_type, one.value) for one in draft_of(issue).body]
    assert blocks[1] == ("heading", "Proposé par les membres")
    assert blocks[2][0] == "link"
    assert blocks[2][1]["title"] == "Un guide"
    assert blocks[2][1]["by"] == "Ville de Redon"
    (told,) = mail.outbox
    assert told.to == [member.email]
    issue.refresh_from_db()
    assert not issue.live


def test_it_waits_in_the_list_of_the_facilitator(facilitator_client, contribution):
    html = facilitator_client.get(reverse("pending_list")).content.decode()
    assert contribution.title in html
    assert reverse("newsletters_admin:answer", args=[contribution.pk]) in html


def test_a_page_of_the_network_stays_under_its_own_rule(
    site, member, pages, facilitator, client
):
    issue = factories.make_issue()
    made, _is_new = propose_contribution(
        author=member,
        title="Ma note",
        text="À lire entre nous.",
        url=pages["members"].url,
        form_token=uuid4(),
    )
    assert made.page_id == pages["members"].pk
    accept_contribution(contribution=made, by=facilitator, issue=issue)
    draft = draft_of(issue)
    assert [one.block_type for one in draft.body] == ["heading", "content"]
    draft.save_revision().publish()
    assert "zircon" not in client.get(issue.url).content.decode()
    assert "À lire entre nous" not in client.get(issue.url).content.decode()


def test_a_refusal_needs_a_reason_that_its_author_reads(
    facilitator_client, contribution, member_client
):
    path = reverse("newsletters_admin:answer", args=[contribution.pk])
    response = facilitator_client.post(path, {"decision": "refuse", "reason": " "})
    assert response.status_code == 422
    assert "Dites pourquoi" in response.content.decode()
    mail.outbox.clear()
    facilitator_client.post(
        path, {"decision": "refuse", "reason": "Déjà paru au printemps."}
    )
    assert "Déjà paru au printemps." in mail.outbox[0].body
    assert "Déjà paru au printemps." in member_client.get(PATH).content.decode()
    # Answered once: the second answer changes nothing.
    facilitator_client.post(path, {"decision": "accept"})
    contribution.refresh_from_db()
    assert contribution.status == "refused"


def test_accepted_without_an_issue_it_is_placed_later(facilitator_client, contribution):
    path = reverse("newsletters_admin:answer", args=[contribution.pk])
    facilitator_client.post(path, {"decision": "accept", "issue": ""})
    issue = factories.make_issue()
    assert facilitator_client.get(path).status_code == 200
    facilitator_client.post(path, {"decision": "place", "issue": issue.pk})
    assert [one.block_type for one in draft_of(issue).body] == ["heading", "link"]
    contribution.refresh_from_db()
    assert contribution.issue == issue


def test_the_queue_costs_the_same_for_few_and_many(
    facilitator_client, contribution, member, assert_constant_queries
):
    def grow():
        for number in range(30):
            propose_contribution(
                author=member,
                title=f"Proposition {number}",
                text="Texte.",
                form_token=uuid4(),
            )

    path = reverse("newsletters_admin:contributions")
    assert_constant_queries(facilitator_client, path, grow)
    assert_constant_queries(facilitator_client, PATH, grow)
