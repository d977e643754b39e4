"""Where somebody works, since when, and what ends with it.

A Position is opened the first time anything is noted; before that, what the profile says was
always so. A change of body closes it, and takes back in the same transaction what the former
body had opened: places in private spaces, its own groups, its delegation.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from network_site.catalogue.marks import touch, touch_many
from network_site.core.outbox import emit
from network_site.core.text import fold
from network_site.journal.enums import Action
from network_site.journal.services import record
from network_site.members.domains import known_domain_of
from network_site.members.enums import CheckReason, MembershipStatus
from network_site.members.groups import space_groups
from network_site.members.models import (
    BodyGroup,
    EmployerCheck,
    Organization,
    OrganizationDelegate,
    Position,
    Profile,
    SpaceGrant,
)
from network_site.members.places import Place, places_of
from network_site.members.services.spaces import EMPLOYER, withdraw_space
from network_site.members.words import keep_words


@dataclass
class Held:
    """The function somebody held at some moment."""

    job_title: str = ""
    organization_label: str = ""

    def __str__(self):
        return ", ".join(filter(None, (self.job_title, self.organization_label)))


@dataclass
class Losses:
    """What ends when somebody leaves a body."""

    organization: Organization | None = None
    places: list[Place] = field(default_factory=list)
    body_groups: list[BodyGroup] = field(default_factory=list)
    is_delegate: bool = False
    # At whose domain their address is.
    has_its_address: bool = False

    def __bool__(self):
        return bool(self.places or self.body_groups or self.is_delegate)


def is_same_body(former, present):
    """Whether two profiles (or positions) name one body, in the directory or in words.

    A body typed in words which has since got its sheet under that name is the same one.
    """
    if former.organization_id and present.organization_id:
        return former.organization_id == present.organization_id
    if not former.organization_id and not present.organization_id:
        return fold(former.organization_name) == fold(present.organization_name)
    linked, typed = (former, present) if former.organization_id else (present, former)
    return fold(typed.organization_name) in _names_of(linked.organization)


def _names_of(organization):
    names = [organization.name, organization.name_en, organization.acronym]
    names += organization.aliases.values_list("name", flat=True)
    return {fold(name) for name in names if name}


def _says_nothing(position):
    return not position.organization_id and not position.organization_name


def open_position(profile, now):
    """The present Position of `profile`, opened with what the profile says; locked.

    `profile` is what the database holds: a first Position is dated of the admission.
    """
    position = (
        Position.objects.select_for_update()
        .filter(profile=profile, ended_at=None)
        .first()
    )
    if position is not None:
        return position
    return Position.objects.create(
        profile=profile,
        started_at=min(profile.decided_at or profile.requested_at or now, now),
        **_of(profile),
    )


def _of(profile):
    return {
        "organization_id": profile.organization_id,
        "organization_name": profile.organization_name,
        "job_title": profile.job_title,
        "territory_id": profile.territory_id,
    }


@transaction.atomic
def note_change(*, profile, now=None, by=None):
    """Note where the person works: call it once `profile` has its new values, before save().

    Compares them with what the database holds. Another body closes the present Position, opens
    one and takes back what the former body had opened; another function in the same body opens
    a Position and takes nothing back; a word put right, or said for the first time, changes
    neither. `by` is who decided, when it is not the person. Returns the Losses (empty: none).
    A request to join has no Position until it is accepted.
    """
    now = now or timezone.now()
    former = (
        Profile.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=profile.pk)
    )
    if former.status != MembershipStatus.APPROVED:
        return Losses()
    position = open_position(former, now)
    moved = not is_same_body(former, profile) and not _says_nothing(former)
    promoted = bool(former.job_title) and fold(former.job_title) != fold(
        profile.job_title
    )
    if not moved and not promoted:
        for name, value in _of(profile).items():
            setattr(position, name, value)
        position.save()
        return Losses()
    position.ended_at = max(now, position.started_at)
    position.save(update_fields=["ended_at"])
    Position.objects.create(profile=profile, started_at=now, **_of(profile))
    if not moved:
        return Losses()
    return _leave(former, position, by, now)


def losses_of(profile):
    """What `profile`'s person would lose by leaving the body of the directory they are in."""
    organization = profile.organization
    if organization is None:
        return Losses()
    grants = _grants(profile, organization)
    named = places_of(grant.group_id for grant in grants)
    known = known_domain_of(profile.user.email)
    return Losses(
        organization=organization,
        places=[place for grant in grants for place in named.get(grant.group_id, ())],
        body_groups=_body_groups(profile, organization),
        is_delegate=_delegations(profile, organization).exists(),
        has_its_address=bool(known and known.organization_id == organization.pk),
    )


def _grants(profile, organization):
    return list(
        SpaceGrant.objects.filter(
            user=profile.user_id, organization=organization
        ).select_related("group")
    )


def _body_groups(profile, organization):
    return list(
        BodyGroup.objects.filter(
            organization=organization, group__user=profile.user_id
        ).select_related("group", "organization")
    )


def _delegations(profile, organization):
    return OrganizationDelegate.objects.filter(
        user=profile.user_id, organization=organization
    )


