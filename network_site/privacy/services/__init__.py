from network_site.privacy.services.departures import (
    TooLate,
    ask_to_leave,
    open_departure,
    remind,
    signature_of,
    stay,
    stay_token,
    user_of_token,
    what_rests_on,
)
from network_site.privacy.services.erasure import (
    call_due,
    carry_out,
    close,
    receipt_lines,
    take_up_again,
    what_goes_later,
)
from network_site.privacy.services.exports import (
    ask_export,
    expire,
    latest_export,
    path_of,
    prepare,
)

__all__ = [
    "TooLate",
    "ask_export",
    "ask_to_leave",
    "call_due",
    "carry_out",
    "close",
    "expire",
    "latest_export",
    "open_departure",
    "path_of",
    "prepare",
    "receipt_lines",
    "remind",
    "signature_of",
    "stay",
    "stay_token",
    "take_up_again",
    "user_of_token",
    "what_goes_later",
    "what_rests_on",
]
