"""Accounts for tests."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.members.models import Profile


class UserMaker:
    """make("a@b.fr", roles.MEMBERS, status="approved") returns a user; names differ."""

    def __init__(self):
        self.count = 0

    def __call__(self, email=None, *groups, status=None, **fields):
        self.count += 1
        fields.setdefault("first_name", "Camille")
        fields.setdefault("last_name", f"Martin{self.count}")
        user = get_user_model().objects.create_user(
            email=email or f"personne{self.count}@exemple.fr",
            password="motdepasse",
            **fields,
        )
        if status is not None:
            profile = Profile.objects.get_or_create(user=user)[0]
            profile.status = status
            profile.save()
            if status != MembershipStatus.APPROVED:
                # What waits for an answer comes from an address that is proven.
                EmailAddress.objects.create(
                    user=user, email=user.email, primary=True, verified=True
                )
        user.groups.set([group_called(one) for one in groups])
        return user


def group_called(role_or_name):
    """The group of a role (a code of members.roles), or a private space's of this name."""
    if role_or_name in roles.ALL:
        return roles.group_of(role_or_name)
    return Group.objects.get_or_create(name=role_or_name)[0]
