"""What somebody typed outlives a stale token, and the browser learns what was taken."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from forums.enums import ForumVisibility
from forums.models import Post
from good_practices.models import GoodPracticePage
from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from tests.forums.factories import make_forum, make_thread

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture
def members_forum(db):
    return make_forum(ForumVisibility.MEMBERS)


@pytest.fixture
def author(make_user):
    return make_user(None, roles.MEMBERS, status=MembershipStatus.APPROVED)


@pytest.fixture
def strict(member):
    """The client of a member whose page bears the token of an older log-in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client


def draft_of(html):
    return re.search(r'name="draft" value="([^"]+)"', html)[1]


def sent_in(html):
    return re.search(r'data-sent="([^"]*)"', html)[1].split()


def test_a_form_sent_again_tells_the_browser_what_was_taken(
    members_forum, author, member, member_client
):
    thread = make_thread(members_forum, author)
    address = f"/discussions/fil/{thread.pk}/repondre/"
    html = member_client.get(thread.get_absolute_url()).content.decode()
    token = draft_of(html)
    assert f'data-draft="answer-{thread.pk}-{member.pk}"' in html
    typed = {"body": "Ma réponse.", "draft": token}

    html = member_client.post(address, typed | {"action": "preview"}).content.decode()
    # The same copy, still not taken: leaving warns.
    assert draft_of(html) == token
    assert "data-typed" in html
    assert token not in sent_in(html)

    response = member_client.post(address, typed | {"action": "send"}, follow=True)
    html = response.content.decode()
    assert token in sent_in(html)
    assert draft_of(html) != token
    assert "data-typed" not in html


def test_a_mark_that_is_none_of_ours_is_not_repeated(
    members_forum, author, member_client
):
    thread = make_thread(members_forum, author)
    address = f"/discussions/fil/{thread.pk}/repondre/"
    for odd in ("<b>", "x" * 5_000, ""):
        html = member_client.post(
            address, {"body": "a", "draft": odd, "action": "preview"}
        ).content.decode()
        assert uuid.UUID(draft_of(html))


@pytest.mark.parametrize("do", ["save", "send"])
def test_a_practice_sent_with_a_stale_token_is_shown_again(strict, home_page, do):
    ensure_site()
    typed = {"title": "Un titre", "context": "Ce qui n’allait pas.", "do": do}
    response = strict.post("/bonnes-pratiques/proposer/", typed)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Ce qui n’allait pas." in html
    assert "Rien n’est perdu" in html
    assert not GoodPracticePage.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[1]
    response = strict.post(
        "/bonnes-pratiques/proposer/", typed | {"csrfmiddlewaretoken": token}
    )
    assert response.status_code == 302
    assert GoodPracticePage.objects.exists()


def test_any_other_form_gives_back_what_was_typed_to_be_sent_again(
    strict, members_forum, author
):
    post = make_thread(members_forum, author).posts.get()
    address = f"/discussions/message/{post.pk}/signaler/"
    words = "Des mots que l’on ne veut pas taper deux fois. " * 3
    typed = {"reason": "off_topic", "comment": words}
    response = strict.post(address, typed, headers={"origin": HERE})
    html = response.content.decode()
    assert response.status_code == 403
    assert words in html
    again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html))
    assert again["comment"] == words
    response = strict.post(address, again, headers={"origin": HERE})
    assert response.status_code == 302
    assert post.reports.get().comment.startswith("Des mots")


def test_words_put_there_by_another_site_are_not_one_button_away(
    strict, members_forum, author
):
    post = make_thread(members_forum, author).posts.get()
    address = f"/discussions/message/{post.pk}/signaler/"
    for headers in ({"origin": "https://ailleurs.example"}, {"origin": "null"}, {}):
        response = strict.post(address, {"comment": "Mots d’ailleurs"}, headers=headers)
        assert response.status_code == 403
        assert "Mots d’ailleurs" not in response.content.decode()


def test_no_field_of_the_site_cuts_what_is_pasted(
    member_client, members_forum, author, home_page
):
    ensure_site()
    thread = make_thread(members_forum, author)
    for address in (
        "/bonnes-pratiques/proposer/",
        "/discussions/nouvelle/",
        f"/discussions/message/{Post.objects.get(thread=thread).pk}/signaler/",
        reverse("profile_edit"),
    ):
        html = member_client.get(address).content.decode()
        form = html.partition("<main")[2]
        assert "<form" in form, address
        assert "maxlength" not in form, address
    long = "mot " * 6_000
    response = member_client.post(
        "/bonnes-pratiques/proposer/", {"title": "T", "context": long, "do": "save"}
    )
    assert long.strip() in response.content.decode()
    assert response.context["form"].errors["context"]
