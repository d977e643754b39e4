"""Writing down that somebody is admitted or refused, whoever decided it."""

from django.utils import timezone

from network_site.catalogue.marks import touch
from network_site.core.outbox import emit
from network_site.journal.enums import Action
from network_site.journal.services import record
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.members.models import Profile
from network_site.members.services.positions import open_position
from network_site.members.words import keep_words


class AlreadyDecided(Exception):
    """The request was answered in the meantime."""


def decide(profile, status, *, by, route, reason="", **detail):
    """Write the decision on `profile`, already locked by the caller; returns it.

    `by` is the user who decided, None for a rule of the site; `detail` goes to the journal.
    """
    is_admitted = status == MembershipStatus.APPROVED
    profile.status = status
    profile.decided_at = timezone.now()
    profile.decided_by = by
    profile.decision_reason = reason
    profile.admission_route = route if is_admitted else ""
    profile.save(
        update_fields=[
            "status",
            "decided_at",
            "decided_by",
            "decision_reason",
            "admission_route",
        ]
    )
    if is_admitted:
        profile.user.groups.add(roles.group_of(roles.MEMBERS))
        open_position(profile, profile.decided_at)
        keep_words(Profile.objects.filter(pk=profile.pk))
        emit("membership.admitted", profile_id=profile.pk)
    else:
        emit("membership.refused", profile_id=profile.pk)
    record(
        Action.MEMBER_ADMITTED if is_admitted else Action.MEMBER_REFUSED,
        actor=by,
        subject=profile.user,
        about=profile,
        route=str(route),
        **detail,
    )
    touch(profile)
    return profile