def _leave(former, position, by, now):
    """Take back, in this transaction, what the body of `former` had opened."""
    organization, user = former.organization, former.user
    losses = losses_of(former)
    if organization is not None:
        groups = [grant.group for grant in _grants(former, organization)]
        for group in groups:
            withdraw_space(user=user, group=group, by=by or user, why=EMPLOYER)
        for body_group in losses.body_groups:
            user.groups.remove(body_group.group)
            record(
                Action.ROLE_WITHDRAWN,
                actor=by or user,
                subject=user,
                about=body_group.group,
                reason=EMPLOYER,
                body=organization.pk,
                role=body_group.role,
            )
        if losses.is_delegate:
            _delegations(former, organization).delete()
            record(
                Action.DELEGATE_WITHDRAWN,
                actor=by or user,
                subject=user,
                about=organization,
                reason=EMPLOYER,
            )
        EmployerCheck.objects.filter(
            profile=former, organization=organization, handled_at=None
        ).update(handled_at=now, handled_by=by)
        if losses.has_its_address:
            EmployerCheck.objects.create(
                profile=former, organization=organization, reason=CheckReason.ADDRESS
            )
        if losses or by is not None or losses.has_its_address:
            emit(
                "employer.left",
                position_id=position.pk,
                group_ids=[group.pk for group in groups],
                body_roles=[one.role for one in losses.body_groups],
                delegate=losses.is_delegate,
            )
    return losses


@transaction.atomic
def end_employment(*, profile, by, now=None):
    """The person no longer works where their sheet says; returns the Losses.

    Their function ended with it. The sheet keeps the rest, and they are told. Does nothing the
    second time.
    """
    profile = (
        Profile.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(pk=profile.pk)
    )
    if _says_nothing(profile):
        return Losses()
    record(
        Action.ACCOUNT_CHANGED,
        actor=by,
        subject=profile.user,
        about=profile,
        reason="employment_ended",
        organization=profile.organization_id,
    )
    profile.organization = None
    profile.organization_name = profile.job_title = ""
    losses = note_change(profile=profile, now=now, by=by)
    profile.save(update_fields=["organization", "organization_name", "job_title"])
    keep_words(Profile.objects.filter(pk=profile.pk))
    touch(profile)
    return losses


@transaction.atomic
def report_departure(*, profile, organization, by):
    """Tell those who run the network that the person is said to have left `organization`.

    Returns whether it is news: said twice, it is asked once.
    """
    check, created = EmployerCheck.objects.get_or_create(
        profile=profile,
        organization=organization,
        reason=CheckReason.LEFT,
        handled_at=None,
        defaults={"asked_by": by},
    )
    if created:
        emit("employer.check_asked", check_id=check.pk)
    return created


@transaction.atomic
def answer_check(*, check, by, ends, now=None):
    """Settle a question: `ends` says that the person left. Returns whether it was open."""
    now = now or timezone.now()
    check = (
        EmployerCheck.objects.select_for_update(of=("self",))
        .select_related("profile")
        .get(pk=check.pk)
    )
    if check.handled_at is not None:
        return False
    check.handled_at, check.handled_by = now, by
    check.save(update_fields=["handled_at", "handled_by"])
    # The list of what waits is kept until something is written.
    touch_many(Profile, [check.profile_id])
    if ends and check.profile.organization_id == check.organization_id:
        end_employment(profile=check.profile, by=by, now=now)
    return True


def held_at(user_ids, at):
    """{user id: Held} at the moment `at`, in two queries; who has no profile is left out."""
    moments = dict.fromkeys(user_ids, at)
    return {
        user_id: held for (user_id, _at), held in held_at_each(moments.items()).items()
    }


def held_at_each(moments):
    """{(user id, moment): Held} for pairs (user id, moment), in two queries.

    Before the first Position that is known, the function is that one's; who has none has
    always held what their profile says.
    """
    moments = list(moments)
    user_ids = {user_id for user_id, _at in moments}
    if not user_ids:
        return {}
    positions = {}
    for position in (
        Position.objects.filter(profile__user__in=user_ids)
        .select_related("organization", "profile")
        .order_by("started_at", "pk")
    ):
        positions.setdefault(position.profile.user_id, []).append(position)
    without = user_ids - set(positions)
    profiles = {
        profile.user_id: profile
        for profile in Profile.objects.filter(user__in=without).select_related(
            "organization"
        )
    }
    found = {}
    for user_id, at in moments:
        known = positions.get(user_id)
        if known:
            begun = [one for one in known if one.started_at <= at]
            found[user_id, at] = _held(begun[-1] if begun else known[0])
        elif user_id in profiles:
            found[user_id, at] = _held(profiles[user_id])
    return found


def _held(row):
    body = row.organization
    return Held(
        job_title=row.job_title,
        organization_label=body.label if body else row.organization_name,
    )


def kept_places(user):
    """The private spaces that stay open to `user`, as Places."""
    ids = space_groups().filter(user=user).order_by("name").values_list("pk", flat=True)
    return [place for places in places_of(ids).values() for place in places]
