"""Changing employer: what was written keeps its function, what the employer opened ends."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone
from django.utils.text import slugify

from network_site.core.outbox import drain
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.members import roles
from network_site.members.enums import BodyRole, CheckReason, FieldVisibility
from network_site.members.models import (
    BodyGroup,
    EmailDomain,
    EmployerCheck,
    Organization,
    OrganizationDelegate,
    Position,
    Profile,
    SpaceGrant,
)
from network_site.members.services import positions, spaces, update_profile
from network_site.members.services.positions import held_at, held_at_each
from tests.forums.factories import make_forum, make_post, make_thread

pytestmark = pytest.mark.django_db


def _body(name, slug):
    return Organization.objects.create(name=name, slug=slug, kind="municipality")


@pytest.fixture
def city():
    return _body("Ville d’Ornans", "ville-ornans")


@pytest.fixture
def region():
    return _body("Région du Doubs", "region-doubs")


@pytest.fixture
def person(member, city):
    Profile.objects.filter(user=member).update(
        organization=city,
        job_title="Chargée de mission",
        decided_at=timezone.now() - timedelta(days=900),
    )
    return Profile.objects.get(user=member)


def _change(profile, organization_name, job_title="Cheffe de projet"):
    profile = Profile.objects.select_related("user").get(pk=profile.pk)
    return update_profile(
        profile=profile,
        first_name=profile.user.first_name,
        last_name=profile.user.last_name,
        organization_name=organization_name,
        job_title=job_title,
    )


def _space(name, user, organization=None):
    forum = make_forum("group", name=name, slug=slugify(name))
    spaces.grant_space(user=user, group=forum.group, by=None, organization=organization)
    return forum


def test_another_body_closes_the_position_and_opens_one(person, city, region):
    _change(person, region.name)
    former, present = Position.objects.filter(profile=person).order_by("started_at")
    assert (former.organization, former.job_title) == (city, "Chargée de mission")
    assert former.ended_at == present.started_at
    assert (present.organization, present.ended_at) == (region, None)


def test_another_function_in_the_same_body_takes_nothing_back(person, city, member):
    forum = _space("Espace de la ville", member, city)
    _change(person, city.name)
    assert Position.objects.filter(profile=person).count() == 2
    assert member.groups.filter(pk=forum.group_id).exists()


@pytest.mark.parametrize("words", ["ville d'ornans", "Ville d’Ornans"])
def test_a_body_that_gets_its_sheet_is_the_same_employer(member, words):
    profile = Profile.objects.get(user=member)
    Profile.objects.filter(pk=profile.pk).update(organization_name=words)
    _change(profile, words, job_title="")
    body = _body("Ville d’Ornans", "ville-ornans")
    _change(profile, "Ville d’Ornans", job_title="")
    (position,) = Position.objects.filter(profile=profile)
    assert position.organization == body


def test_sent_twice_it_is_one_change(person, region):
    for _time in range(2):
        _change(person, region.name)
    assert Position.objects.filter(profile=person).count() == 2


def test_what_the_employer_opened_ends_at_once_and_the_rest_stays(
    person, city, region, member
):
    theirs = _space("Cités du Doubs", member, city)
    own = _space("Lecture entre pairs", member)
    group = Group.objects.create(name="Contribution Ornans")
    BodyGroup.objects.create(group=group, organization=city, role=BodyRole.CONTRIBUTOR)
    member.groups.add(group)
    OrganizationDelegate.objects.create(organization=city, user=member)
    thread = make_thread(theirs)
    drain()
    mail.outbox.clear()
    _change(person, region.name)
    assert set(member.groups.all()) == {roles.group_of(roles.MEMBERS), own.group}
    assert not OrganizationDelegate.objects.exists()
    assert list(SpaceGrant.objects.values_list("group", flat=True)) == [own.group_id]
    drain()
    (message,) = mail.outbox
    assert message.to == [member.email]
    assert "Cités du Doubs" in message.body
    assert "Lecture entre pairs" in message.body
    body = message.body
    assert body.index("Cités du Doubs") < body.index("Lecture entre pairs")
    actions = list(Entry.objects.values_list("action", flat=True))
    assert actions.count(Action.SPACE_WITHDRAWN) == 1
    assert actions.count(Action.DELEGATE_WITHDRAWN) == 1
    assert actions.count(Action.ROLE_WITHDRAWN) == 1
    assert thread.forum.group_id == theirs.group_id


def test_the_space_is_closed_to_the_very_next_request(
    person, city, region, member, client_for
):
    forum = _space("Cités du Doubs", member, city)
    client = client_for(member)
    assert client.get(forum.get_absolute_url()).status_code == 200
    _change(person, region.name)
    assert client.get(forum.get_absolute_url()).status_code == 404
    assert forum.name not in client.get("/discussions/").text


def test_the_form_says_what_ends_before_it_saves(
    person, city, region, member, client_for
):
    forum = _space("Cités du Doubs", member, city)
    client = client_for(member)
    data = {
        "first_name": "Camille",
        "last_name": "Martin",
        "organization_name": region.name,
        "job_title": "Cheffe de projet",
    }
    page = client.post("/adhesion/ma-fiche/", data).text
    assert "Cités du Doubs" in page
    assert 'name="leaves_employer"' in page
    assert Profile.objects.get(pk=person.pk).organization == city
    response = client.post("/adhesion/ma-fiche/", {**data, "leaves_employer": "on"})
    assert response.status_code == 302
    assert Profile.objects.get(pk=person.pk).organization == region
    assert not member.groups.filter(pk=forum.group_id).exists()


def test_nothing_is_asked_of_who_has_nothing_to_lose(person, region, client_for):
    client = client_for(person.user)
    data = {
        "first_name": "Camille",
        "last_name": "Martin",
        "organization_name": region.name,
        "job_title": "Cheffe de projet",
    }
    assert "leaves_employer" not in client.get("/adhesion/ma-fiche/").text
    assert client.post("/adhesion/ma-fiche/", data).status_code == 302


def test_an_address_of_the_former_employer_is_brought_to_the_facilitators(
    person, city, region, member, client_for, facilitator
):
    EmailDomain.objects.create(domain="exemple.fr", organization=city)
    client = client_for(member)
    data = {
        "first_name": "Camille",
        "last_name": "Martin",
        "organization_name": region.name,
        "job_title": "Cheffe de projet",
    }
    page = client.post("/adhesion/ma-fiche/", data, follow=True).text
    assert city.name in page
    drain()
    assert member.email in mail.outbox[-1].body
    check = EmployerCheck.objects.get()
    assert (check.reason, check.organization) == (CheckReason.ADDRESS, city)
    keeper = client_for(facilitator)
    assert member.email in keeper.get("/adhesion/employeurs/").text
    keeper.post(f"/adhesion/employeurs/{check.pk}/", {"decision": "keep"})
    assert member.email not in keeper.get("/adhesion/employeurs/").text


def test_the_end_of_an_employment_is_told_to_the_person(
    person, city, member, facilitator
):
    forum = _space("Cités du Doubs", member, city)
    drain()
    mail.outbox.clear()
    for _time in range(2):
        positions.end_employment(profile=person, by=facilitator)
    drain()
    found = Profile.objects.get(pk=person.pk)
    assert (found.organization, found.job_title) == (None, "")
    assert "ornans" not in found.words_members
    assert not member.groups.filter(pk=forum.group_id).exists()
    assert [message.to for message in mail.outbox] == [[member.email]]
    for action in (Action.SPACE_WITHDRAWN, Action.ACCOUNT_CHANGED):
        entry = Entry.objects.get(action=action)
        assert (entry.actor_id, entry.subject_id) == (facilitator.pk, member.pk)


def test_a_post_keeps_the_function_held_then(person, region, member):
    users = type(member).objects
    thread = make_thread(make_forum("members"), users.get(pk=member.pk))
    _change(person, region.name)
    assert "Ornans" in thread.posts.get(is_first=True).author_title
    later = make_post(thread, users.get(pk=member.pk))
    assert "Doubs" in later.author_title


def test_a_function_is_found_for_each_moment(
    person, city, region, django_assert_num_queries
):
    now = timezone.now()
    _change(person, region.name)
    user = person.user_id
    before, after = now - timedelta(days=10), timezone.now() + timedelta(seconds=1)
    with django_assert_num_queries(1):
        found = held_at_each(
            [(user, before), (user, after), (user, now - timedelta(days=5000))]
        )
    assert found[user, before].organization_label == city.name
    assert found[user, after].organization_label == region.name
    assert found[user, now - timedelta(days=5000)].job_title == "Chargée de mission"


def test_who_never_changed_held_what_their_sheet_says(person, city):
    long_ago = timezone.now() - timedelta(days=5000)
    held = held_at([person.user_id], long_ago)[person.user_id]
    assert str(held) == f"Chargée de mission, {city.name}"


def test_a_sheet_that_hides_its_organisation_loses_it_all_the_same(
    person, city, region, member
):
    Profile.objects.filter(pk=person.pk).update(
        organization_visibility=FieldVisibility.NOBODY
    )
    forum = _space("Cités du Doubs", member, city)
    _change(person, region.name)
    assert not member.groups.filter(pk=forum.group_id).exists()


def test_a_request_to_join_has_no_position(pending, city):
    profile = Profile.objects.get(user=pending)
    _change(profile, city.name)
    assert not Position.objects.exists()
