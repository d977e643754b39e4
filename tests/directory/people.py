"""People for the tests of the directory, each with their sheet written by the services."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from network_site.members import roles
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.models import Profile, SpokenLanguage
from network_site.members.permissions import FIELDS
from network_site.members.words import keep_words
from tests.support.people import group_called

_made = 0


def make_person(
    name="Claire Martin",
    *,
    seen_by=FieldVisibility.MEMBERS,
    groups=(),
    themes=(),
    languages=(),
    status=MembershipStatus.APPROVED,
    **fields,
):
    """A member and their profile; `seen_by` is for the sheet and each field not named."""
    global _made
    _made += 1
    first, _blank, last = name.partition(" ")
    user = get_user_model().objects.create(
        email=f"p{_made}@annuaire.example", first_name=first, last_name=last
    )
    fields.setdefault("decided_at", timezone.now())
    visibilities = {f"{field}_visibility": seen_by for field in ("sheet", *FIELDS)}
    profile = Profile.objects.create(
        user=user, status=status, **{**visibilities, **fields}
    )
    profile.themes.set(themes)
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(profile=profile, code=code) for code in languages
    )
    names = [roles.MEMBERS] if status == MembershipStatus.APPROVED else []
    user.groups.set([group_called(one) for one in [*names, *groups]])
    keep_words(Profile.objects.filter(pk=profile.pk))
    profile.refresh_from_db()
    return profile
