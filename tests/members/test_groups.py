"""Kinds of groups: a role's, a body's, a private space's, and those that give rights."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
)

from forums.models import Forum
from network_site.members import roles
from network_site.members.enums import BodyRole
from network_site.members.groups import RIGHTS, is_space, uses_of
from network_site.members.models import BodyGroup, Organization, SpaceGrant
from tests.journal.test_rights import group_form
from tests.pages.test_visibility import restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return Group.objects.create(name="Pairs")


def access():
    return Permission.objects.get(codename="access_admin")


def give(model, group):
    """Give `group` one right of the kind that `model` holds."""
    if model is Group.permissions.through:
        group.permissions.add(access())
    elif model is GroupApprovalTask.groups.through:
        GroupApprovalTask.objects.create(name="Relire").groups.add(group)
    else:
        places = {
            GroupPagePermission: {"page": Page.objects.get(depth=1)},
            GroupCollectionPermission: {"collection": Collection.objects.get(depth=1)},
            GroupSitePermission: {"site": Site.objects.get()},
        }
        model.objects.create(group=group, permission=access(), **places[model])


def test_a_group_is_a_space_s_as_long_as_it_is_nothing_else(group):
    assert is_space(group)
    for code in roles.ALL:
        assert not is_space(roles.group_of(code))
    body = Organization.objects.create(name="Centre")
    of_a_body = Group.objects.create(name="Contribution")
    BodyGroup.objects.create(
        group=of_a_body, organization=body, role=BodyRole.CONTRIBUTOR
    )
    assert not is_space(of_a_body)


@pytest.mark.parametrize("model", [model for model, _column in RIGHTS])
def test_any_right_makes_it_no_space(group, model):
    give(model, group)
    assert not is_space(group)


def test_everything_that_names_groups_is_known():
    """A new relation is either a right, or a use: somebody has to say which."""
    known = {
        "collection_permissions",
        "groupapprovaltask",
        "page_permissions",
        "site_permissions",
        # What a group is, and who is in it.
        "body_group",
        "role",
        "user",
        # What it reads.
        "collectionviewrestriction",
        "forums",
        "pageviewrestriction",
        "space_grants",
    }
    assert {one.name for one in Group._meta.related_objects} == known


def uses(group, member, home_page):
    """Ways by which a group becomes that of a space, one at a time."""
    forum = Forum.objects.create(
        name="Espace", slug="espace", visibility="group", group=group
    )
    yield {"forums"}
    forum.delete()
    restriction = restrict(Page.objects.get(pk=home_page.pk), group.name)
    yield {"pageviewrestriction"}
    restriction.delete()
    restriction = CollectionViewRestriction.objects.create(
        collection=Collection.objects.get(depth=1), restriction_type="groups"
    )
    restriction.groups.add(group)
    yield {"collectionviewrestriction"}
    restriction.delete()
    SpaceGrant.objects.create(user=member, group=group)
    yield {"space_grants"}


def test_a_space_s_group_takes_no_right(group, member, home_page, admin_client):
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    root = Page.objects.get(depth=1)
    asked = [
        {"permissions": [access().pk]},
        {
            "page_permissions-TOTAL_FORMS": 1,
            "page_permissions-0-page": root.pk,
            "page_permissions-0-permissions": ["publish_page"],
        },
        {
            "document_permissions-TOTAL_FORMS": 1,
            "document_permissions-0-collection": Collection.objects.get(depth=1).pk,
            "document_permissions-0-permissions": [
                Permission.objects.get(codename="add_document").pk
            ],
        },
    ]
    model = group_form(admin_client, group)
    for expected in uses(group, member, home_page):
        assert uses_of(group) == expected
        for rights in asked if expected == {"forums"} else asked[:1]:
            response = admin_client.post(url, model | {"name": "Autre"} | rights)
            assert response.status_code == 200
            assert "Ce groupe est celui d’un espace privé" in response.text
            assert is_space(group)
    assert Group.objects.get(pk=group.pk).name == "Pairs"
    # What is no right is saved as ever.
    assert admin_client.post(url, model | {"name": "Autre"}).status_code == 302
    assert Group.objects.get(pk=group.pk).name == "Autre"


def test_a_group_that_opens_nothing_may_become_one_that_gives_rights(
    group, admin_client
):
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    data = group_form(admin_client, group, permissions=[access().pk])
    assert admin_client.post(url, data).status_code == 302
    assert not is_space(group)


def test_groups_on_which_the_site_hangs_are_not_deleted(
    group, member, home_page, admin_client
):
    body = Organization.objects.create(name="Centre")
    of_a_body = Group.objects.create(name="Contribution")
    BodyGroup.objects.create(
        group=of_a_body, organization=body, role=BodyRole.CONTRIBUTOR
    )
    kept = [*map(roles.group_of, roles.ALL), of_a_body]
    for one in kept:
        refused(admin_client, one)
    for expected in uses(group, member, home_page):
        if expected != {"space_grants"}:
            refused(admin_client, group)
    url = reverse("wagtailusers_groups:delete", args=[group.pk])
    assert admin_client.post(url).status_code == 302
    assert not Group.objects.filter(pk=group.pk).exists()


def refused(client, group):
    url = reverse("wagtailusers_groups:delete", args=[group.pk])
    for method in ("get", "post"):
        response = getattr(client, method)(url)
        assert response.status_code == 302, group
        (*_before, said) = get_messages(response.wsgi_request)
        assert "d’abord" in str(said) or "renommé" in str(said), group
    assert Group.objects.filter(pk=group.pk).exists()
