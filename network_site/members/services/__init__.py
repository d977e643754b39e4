from network_site.members.services.admission import (
    AlreadyDecided,
    admit,
    confirm_address,
    refuse,
    request_membership,
)
from network_site.members.services.organizations import find_organization
from network_site.members.services.profiles import update_profile

__all__ = [
    "AlreadyDecided",
    "admit",
    "confirm_address",
    "find_organization",
    "refuse",
    "request_membership",
    "update_profile",
]
