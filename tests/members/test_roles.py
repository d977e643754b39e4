"""A role is its code: the name of its group is a word that an administrator may change."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page

from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.members.models import Role
from network_site.members.services import admit
from tests.pages.test_visibility import restrict

ROOT = Path(__file__).resolve().parent.parent.parent
# What finds a group, or those of somebody, by a word.
_BY_NAME = re.compile(
    r"groups?__name|groups?\.filter\(name|Group\.objects\.\w+\(\s*name(__in)?="
)
# A group that is being made has a name that no other has; the demonstration has its own.
_MAKERS = {
    "network_site/members/roles.py",
    "library/services/body_space.py",
    "network_site/demo/building/people.py",
    # What Wagtail brings, before anything else is there.
    "network_site/home/services.py",
}


@pytest.fixture
def renamed(db):
    for role in Role.objects.select_related("group"):
        role.group.name = f"Autrement ({role.pk})"
        role.group.save()


def test_nothing_hangs_on_the_names_of_groups(
    renamed, home_page, make_user, client_for, facilitator, pending, editor
):
    call_command("setup_site", verbosity=0)
    assert Group.objects.count() == len(roles.ALL)
    rights = GroupPagePermission.objects.filter(group__role__code=roles.EDITORS)
    assert rights.exists()

    page = Page.objects.child_of(home_page).first()
    restrict(page, roles.MEMBERS)
    address = page.url
    admitted = make_user(None, roles.MEMBERS, status=MembershipStatus.APPROVED)
    assert client_for(admitted).get(address).status_code == 200
    assert client_for(pending).get(address).status_code == 403

    assert client_for(facilitator).get("/adhesion/demandes/").status_code == 200
    assert client_for(admitted).get("/adhesion/demandes/").status_code == 403
    assert client_for(editor).get("/admin/").status_code == 200

    admit(profile=pending.profile, by=facilitator)
    assert pending.groups.get() == roles.group_of(roles.MEMBERS)
    assert client_for(pending).get(address).status_code == 200


def test_no_code_finds_a_group_by_its_name():
    found = set()
    for folder in ("network_site", "library", "good_practices", "events", "forums"):
        for path in (ROOT / folder).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if "/migrations/" not in name and _BY_NAME.search(path.read_text()):
                found.add(name)
    assert found == _MAKERS


def test_the_groups_of_before_get_their_roles(db):
    groups = {role.code: role.group for role in Role.objects.select_related("group")}
    Role.objects.all().delete()
    migration = import_module("network_site.members.migrations.0010_roles_by_code")
    migration.name_roles(apps, None)
    migration.name_roles(apps, None)
    assert {one.code: one.group for one in Role.objects.all()} == groups
