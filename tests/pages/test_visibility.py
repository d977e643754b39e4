import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from network_site.members import roles
from network_site.pages.models import StandardPage
from network_site.pages.visibility import (
    can_view_page,
    tokens_for,
    tokens_of_both,
    tokens_of_page,
    tokens_of_pages,
)
from tests.support.people import group_called

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch(home_page):
    parent = home_page.add_child(instance=StandardPage(title="Branche", slug="branche"))
    child = parent.add_child(instance=StandardPage(title="Feuille", slug="feuille"))
    return parent, child


def restrict(page, *names, kind=PageViewRestriction.GROUPS):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set([group_called(name) for name in names])
    return restriction


def readers_of(page, users):
    """Who opens the page, asserting that the list and the tokens say the same."""
    found = set()
    for name, user in users.items():
        in_list = StandardPage.objects.visible_to(user).filter(pk=page.pk).exists()
        alone = can_view_page(user, page)
        by_token = page.live and bool(tokens_of_page(page) & tokens_for(user))
        assert in_list == alone == by_token, name
        if alone:
            found.add(name)
    return found


@pytest.fixture
def users(pending, member, facilitator, administrator, make_user):
    return {
        "visitor": AnonymousUser(),
        "pending": pending,
        "member": member,
        "peer": make_user(None, roles.MEMBERS, "Pairs"),
        "facilitator": facilitator,
        "administrator": administrator,
    }


def test_a_page_without_restriction_is_open_to_everyone(branch, users):
    assert readers_of(branch[1], users) == set(users)


def test_a_draft_is_shown_to_nobody(branch, users):
    branch[1].unpublish()
    branch[1].refresh_from_db()
    assert readers_of(branch[1], users) == set()


def test_a_restriction_on_a_branch_holds_below_it(branch, users):
    restrict(branch[0], roles.MEMBERS)
    assert readers_of(branch[1], users) == set(users) - {"visitor", "pending"}


def test_nested_restrictions_must_all_be_satisfied(branch, users):
    restrict(branch[0], roles.MEMBERS)
    restrict(branch[1], "Pairs", roles.MEMBERS)
    assert readers_of(branch[1], users) >= {"peer", "administrator"}
    assert "pending" not in readers_of(branch[1], users)


def test_disjoint_restrictions_are_satisfied_by_nobody_but_administrators(
    branch, users
):
    restrict(branch[0], "Personne")
    restrict(branch[1], "Pairs")
    assert readers_of(branch[1], users) == {"administrator"}


@pytest.mark.parametrize(
    "kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD]
)
def test_a_restriction_to_any_login_admits_nobody_by_mistake(branch, users, kind):
    restrict(branch[0], kind=kind)
    assert readers_of(branch[1], users) == {"administrator"}


def test_a_restricted_page_sends_a_visitor_to_login_and_tells_the_others(
    branch, client, pending_client, member_client
):
    restrict(branch[0], "Pairs")
    url = branch[1].url
    answer = client.get(url)
    assert answer.status_code == 302
    assert "/comptes/login/" in answer["Location"]
    assert pending_client.get(url).status_code == 403
    assert member_client.get(url).status_code == 403


def test_the_sitemap_names_public_pages_only(branch, client, admin_client):
    restrict(branch[1], roles.MEMBERS)
    for reader in (client, admin_client):
        xml = reader.get("/sitemap.xml").content.decode()
        assert "/branche/" in xml
        assert "/feuille/" not in xml


def test_the_tokens_of_many_pages_are_those_of_each(
    branch, home_page, django_assert_num_queries
):
    parent, child = branch
    restrict(parent, roles.MEMBERS, "Pairs")
    restrict(child, "Pairs")
    other = home_page.add_child(instance=StandardPage(title="Autre", slug="autre"))
    restrict(other, kind=PageViewRestriction.LOGIN)
    pages = [home_page, parent, child, other]
    alone = {page.pk: tokens_of_page(page) for page in pages}
    with django_assert_num_queries(1):
        assert tokens_of_pages(pages) == alone
    assert len(set(alone.values())) == 4


def test_what_tells_of_two_pages_is_for_those_who_read_both(branch, users):
    parent, child = branch
    public = tokens_of_page(parent)
    restrict(child, roles.MEMBERS)
    members = tokens_of_page(child)
    assert tokens_of_both(public, members) == tokens_of_both(members, public) == members
    restrict(child, "Pairs")
    for user in users.values():
        both = tokens_of_both(members, tokens_of_page(child))
        if both & tokens_for(user):
            assert can_view_page(user, child)
