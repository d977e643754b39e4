"""Every change of a right made in Wagtail's back office is written, with who made it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Collection, GroupPagePermission, Page, PageViewRestriction

from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.members import roles
from tests.support.people import group_called

pytestmark = pytest.mark.django_db


def written():
    """What the journal holds, oldest first."""
    return list(Entry.objects.order_by("pk"))


def user_form(user, *groups, **fields):
    return {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "is_active": "on",
        "language": "fr",
        "groups": [group_called(one).pk for one in groups],
        **fields,
    }


def edit(client, user, *groups, **fields):
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    response = client.post(url, user_form(user, *groups, **fields))
    assert response.status_code == 302, response.context["form"].errors


def test_roles_given_and_withdrawn_by_hand(admin_client, administrator, member):
    edit(admin_client, member, roles.EDITORS)
    given, withdrawn = written()
    assert (given.action, given.actor, given.subject) == (
        Action.ROLE_GIVEN,
        administrator,
        member,
    )
    assert given.object_kind == "auth.group"
    assert given.object_id == str(roles.group_of(roles.EDITORS).pk)
    assert withdrawn.action == Action.ROLE_WITHDRAWN
    assert withdrawn.object_id == str(roles.group_of(roles.MEMBERS).pk)


def test_an_administrator_made_and_an_account_suspended(admin_client, member):
    edit(admin_client, member, roles.MEMBERS, is_superuser="on")
    edit(admin_client, member, roles.MEMBERS, is_active="")
    assert [(one.action, one.detail) for one in written()] == [
        (Action.ROLE_GIVEN, {"role": "administrator"}),
        (Action.ROLE_WITHDRAWN, {"role": "administrator"}),
        (Action.ACCOUNT_SUSPENDED, {}),
    ]


def test_an_address_and_a_password_changed_by_somebody_else(admin_client, member):
    edit(
        admin_client,
        member,
        roles.MEMBERS,
        email="autre@exemple.fr",
        password1="Un-long-mot-2026",
        password2="Un-long-mot-2026",
    )
    (entry,) = written()
    assert entry.action == Action.ACCOUNT_CHANGED
    assert entry.detail == {"fields": ["email", "password"]}


def test_a_name_corrected_is_no_matter_of_rights(admin_client, member):
    edit(admin_client, member, roles.MEMBERS, first_name="Camille-Marie")
    assert written() == []


def test_a_refused_form_writes_nothing(admin_client, member):
    url = reverse("wagtailusers_users:edit", args=[member.pk])
    admin_client.post(url, user_form(member, roles.EDITORS, email="pas une adresse"))
    assert written() == []


def test_several_people_at_once(admin_client, make_user):
    people = [make_user(), make_user()]
    keys = "&".join(f"id={person.pk}" for person in people)
    group = roles.group_of(roles.REVIEWERS)
    url = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
    admin_client.post(f"{url}?{keys}", {"role": group.pk})
    assert [(one.action, one.subject, one.object_id) for one in written()] == [
        (Action.ROLE_GIVEN, person, str(group.pk)) for person in people
    ]
    url = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    admin_client.post(f"{url}?{keys}")
    erased = written()[2:]
    assert {one.subject_id for one in erased} == {person.pk for person in people}
    assert {one.action for one in erased} == {Action.ACCOUNT_ERASED}


def test_an_account_made_and_removed(admin_client):
    url = reverse("wagtailusers_users:add")
    group = roles.group_of(roles.FACILITATORS)
    response = admin_client.post(
        url,
        {
            "email": "neuf@exemple.fr",
            "first_name": "Neuf",
            "last_name": "Untel",
            "language": "fr",
            "password1": "Un-long-mot-2026",
            "password2": "Un-long-mot-2026",
            "groups": [group.pk],
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    (given,) = written()
    assert (given.action, given.object_id) == (Action.ROLE_GIVEN, str(group.pk))
    admin_client.post(reverse("wagtailusers_users:delete", args=[given.subject_id]))
    assert written()[-1].action == Action.ACCOUNT_ERASED


def group_form(client, group, **fields):
    """What the browser would send back of the form of a group, with `fields` changed."""
    response = client.get(reverse("wagtailusers_groups:edit", args=[group.pk]))
    data = {"name": group.name}
    for panel in response.context["permission_panels"]:
        forms = (
            [panel.management_form, *panel.forms]
            if hasattr(panel, "management_form")
            else [panel]
        )
        for form in forms:
            for bound in form:
                value = bound.value()
                if hasattr(value, "__iter__") and not isinstance(value, str):
                    value = [getattr(one, "pk", one) for one in value]
                if value is not None:
                    data[bound.html_name] = value
    return data | fields


def test_the_rights_of_a_group(admin_client, administrator):
    group = Group.objects.create(name="Relais")
    permission = Permission.objects.get(codename="access_admin")
    page = Page.objects.get(depth=1)
    data = group_form(admin_client, group, permissions=[permission.pk])
    data |= {
        "page_permissions-TOTAL_FORMS": 1,
        "page_permissions-0-page": page.pk,
        "page_permissions-0-permissions": ["publish_page"],
    }
    response = admin_client.post(
        reverse("wagtailusers_groups:edit", args=[group.pk]), data
    )
    assert response.status_code == 302
    assert GroupPagePermission.objects.filter(group=group).exists()
    (entry,) = written()
    assert (entry.action, entry.actor) == (Action.RIGHTS_CHANGED, administrator)
    assert entry.object_id == str(group.pk)
    assert entry.detail == {
        "given": [f"page {page.pk}: publish_page", "wagtailadmin.access_admin"],
        "withdrawn": [],
    }


def test_a_group_made_and_removed(admin_client):
    permission = Permission.objects.get(codename="access_admin")
    model = group_form(admin_client, Group.objects.create(name="Relais"))
    admin_client.post(
        reverse("wagtailusers_groups:add"),
        model | {"name": "Neuf", "permissions": [permission.pk]},
    )
    group = Group.objects.get(name="Neuf")
    (made,) = written()
    assert (made.object_id, made.detail["given"]) == (
        str(group.pk),
        ["wagtailadmin.access_admin"],
    )
    admin_client.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    assert written()[-1].detail == {"deleted": True, "people": 0}


def test_who_may_read_a_page(admin_client, administrator, home_page):
    url = reverse("wagtailadmin_pages:set_privacy", args=[home_page.pk])
    members = roles.group_of(roles.MEMBERS)
    data = {"restriction_type": PageViewRestriction.GROUPS, "groups": [members.pk]}
    assert admin_client.post(url, data).status_code == 200
    # Sent twice: nothing changes the second time.
    assert admin_client.post(url, data).status_code == 200
    assert admin_client.post(url, {"restriction_type": "none"}).status_code == 200
    closed, opened = written()
    assert (closed.action, closed.actor) == (Action.VISIBILITY_CHANGED, administrator)
    assert closed.object_id == str(home_page.pk)
    assert closed.detail == {"before": ["everyone"], "after": [members.pk]}
    assert opened.detail == {"before": [members.pk], "after": ["everyone"]}


def test_who_may_read_the_files_of_a_collection(admin_client):
    collection = Collection.get_first_root_node().add_child(name="Fichiers")
    url = reverse("wagtailadmin_collections:set_privacy", args=[collection.pk])
    assert admin_client.get(url).status_code == 200
    admin_client.post(url, {"restriction_type": "login"})
    (entry,) = written()
    assert entry.object_kind == "wagtailcore.collection"
    assert entry.detail == {"before": ["everyone"], "after": ["login"]}


def test_privacy_is_still_refused_to_those_who_may_not_set_it(
    client_for, facilitator, home_page
):
    url = reverse("wagtailadmin_pages:set_privacy", args=[home_page.pk])
    response = client_for(facilitator).post(url, {"restriction_type": "login"})
    assert response.status_code in {302, 403}
    assert written() == []
