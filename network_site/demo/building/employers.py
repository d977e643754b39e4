"""What employers open, and what a change of employer leaves behind."""

from datetime import timedelta

from network_site.demo.building.base import text
from network_site.demo.content.people import PRIVATE_GROUP
from network_site.members.models import EmailDomain, Position, SpaceGrant
from network_site.members.services import organizations
from network_site.members.services.positions import open_position

# A body's own domains: reserved for examples (RFC 2606), so that none is anybody's.
DOMAINS = (
    ("communes", "commune.example", False),
    ("departements", "departement.example", True),
)
# The member, the body whose sheet they keep.
DELEGATES = (("membre", "communes"),)
# Who represents a body in the private space; the others are there in person.
REPRESENTATIVES = (("membre-espace-prive", "departements"),)
# The member, the body they came from, the function held there, and for how many days they
# have held the present one.
FORMER = (("membre", "associations", "Animatrice de quartier (membre fictive)", 400),)


def build_employers(built):
    """Domains, a delegate, places in the private space, and one function held before."""
    people, bodies = built.people, built.organisations
    for slug, domain, admits in DOMAINS:
        if not EmailDomain.objects.filter(domain=domain).exists():
            built.remember(
                EmailDomain.objects.create(
                    domain=domain,
                    organization=bodies[slug],
                    admits_at_once=admits,
                    note=text("Domaine de démonstration."),
                )
            )
    facilitator = people["animation"]
    for person, slug in DELEGATES:
        organizations.name_delegate(
            organization=bodies[slug], user=people[person], by=facilitator
        )
    group = built.groups[PRIVATE_GROUP]
    represented = dict(REPRESENTATIVES)
    for name, user in people.items():
        if user.groups.filter(pk=group.pk).exists():
            body = bodies[represented[name]] if name in represented else None
            SpaceGrant.objects.get_or_create(
                user=user,
                group=group,
                defaults={"organization": body, "granted_by": facilitator},
            )
    for person, slug, job_title, days in FORMER:
        _former_function(
            people[person].profile, bodies[slug], text(job_title), built, days
        )


def _former_function(profile, body, job_title, built, days):
    if profile.positions.exclude(ended_at=None).exists():
        return
    since = built.now - timedelta(days=days)
    present = open_position(profile, built.now)
    Position.objects.filter(pk=present.pk).update(started_at=since)
    Position.objects.create(
        profile=profile,
        organization=body,
        job_title=job_title,
        started_at=since - timedelta(days=900),
        ended_at=since,
    )
