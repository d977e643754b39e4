"""Organisations and members, with what they follow."""

from itertools import batched

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from network_site.core.slugs import free_slug, slug_of
from network_site.demo.load.page_rows import write_references
from network_site.members import roles
from network_site.members.enums import (
    AdmissionRoute,
    FieldVisibility,
    MembershipStatus,
    OrganizationKind,
)
from network_site.members.models import (
    Organization,
    Position,
    Profile,
    SpokenLanguage,
)
from network_site.members.words import KEPT, set_words
from network_site.notifications.enums import Rhythm
from network_site.notifications.models import DigestSchedule, Follow, MailSettings
from network_site.notifications.rhythm import next_slot
from network_site.registries.enums import Level

# Reserved for documentation (RFC 2606): no mail can reach anyone.
DOMAIN = "charge.example"
BATCH = 1000
PENDING, PRIVATE = 0.02, 0.05
FIRST_NAMES = [
    "Camille",
    "Samira",
    "Jean",
    "Fatou",
    "Marie",
    "Mohamed",
    "Claire",
    "Yasmine",
    "Paul",
    "Aminata",
    "Sophie",
    "Karim",
    "Julie",
    "Thomas",
    "Nadia",
    "Pierre",
    "Inès",
    "Lucas",
    "Malika",
    "Anne",
    "Hugo",
    "Leïla",
    "Nicolas",
    "Aïcha",
    "Émilie",
    "Rachid",
    "Hélène",
    "Ibrahima",
    "Céline",
    "Mehdi",
]
JOBS = (
    "Chargée de mission",
    "Chargé de développement social",
    "Médiatrice",
    "Conseiller en insertion",
    "Directrice",
    "Délégué du préfet",
    "Juriste",
    "Formatrice",
    "Coordonnateur",
    "Référente égalité",
)
BODIES = (
    "Association",
    "Centre social",
    "Mission locale",
    "Maison de quartier",
    "Régie",
    "Fédération",
    "Service",
    "Plateforme",
)
LANGUAGES = ("en", "ar", "es", "pt", "tr", "de", "it", "wo", "ln", "ru")


def organisations(load):
    """Make the bodies of the directory; they are the load's `organisations`."""
    chance, writer = load.chance, load.writer
    kinds = chance.tail(OrganizationKind.values, is_shuffled=True)
    names = set(Organization.objects.values_list("name", flat=True))
    slugs = set(Organization.objects.values_list("slug", flat=True))
    made = []
    while len(made) < load.sizes.organisations:
        territory = load.territories.one()
        name = f"{chance.rng.choice(BODIES)} {writer.surname()} ({territory.name})"[
            :200
        ]
        if name in names:
            continue
        names.add(name)
        slug = free_slug(slug_of(name, longest=100), slugs)
        slugs.add(slug)
        made.append(
            Organization(
                name=name,
                slug=slug,
                kind=kinds.one(),
                territory=territory,
                summary=writer.short(500),
                body=writer.body(3),
                contact_email=f"{slug[:40].strip('-')}@{DOMAIN}",
                website=f"https://{slug[:40].strip('-')}.example/",
                is_listed=not chance.happens(0.02),
            )
        )
    made = Organization.objects.bulk_create(made, batch_size=BATCH)
    _link(Organization.themes.through, "organization_id", made, load)
    for some in batched(made, BATCH):
        write_references(list(some))
    load.organisations = chance.tail(made)


def _link(through, column, rows, load):
    links = [
        through(**{column: row.pk, "theme_id": theme.pk})
        for row in rows
        for theme in load.themes.some(5)
    ]
    through.objects.bulk_create(links, batch_size=BATCH)
    return links


def members(load):
    """Make the accounts, which nobody can log in to, and their sheets.

    The load's `members` are those admitted, the busiest first.
    """
    chance, writer = load.chance, load.writer
    users = get_user_model().objects.bulk_create(
        [
            get_user_model()(
                email=f"membre-{number}@{DOMAIN}",
                first_name=chance.rng.choice(FIRST_NAMES),
                last_name=writer.surname(),
                # What set_unusable_password() writes begins so.
                password=f"!{chance.uuid().hex}",
                language="en" if chance.happens(0.03) else "fr",
                date_joined=chance.moment(3000),
            )
            for number in range(1, load.sizes.members + 1)
        ],
        batch_size=BATCH,
    )
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(user=user, email=user.email, verified=True, primary=True)
            for user in users
        ],
        batch_size=BATCH,
    )
    profiles = _profiles(load, users)
    admitted = [
        profile.user
        for profile in profiles
        if profile.status == MembershipStatus.APPROVED
    ] or users[:1]
    _groups(load, admitted)
    _what_they_follow(load, admitted)
    load.members = chance.tail(admitted, 0.7)


