from network_site.members.services.admission import (
    AlreadyDecided,
    admit,
    confirm_address,
    refuse,
    request_membership,
)
from network_site.members.services.organizations import find_organization
from network_site.members.services.profiles import (
    ChangedMeanwhile,
    refresh_words,
    update_profile,
    version_of,
)

__all__ = [
    "AlreadyDecided",
    "ChangedMeanwhile",
    "admit",
    "confirm_address",
    "find_organization",
    "refresh_words",
    "refuse",
    "request_membership",
    "update_profile",
    "version_of",
]
