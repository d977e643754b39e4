import pytest

from network_site.members import roles
from network_site.members.enums import MembershipStatus


@pytest.fixture
def make_members(make_user):
    """make_members(3) returns admitted members."""

    def make(count):
        return [
            make_user(None, roles.MEMBERS, status=MembershipStatus.APPROVED)
            for _number in range(count)
        ]

    return make
