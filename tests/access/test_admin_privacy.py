"""Who reads a page, chosen in the back office: from the groups of whoever chooses."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from library.models import LibraryIndexPage
from library.services import create_record, publish_record
from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from tests.support.people import group_called

pytestmark = pytest.mark.django_db

MINE, FOREIGN = "Pairs du Nord", "Pairs du Sud"


@pytest.fixture
def record(home_page):
    ensure_site()
    library = LibraryIndexPage.objects.get()
    return publish_record(
        page=create_record(parent=library, kind="study", title="Note")
    )


@pytest.fixture
def editor(make_user):
    return make_user(
        "redaction@exemple.fr",
        roles.MEMBERS,
        roles.EDITORS,
        MINE,
        status=MembershipStatus.APPROVED,
    )


def keep_for(page, *groups):
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set(groups)
    return restriction


def url_of(page):
    return reverse("wagtailadmin_pages:set_privacy", args=[page.pk])


def form_of(client, page):
    return client.get(url_of(page)).json()["html"]


def test_the_form_offers_the_groups_of_the_person(record, editor, client_for):
    group_called(FOREIGN)
    with_rights = Group.objects.create(name="Avec des droits")
    with_rights.permissions.add(Permission.objects.get(codename="access_admin"))
    editor.groups.add(with_rights)
    words = form_of(client_for(editor), record)
    assert MINE in words
    assert roles.group_of(roles.MEMBERS).name in words
    assert roles.group_of(roles.EDITORS).name in words
    for name in (FOREIGN, "Avec des droits", roles.group_of(roles.FACILITATORS).name):
        assert name not in words
    # One is admitted to the network, or is in a group: nothing else says who reads.
    assert "login" not in words
    assert "password" not in words


@pytest.mark.parametrize("language", ["", "/en"])
def test_another_group_is_refused_and_changes_nothing(
    record, editor, client_for, language
):
    foreign = group_called(FOREIGN)
    client = client_for(editor)
    data = {"restriction_type": "groups", "groups": [foreign.pk]}
    client.post(f"{language}/admin/pages/{record.pk}/privacy/", data)
    assert not PageViewRestriction.objects.exists()
    client.post(url_of(record), data | {"groups": [group_called(MINE).pk]})
    assert PageViewRestriction.objects.get().groups.get().name == MINE


def test_one_of_two_groups_neither_opens_the_page_nor_sends_the_other_away(
    record, editor, client_for
):
    mine, foreign = group_called(MINE), group_called(FOREIGN)
    restriction = keep_for(record, mine, foreign)
    client = client_for(editor)
    form = form_of(client, record)
    assert FOREIGN not in form
    assert "Un autre groupe" in form
    client.post(url_of(record), {"restriction_type": "none"})
    assert PageViewRestriction.objects.filter(pk=restriction.pk).exists()
    members = roles.group_of(roles.MEMBERS)
    client.post(url_of(record), {"restriction_type": "groups", "groups": [members.pk]})
    assert set(restriction.groups.all()) == {members, foreign}


def test_an_administrator_chooses_any_group(record, admin_client):
    foreign = group_called(FOREIGN)
    assert FOREIGN in form_of(admin_client, record)
    data = {"restriction_type": "groups", "groups": [foreign.pk]}
    admin_client.post(url_of(record), data)
    assert PageViewRestriction.objects.get().groups.get() == foreign
    admin_client.post(url_of(record), {"restriction_type": "none"})
    assert not PageViewRestriction.objects.exists()
