"""An issue names nothing by its address to who may not open it: page, mail and search."""

from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.urls import reverse
from django.utils import translation
from wagtail.models import Collection, CollectionViewRestriction, Page

from network_site.core.outbox import drain
from network_site.mailing.models import OutgoingMail
from network_site.mailing.queue import deliver_due
from network_site.newsletters.enums import Audience
from network_site.newsletters.models import Dispatch
from network_site.newsletters.services import plan_dispatch, propose_contribution
from network_site.newsletters.services.contributions import accept_contribution
from network_site.registries.search import source_for
from tests.newsletters.factories import link, make_issue, make_subscription

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]

AUDIENCES = ("public", "members", "private")
LANGUAGES = ("", "/en")


def addresses(world, audience):
    """Addresses of what is kept for `audience`, as people copy them; French, without host."""
    forum, thread, post = (
        world[f"{name}_{audience}"] for name in ("forum", "thread", "post")
    )
    record = Page.objects.get(pk=world[f"record_{audience}"].pk).specific
    event = Page.objects.get(pk=world[f"event_{audience}"].pk).specific
    with translation.override("fr"):
        found = {
            "space": forum.get_absolute_url(),
            "thread": thread.get_absolute_url(),
            "post": post.get_absolute_url(),
            "record": record.url,
            "event": event.url,
            "sign-up": f"{event.url}inscription/",
            "notice": f"/bibliotheque/notice/{record.pk}/",
            "citation": f"/bibliotheque/citation/{record.pk}.bib",
            "file": world[f"document_{audience}"].url,
            "person": world[f"person_{audience}"].get_absolute_url(),
        }
    if audience == "members":
        # A list of discussions has one reader more: the one who asks for admission.
        del found["space"]
    return found


def written(path):
    """The ways in which `path` is written."""
    return {
        "french": quote(path.rstrip("/")).replace("-", "%2D"),
        "english": f"http://testserver/en{path}?page=2#bas",
    }


@pytest.fixture
def issue(shared_world, settings):
    """A public issue with a link to each thing, in each writing; titles tell which."""
    settings.READER_CACHE_SECONDS = 60
    world = shared_world
    kept = Collection.objects.get(depth=1).add_child(name="À part")
    restriction = CollectionViewRestriction.objects.create(
        collection=kept, restriction_type="groups"
    )
    restriction.groups.set([world["forum_private"].group])
    document = world["document_private"]
    document.collection = kept
    document.save()
    body = [("heading", "À suivre")]
    for audience in AUDIENCES:
        for name, path in addresses(world, audience).items():
            for form, url in written(path).items():
                # In one word, as the words are looked for in what is sent.
                body.append(link(f"Titre.{audience}.{name}.{form}.", url))
    for url in ("/nulle/part/", "/en/nulle-part", "/fil/0/", "/a-traiter/", "/admin/"):
        body.append(link("Titre.nobody.", url))
    body.append(link("Titre.elsewhere.", "https://www.legifrance.gouv.fr/"))
    return make_issue("Lettre d’adresses", body=body, live=True)


def named(text):
    """The audiences of the links that `text` holds."""
    return {
        audience
        for audience in (*AUDIENCES, "nobody", "elsewhere")
        if f"Titre.{audience}." in text
    }


READS = {
    "visitor": {"public", "elsewhere"},
    "pending": {"public", "elsewhere"},
    "member": {"public", "members", "elsewhere"},
    "facilitator": {"public", "members", "elsewhere"},
    "private_member": {"public", "members", "private", "elsewhere"},
}


def test_the_archive_in_both_languages(shared_world, issue, client_for):
    path = issue.url
    for role, expected in READS.items():
        user = shared_world.users[role]
        client = client_for(None if isinstance(user, AnonymousUser) else user)
        for language in LANGUAGES:
            page = client.get(language + path).text
            assert named(page) == expected, (role, language)
        if role == "private_member":
            for audience in AUDIENCES:
                for name, path in addresses(shared_world, audience).items():
                    for form in written(path):
                        assert f"Titre.{audience}.{name}.{form}." in page


