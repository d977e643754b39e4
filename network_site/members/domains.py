"""Which e-mail domains admit at once."""

from network_site.members.models import EmailDomain


def normalize_domain(value):
    """Return `value` as a bare lower-case ASCII domain ("@Ville.fr." → "ville.fr").

    Raises ValueError on what cannot be a domain: a single label would admit a whole
    top-level domain.
    """
    domain = value.strip().strip(".").rpartition("@")[2].lower()
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError(value) from error
    labels = domain.split(".")
    if len(labels) < 2 or not all(
        label
        and len(label) <= 63
        and label.replace("-", "").isalnum()
        and label.isascii()
        for label in labels
    ):
        raise ValueError(value)
    return domain


def candidate_domains(email):
    """The domains that admit `email`: its own, then each parent of two labels or more.

    Whole labels only: evilgouv.fr is not below gouv.fr.
    """
    try:
        domain = normalize_domain(email)
    except ValueError:
        return []
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def approved_domain_of(email):
    """The approved domain that admits `email`, or None."""
    return (
        EmailDomain.objects.filter(
            domain__in=candidate_domains(email), admits_at_once=True
        )
        .order_by("domain")
        .first()
    )
