import pytest

from forums.enums import ForumVisibility
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from tests.forums.factories import make_forum


@pytest.fixture
def public_forum(db):
    return make_forum(ForumVisibility.PUBLIC, slug="public", name="Espace public")


@pytest.fixture
def members_forum(db):
    return make_forum(ForumVisibility.MEMBERS, slug="membres", name="Espace membres")


@pytest.fixture
def private_forum(db):
    return make_forum(ForumVisibility.GROUP, slug="prive", name="Espace secret")


@pytest.fixture
def author(make_user):
    """A member who writes; nobody's client is logged in as them unless asked."""
    return make_user(
        "autrice@exemple.fr",
        roles.MEMBERS,
        status=MembershipStatus.APPROVED,
        first_name="Samira",
        last_name="Benali",
    )


@pytest.fixture
def insider(make_user, private_forum):
    """A member of the private space."""
    user = make_user(
        "initie@exemple.fr", roles.MEMBERS, status=MembershipStatus.APPROVED
    )
    user.groups.add(private_forum.group)
    return user


@pytest.fixture
def group_without_membership(make_user, private_forum):
    """In the group of the private space, but no longer admitted to the network."""
    user = make_user("ancien@exemple.fr", status=MembershipStatus.REFUSED)
    user.groups.add(private_forum.group)
    return user


@pytest.fixture
def people(
    member, pending, contributor, editor, facilitator, administrator, insider,
    group_without_membership,
):  # fmt: skip
    """One person for each role, the visitor included."""
    return {
        "visitor": None,
        "pending": pending,
        "former": group_without_membership,
        "member": member,
        "insider": insider,
        "contributor": contributor,
        "editor": editor,
        "facilitator": facilitator,
        "administrator": administrator,
    }
