"""The people of a private space: who sees them, who chooses them, who leaves."""

import pytest
from django.core import mail

from network_site.core.outbox import drain
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.members import roles
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.models import Organization, Profile, SpaceGrant
from network_site.members.services import positions
from network_site.members.words import keep_words

pytestmark = pytest.mark.django_db
PEOPLE = "/discussions/prive/personnes/"
ADD = "/discussions/prive/personnes/ajouter/"
LEAVE = "/discussions/prive/quitter/"


@pytest.fixture
def keeper(insider, private_forum):
    """Looks after the private space."""
    private_forum.facilitators.add(insider)
    return insider


@pytest.fixture
def colleague(make_user):
    """A member outside of the space, with an employer of the directory."""
    user = make_user(
        "samira@exemple.fr",
        roles.MEMBERS,
        status=MembershipStatus.APPROVED,
        first_name="Samira",
        last_name="Benali",
    )
    body = Organization.objects.create(name="CAF", slug="caf", kind="social_security")
    Profile.objects.filter(user=user).update(organization=body, job_title="Conseillère")
    keep_words(Profile.objects.filter(user=user))
    return user


def _leave_button(user):
    return f'action="/discussions/prive/personnes/{user.pk}/retirer/"'


def test_only_readers_of_the_space_see_its_people(
    people, client_for, private_forum, members_forum
):
    for role, user in people.items():
        status = client_for(user).get(PEOPLE).status_code
        expected = 200 if role in {"insider", "administrator"} else 404
        assert status == expected, role
    insider = client_for(people["insider"])
    assert insider.get("/discussions/membres/personnes/").status_code == 404


def test_readers_who_do_not_look_after_it_change_nothing(
    insider, colleague, client_for
):
    client = client_for(insider)
    assert 'name="person"' not in client.get(PEOPLE).text
    assert client.post(ADD, {"person": colleague.email}).status_code == 404
    address = f"{PEOPLE}{insider.pk}/retirer/"
    assert client.post(address).status_code == 404


def test_a_hidden_sheet_is_counted_and_not_named(
    insider, colleague, private_forum, client_for
):
    colleague.groups.add(private_forum.group)
    Profile.objects.filter(user=colleague).update(
        sheet_visibility=FieldVisibility.NOBODY
    )
    page = client_for(insider).get(PEOPLE).text
    assert "Benali" not in page
    assert "Conseillère" not in page


@pytest.mark.parametrize(
    "words", ["samira@exemple.fr", "Samira BENALI", "benali samira"]
)
def test_a_member_is_added_by_name_or_address_and_told(
    keeper, colleague, client_for, words
):
    client = client_for(keeper)
    for _time in range(2):
        assert client.post(ADD, {"person": words}).status_code == 302
    assert "Benali" in client.get(PEOPLE).text
    drain()
    assert [one.to for one in mail.outbox] == [[colleague.email]]
    grant = SpaceGrant.objects.get(user=colleague)
    assert (grant.organization, grant.granted_by) == (None, keeper)
    entry = Entry.objects.get(action=Action.SPACE_GRANTED)
    assert (entry.actor_id, entry.subject_id) == (keeper.pk, colleague.pk)
    assert client_for(colleague).get("/discussions/prive/").status_code == 200


def test_a_place_given_to_a_representative_ends_with_the_employer(
    keeper, colleague, client_for
):
    data = {"person": colleague.email, "through_employer": "on"}
    assert client_for(keeper).post(ADD, data).status_code == 302
    assert SpaceGrant.objects.get(user=colleague).organization.slug == "caf"
    positions.end_employment(profile=colleague.profile, by=keeper)
    assert client_for(colleague).get("/discussions/prive/").status_code == 404


def test_one_represents_only_an_employer_that_is_shown(keeper, colleague, client_for):
    Profile.objects.filter(user=colleague).update(
        organization_visibility=FieldVisibility.NOBODY
    )
    data = {"person": colleague.email, "through_employer": "on"}
    response = client_for(keeper).post(ADD, data)
    assert response.status_code == 400
    assert not SpaceGrant.objects.exists()


def test_several_who_may_be_meant_are_offered(keeper, colleague, make_user, client_for):
    other = make_user(
        "samia@exemple.fr",
        roles.MEMBERS,
        status=MembershipStatus.APPROVED,
        first_name="Samia",
        last_name="Benali",
    )
    keep_words(Profile.objects.all())
    client = client_for(keeper)
    response = client.post(ADD, {"person": "Benali"})
    assert response.status_code == 400
    assert f'value="{other.profile.pk}"' in response.text
    data = {"person": "Benali", "choice": other.profile.pk}
    assert client.post(ADD, data).status_code == 302
    assert SpaceGrant.objects.get().user == other


@pytest.mark.parametrize(
    "words", ["", "inconnue@exemple.fr", "%", "en-attente@exemple.fr", "x" * 400]
)
def test_nobody_is_added_by_words_that_name_nobody(keeper, pending, client_for, words):
    response = client_for(keeper).post(ADD, {"person": words})
    assert response.status_code == 400
    assert not SpaceGrant.objects.exists()


def test_a_person_is_removed_once_and_told(
    keeper, colleague, private_forum, client_for
):
    client = client_for(keeper)
    client.post(ADD, {"person": colleague.email})
    private_forum.facilitators.add(colleague)
    drain()
    mail.outbox.clear()
    address = f"{PEOPLE}{colleague.pk}/retirer/"
    assert _leave_button(colleague) in client.get(PEOPLE).text
    for _time in range(2):
        assert client.post(address).status_code == 302
    drain()
    assert [one.to for one in mail.outbox] == [[colleague.email]]
    assert not private_forum.facilitators.filter(pk=colleague.pk).exists()
    entry = Entry.objects.get(action=Action.SPACE_WITHDRAWN)
    assert (entry.actor_id, entry.subject_id) == (keeper.pk, colleague.pk)
    assert client_for(colleague).get("/discussions/prive/").status_code == 404


def test_anybody_leaves_by_themselves(insider, client_for):
    client = client_for(insider)
    assert client.get(PEOPLE).status_code == 200
    assert client.post(LEAVE).status_code == 302
    assert client.get(PEOPLE).status_code == 404
    assert client.post(LEAVE).status_code == 404
    drain()
    assert mail.outbox == []
    assert Entry.objects.get(action=Action.SPACE_WITHDRAWN).detail["reason"] == "left"


def test_the_page_costs_the_same_for_many(
    keeper, private_forum, make_user, client_for, assert_constant_queries
):
    from django.contrib.auth import get_user_model

    def grow():
        users = get_user_model().objects.bulk_create(
            get_user_model()(email=f"p{n}@exemple.fr", last_name=f"N{n}")
            for n in range(20)
        )
        Profile.objects.bulk_create(
            Profile(user=user, status=MembershipStatus.APPROVED) for user in users
        )
        private_forum.group.user_set.add(*users)

    assert_constant_queries(client_for(keeper), PEOPLE, grow)
