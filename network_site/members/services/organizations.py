"""Finding, keeping and joining organisations."""

from network_site.members.models import Organization


def find_organization(words):
    """The organisation whose name or acronym is `words`, whatever the case; or None."""
    words = " ".join(words.split())
    if not words:
        return None
    for field in ("name", "acronym", "name_en"):
        matches = Organization.objects.filter(**{f"{field}__iexact": words})[:2]
        if len(matches) == 1:
            return matches[0]
    return None
