"""What speaks for a request to join, as those who answer it read it."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone

from network_site.members.domains import (
    candidate_domains,
    domain_of,
    is_public_mailbox,
    resembled_domain,
)
from network_site.members.enums import MembershipStatus
from network_site.members.models import EmailDomain, Profile, Sponsorship
from network_site.members.organization_names import organizations_like

# Colleagues at the same domain who are named.
NAMED = 3


@dataclass
class Evidence:
    """What was matched for one request.

    `known` is the EmailDomain above the address, `resembles` a known domain that the address
    could be taken for, `close` the listed organisations whose name is near the words typed.
    """

    domain: str
    known: EmailDomain | None = None
    is_public: bool = False
    resembles: str = ""
    members: int = 0
    colleagues: list[Profile] = field(default_factory=list)
    close: list = field(default_factory=list)
    sponsorships: list[Sponsorship] = field(default_factory=list)
    days: int = 0
    was_refused: bool = False


def with_evidence(profiles, now=None):
    """Give each of `profiles` its `evidence`; returns them as a list.

    The number of questions to the database does not grow with the requests, but for those
    whose organisation is not in the list.
    """
    now = now or timezone.now()
    profiles = list(profiles)
    domains = {profile.pk: domain_of(profile.user.email) for profile in profiles}
    known = _known(profile.user.email for profile in profiles)
    shared = {domain for domain in domains.values() if not is_public_mailbox(domain)}
    counts = _counts(sorted(shared - {""}))
    colleagues = _colleagues(sorted(shared - {""}))
    asked = _sponsorships(profiles)
    everywhere = list(EmailDomain.objects.values_list("domain", flat=True))
    for profile in profiles:
        domain = domains[profile.pk]
        email = profile.user.email
        profile.evidence = Evidence(
            domain=domain or email.rpartition("@")[2],
            known=max(
                (known[one] for one in candidate_domains(email) if one in known),
                key=lambda one: len(one.domain),
                default=None,
            ),
            is_public=is_public_mailbox(domain),
            resembles=resembled_domain(email, everywhere),
            members=counts.get(domain, 0),
            colleagues=colleagues.get(domain, []),
            close=(
                []
                if profile.organization
                else organizations_like(profile.organization_name)[:NAMED]
            ),
            sponsorships=asked.get(profile.pk, []),
            days=max(0, (now - profile.requested_at).days),
            was_refused=bool(
                profile.decided_at and profile.status == MembershipStatus.PENDING
            ),
        )
    return profiles


def _known(emails):
    wanted = {domain for email in emails for domain in candidate_domains(email)}
    rows = EmailDomain.objects.select_related("organization").filter(domain__in=wanted)
    return {one.domain: one for one in rows}


def _at(domain):
    return Q(user__email__iendswith=f"@{domain}")


def _counts(domains):
    """{domain: how many members have an address there}, in one question."""
    if not domains:
        return {}
    wanted = {
        f"at{rank}": Count("pk", filter=_at(domain))
        for rank, domain in enumerate(domains)
    }
    found = Profile.objects.approved().aggregate(**wanted)
    return {domain: found[f"at{rank}"] for rank, domain in enumerate(domains)}


def _colleagues(domains):
    """{domain: some members who have an address there}, the first admitted first."""
    if not domains:
        return {}
    anywhere = Q()
    for domain in domains:
        anywhere |= _at(domain)
    rows = (
        Profile.objects.approved()
        .filter(anywhere)
        .select_related("user")
        .order_by("decided_at", "pk")[: 50 * NAMED]
    )
    found = {}
    for profile in rows:
        named = found.setdefault(domain_of(profile.user.email), [])
        if len(named) < NAMED:
            named.append(profile)
    return found


def _sponsorships(profiles):
    found = {}
    for asked in (
        Sponsorship.objects.filter(profile__in=profiles)
        .select_related("sponsor__profile")
        .order_by("pk")
    ):
        found.setdefault(asked.profile_id, []).append(asked)
    return found
