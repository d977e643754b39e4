"""The invented members, admitted as anyone is, and the groups of their roles."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from network_site.demo import portraits as drawings
from network_site.demo.building.base import text
from network_site.demo.content.people import (
    APPROVED_DOMAINS,
    PASSWORD,
    PEOPLE,
    PRIVATE_GROUP,
)
from network_site.members import roles
from network_site.members.enums import FieldVisibility
from network_site.members.models import EmailDomain, Profile
from network_site.members.services import (
    confirm_address,
    put_portrait,
    request_membership,
    update_profile,
)

ROLE_GROUPS = {
    "contributor": [roles.CONTRIBUTORS],
    "editor": [roles.EDITORS],
    "facilitator": [roles.FACILITATORS, roles.REVIEWERS],
}


def build_people(built):
    """Make the accounts; those of an approved domain are admitted by the service itself."""
    for item in APPROVED_DOMAINS:
        if not EmailDomain.objects.filter(domain=item["domain"]).exists():
            built.remember(
                EmailDomain.objects.create(
                    domain=item["domain"],
                    note=text(item["note"]),
                    organization=built.organisations.get(item["organization"]),
                    admits_at_once=item["admits_at_once"],
                )
            )
    group, created = Group.objects.get_or_create(name=PRIVATE_GROUP)
    built.groups[PRIVATE_GROUP] = built.remember(group) if created else group
    # Computed once: a password's hash is slow on purpose.
    password = make_password(PASSWORD)
    for item in PEOPLE:
        built.people[item["slug"]] = _person(built, item, password)


def _person(built, item, password):
    users = get_user_model().objects
    before = users.filter(email__iexact=item["email"]).first()
    if before is not None:
        return before
    user = built.remember(users.create_user(item["email"]))
    user.password = password
    if item["role"] == "administrator":
        user.is_staff = user.is_superuser = True
    user.save()
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    organisation = built.organisations.get(item["organization"])
    profile = request_membership(
        user=user,
        first_name=item["first_name"],
        last_name=item["last_name"],
        organization_name=(
            organisation.name if organisation else text(item["organization_name"])
        ),
        job_title=text(item["job_title"]),
        territory=built.territory(item["territory"]),
        motivation=text(item["motivation"]),
        sponsor_email=item["sponsor_email"],
    )
    Profile.objects.filter(pk=profile.pk).update(is_fictitious=True)
    confirm_address(user=user)
    profile = Profile.objects.get(pk=profile.pk)
    update_profile(
        profile=profile,
        first_name=user.first_name,
        last_name=user.last_name,
        presentation=text(item["presentation"]),
        help_topics=text(item["help_topics"]),
        languages=item["languages"],
        themes=[built.themes[slug] for slug in item["themes"]],
        **{
            f"{name}_visibility": FieldVisibility[audience.upper()]
            for name, audience in item["audiences"].items()
        },
    )
    if item["slug"] in drawings.DRAWN:
        put_portrait(profile=profile, image=drawings.draw(item["slug"]))
    user.groups.add(
        *(roles.group_of(code) for code in ROLE_GROUPS.get(item["role"], [])),
        *(built.groups[name] for name in item["groups"]),
    )
    # Read again: groups and profile are remembered on the instance.
    return users.get(pk=user.pk)


def take_powers_away(built):
    """Leave the invented members as names that sign: no password, no role of staff."""
    for user in built.people.values():
        user.set_unusable_password()
        user.is_staff = user.is_superuser = False
        user.save(update_fields=["password", "is_staff", "is_superuser"])
        user.groups.remove(*(roles.group_of(code) for code in roles.STAFF))