def _profiles(load, users):
    chance, writer = load.chance, load.writer
    profiles = []
    for user in users:
        body = load.organisations.one()
        is_pending = chance.happens(PENDING) and user is not users[0]
        visibility = (
            FieldVisibility.SPACES
            if chance.happens(PRIVATE)
            else FieldVisibility.EVERYONE
            if chance.happens(0.3)
            else FieldVisibility.MEMBERS
        )
        profiles.append(
            Profile(
                user=user,
                organization=body,
                job_title=chance.rng.choice(JOBS),
                territory=body.territory,
                presentation=writer.short(900, 3) if chance.happens(0.4) else "",
                help_topics=writer.short(380, 1) if chance.happens(0.3) else "",
                sheet_visibility=visibility,
                is_fictitious=True,
                status=(
                    MembershipStatus.PENDING
                    if is_pending
                    else MembershipStatus.APPROVED
                ),
                motivation=writer.short(300) if is_pending else "",
                decided_at=None if is_pending else user.date_joined,
                admission_route="" if is_pending else AdmissionRoute.DOMAIN,
            )
        )
    profiles = Profile.objects.bulk_create(profiles, batch_size=BATCH)
    themes, spoken = {}, {}
    for link in _link(Profile.themes.through, "profile_id", profiles, load):
        themes.setdefault(link.profile_id, []).append(load.theme_by_key[link.theme_id])
    languages = chance.tail(LANGUAGES)
    for profile in profiles:
        if chance.happens(0.4):
            spoken[profile.pk] = [
                SpokenLanguage(profile=profile, code=code) for code in languages.some(3)
            ]
    SpokenLanguage.objects.bulk_create(
        [one for some in spoken.values() for one in some], batch_size=BATCH
    )
    for profile in profiles:
        # As prefetched: set_words() asks no database.
        profile._prefetched_objects_cache = {
            "themes": themes.get(profile.pk, []),
            "languages": spoken.get(profile.pk, []),
        }
        set_words(profile)
    for some in batched(profiles, 200):
        Profile.objects.bulk_update(some, KEPT)
    Position.objects.bulk_create(
        [
            Position(
                profile=profile,
                organization_id=profile.organization_id,
                job_title=profile.job_title,
                territory_id=profile.territory_id,
                started_at=profile.user.date_joined,
            )
            for profile in profiles
            if profile.status == MembershipStatus.APPROVED
        ],
        batch_size=BATCH,
    )
    return profiles


def _groups(load, users):
    """The role of members, and the private groups that open the private spaces."""
    chance = load.chance
    count = max(1, load.sizes.forums // 3)
    load.groups = Group.objects.bulk_create(
        Group(name=f"Groupe {load.writer.surname()} {number}")
        for number in range(1, count + 1)
    )
    groups = chance.tail(load.groups)
    members = roles.group_of(roles.MEMBERS)
    places = {(user.pk, members.pk) for user in users}
    load.people_of = {group.pk: [] for group in load.groups}
    for user in users:
        # The first one reads a private space, so that there is one who does.
        if user is users[0] or chance.happens(0.15):
            for group in groups.some(3):
                places.add((user.pk, group.pk))
                load.people_of[group.pk].append(user)
    through = get_user_model().groups.through
    through.objects.bulk_create(
        [through(user_id=user, group_id=group) for user, group in sorted(places)],
        batch_size=BATCH,
    )


def _what_they_follow(load, users):
    chance = load.chance
    rhythms = chance.tail(
        [Rhythm.WEEKLY, Rhythm.DAILY, Rhythm.NONE, Rhythm.MONTHLY, Rhythm.AT_ONCE]
    )
    settings, schedules, follows = [], [], []
    due = {
        rhythm: next_slot(rhythm, None, chance.now)
        for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.MONTHLY)
    }
    for user in users:
        rhythm = rhythms.one()
        settings.append(
            MailSettings(user=user, rhythm=rhythm, onboarded_at=user.date_joined)
        )
        if rhythm in due:
            schedules.append(
                DigestSchedule(user=user, rhythm=rhythm, due_at=due[rhythm])
            )
        follows += [
            Follow(user=user, kind="theme", target=str(theme.pk), level=Level.SUMMARY)
            for theme in load.themes.some(4)
        ]
    MailSettings.objects.bulk_create(settings, batch_size=BATCH)
    DigestSchedule.objects.bulk_create(schedules, batch_size=BATCH)
    Follow.objects.bulk_create(follows, batch_size=BATCH)