@pytest.mark.parametrize("composed_in", ["fr", "en"])
def test_the_mails(shared_world, issue, composed_in):
    drain()
    for model in (OutgoingMail, Dispatch):
        model.objects.all().delete()
    mail.outbox.clear()
    make_subscription("dehors@exemple.fr", language="en")
    users = shared_world.users
    with translation.override(composed_in):
        plan_dispatch(
            issue=issue,
            revision_id=issue.get_latest_revision().pk,
            audience=Audience.ALL,
            by=users["facilitator"],
        )
        drain()
        deliver_due()
    expected = {users[role].email: READS[role] for role in READS if role != "visitor"}
    expected["dehors@exemple.fr"] = READS["visitor"]
    del expected[users["pending"].email]
    got = {}
    for message in mail.outbox:
        (to,) = message.to
        if to in expected:
            got[to] = named(message.body) | named(message.alternatives[0].content)
    assert got == expected


@pytest.mark.parametrize("active", ["fr", "en"])
def test_the_search(issue, active):
    with translation.override(active):
        parts = list(source_for(type(issue)).parts(issue))
    text = " ".join(str(text) for part in parts for text in part.text)
    # What is named of this site is found itself, under its own rights, which may change.
    assert named(text) == {"elsewhere"}


@pytest.mark.parametrize("form", ["french", "english"])
def test_a_proposal_shows_no_page_to_who_may_not_read_it(
    shared_world, client_for, form
):
    users, record = shared_world.users, shared_world["record_private"]
    path = written(Page.objects.get(pk=record.pk).specific.url)[form]
    outside, _is_new = propose_contribution(
        author=users["member"],
        title="À lire",
        text="Un texte",
        url=path,
        form_token="0" * 32,
    )
    assert outside.page is None
    inside, _is_new = propose_contribution(
        author=users["private_member"],
        title="À lire",
        text="Un texte",
        url=path,
        form_token="1" * 32,
    )
    assert inside.page.pk == record.pk
    with translation.override("fr"):
        answer = reverse("newsletters_admin:answer", args=[inside.pk])
    composed = make_issue("Suivante")
    for language in LANGUAGES:
        page = client_for(users["facilitator"]).get(language + answer)
        assert page.status_code == 200
        assert record.title not in page.text
    accept_contribution(contribution=inside, by=users["facilitator"], issue=composed)
    draft = type(composed).objects.get(pk=composed.pk).get_latest_revision_as_object()
    (*_before, block) = draft.body
    assert block.block_type == "link"


def test_words_of_a_letter_lead_nobody_where_they_may_not_go(
    shared_world, member_client, client, admin_client
):
    world = shared_world
    secret = {
        audience: world[f"thread_{audience}"].get_absolute_url()
        for audience in ("members", "private")
    }
    words = (
        "Premier paragraphe, pour tous : [la loi](https://www.legifrance.gouv.fr/).\n\n"
        f"Le fil [des membres](/en{secret['members']}) est ouvert.\n\n"
        f"1. http://testserver{secret['private']}\n2. la suite\n\n"
        "Un renvoi [ailleurs][a].\n\n"
        "[a]: /nulle/part/\n\n"
        "Dernier paragraphe."
    )
    issue = make_issue(
        intro=f"Voir <{secret['private']}> et http://testserver{secret['private']}",
        body=[
            ("words", words),
            link(
                "Ailleurs",
                "https://exemple.fr/",
                f"Ou http://testserver{secret['private']}",
            ),
        ],
        live=True,
    )
    reads, path = {}, issue.url
    for name, reader in (("visitor", client), ("member", member_client)):
        for language in LANGUAGES:
            reads[name, language] = reader.get(language + path).content.decode()
    for (name, _language), page in reads.items():
        assert "Premier paragraphe" in page
        assert "Dernier paragraphe" in page
        assert "legifrance.gouv.fr" in page
        assert ("des membres" in page) == (name == "member")
        for hidden in (
            secret["private"],
            "la suite",
            "nulle/part",
            "Un renvoi",
            "Ailleurs",
        ):
            assert hidden not in page, hidden
    # The person who sends it is told before.
    with translation.override("fr"):
        send = reverse("newsletters_admin:send", args=[issue.pk])
    send = admin_client.get(send)
    said = send.content.decode()
    assert "Le fil des membres" in said
    assert "ne liront pas ce texte" in said
    assert "personne ne lira ce texte" in said
    body = "\n".join(source_for(type(issue)).body(issue))
    assert "Premier paragraphe" in body
    assert "des membres" not in body
