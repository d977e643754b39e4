from network_site.members.services.admission import (
    admit,
    choose_organization,
    correct_request,
    give_up_request,
    refuse,
    request_membership,
)
from network_site.members.services.decisions import AlreadyDecided
from network_site.members.services.organizations import find_organization
from network_site.members.services.portraits import (
    crop_portrait,
    put_portrait,
    remove_portrait,
)
from network_site.members.services.profiles import (
    VISIBILITIES,
    ChangedMeanwhile,
    state_of,
    update_profile,
    version_of,
)
from network_site.members.services.proving import (
    address_proven,
    confirm_address,
    free_address,
    note_address,
)
from network_site.members.services.sponsorship import (
    AlreadyAnswered,
    OwnAddress,
    TooManyAsked,
    answer_sponsorship,
    ask_sponsor,
)

__all__ = [
    "free_address",
    "note_address",
    "VISIBILITIES",
    "AlreadyAnswered",
    "AlreadyDecided",
    "ChangedMeanwhile",
    "OwnAddress",
    "TooManyAsked",
    "address_proven",
    "admit",
    "answer_sponsorship",
    "ask_sponsor",
    "choose_organization",
    "confirm_address",
    "crop_portrait",
    "correct_request",
    "find_organization",
    "give_up_request",
    "put_portrait",
    "remove_portrait",
    "refuse",
    "request_membership",
    "state_of",
    "update_profile",
    "version_of",
]
