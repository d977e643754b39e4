"""Places in private spaces: who may have one, and how fast the site obeys."""

import pytest
from django.contrib.auth.models import Group

from forums.search_sources import ThreadSource
from network_site.core.models import OutboxEntry
from network_site.journal.models import Entry
from network_site.members import roles
from network_site.members.enums import BodyRole
from network_site.members.models import BodyGroup, Organization, SpaceGrant
from network_site.members.places import places_of
from network_site.members.services.spaces import (
    NotAMember,
    NotASpace,
    grant_space,
    withdraw_space,
)
from network_site.pages.reader_cache import contents_version
from network_site.pages.visibility import tokens_for
from tests.forums.factories import make_forum, make_thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return make_forum("group", name="Cités du Doubs", slug="cites")


def _again(user):
    """The user as the next request reads them."""
    return type(user).objects.get(pk=user.pk)


def test_a_role_and_a_body_s_group_are_no_space(member, facilitator):
    role = roles.group_of(roles.FACILITATORS)
    body = Organization.objects.create(name="CAF", slug="caf", kind="other")
    own = Group.objects.create(name="Contribution CAF")
    BodyGroup.objects.create(group=own, organization=body, role=BodyRole.CONTRIBUTOR)
    for group in (role, own):
        with pytest.raises(NotASpace):
            grant_space(user=member, group=group, by=facilitator)
    assert not SpaceGrant.objects.exists()


def test_only_members_have_a_place(pending, forum, facilitator):
    with pytest.raises(NotAMember):
        grant_space(user=pending, group=forum.group, by=facilitator)
    assert not pending.groups.exists()


def test_a_place_may_be_given_again_for_another_reason(member, forum, facilitator):
    body = Organization.objects.create(name="CAF", slug="caf", kind="other")
    assert grant_space(user=member, group=forum.group, by=facilitator)
    assert not grant_space(user=member, group=forum.group, by=facilitator)
    assert grant_space(
        user=member, group=forum.group, by=facilitator, organization=body
    )
    assert SpaceGrant.objects.get().organization == body
    assert Entry.objects.count() == 2


def test_search_and_pages_obey_at_the_next_request(member, forum, facilitator):
    thread = make_thread(forum)
    tokens = {token for part in ThreadSource().parts(thread) for token in part.tokens}
    grant_space(user=member, group=forum.group, by=facilitator)
    assert tokens & tokens_for(_again(member))
    version = contents_version()
    withdraw_space(user=member, group=forum.group, by=facilitator)
    assert not tokens & tokens_for(_again(member))
    # The instance that was used for it has forgotten what it read.
    assert not tokens & tokens_for(member)
    assert contents_version() != version


def test_the_sheet_is_filed_again_since_other_people_read_it(
    member, forum, facilitator
):
    grant_space(user=member, group=forum.group, by=facilitator)
    rows = OutboxEntry.objects.filter(kind="object.changed")
    assert {"model": "members.profile", "pk": member.profile.pk} in [
        row.payload for row in rows
    ]


def test_a_group_of_the_admin_is_taken_back_too(member, forum, facilitator):
    member.groups.add(forum.group)
    assert withdraw_space(user=member, group=forum.group, by=facilitator)
    assert not withdraw_space(user=member, group=forum.group, by=facilitator)
    assert Entry.objects.count() == 1


def test_places_are_named_by_what_they_open(forum, django_assert_num_queries):
    bare = Group.objects.create(name="Groupe sans rien")
    other = make_forum("group", name="Autre", slug="autre", group=forum.group)
    with django_assert_num_queries(3):
        named = places_of([forum.group_id, bare.pk])
    assert [place.label for place in named[forum.group_id]] == [
        *sorted([forum.label, other.label])
    ]
    assert [place.label for place in named[bare.pk]] == ["Groupe sans rien"]
