"""What is done with the newsletter: sending, subscriptions, proposals."""

from network_site.newsletters.services.contributions import (
    AlreadyDecided,
    IssueLocked,
    accept_contribution,
    place_contribution,
    propose_contribution,
    refuse_contribution,
)
from network_site.newsletters.services.dispatching import (
    AlreadyPlanned,
    IssueChanged,
    NobodyToWrite,
    PastTime,
    PublicationDelayed,
    ask_proof,
    cancel_dispatch,
    finish_dispatches,
    plan_dispatch,
    resume_dispatch,
    start_dispatch,
    stop_dispatch,
    take_new_version,
)
from network_site.newsletters.services.issues import create_issue
from network_site.newsletters.services.subscriptions import (
    ask_subscription,
    confirm_subscription,
    forget_old_subscriptions,
    join_again,
    leave,
)

__all__ = [
    "AlreadyDecided",
    "AlreadyPlanned",
    "IssueChanged",
    "IssueLocked",
    "NobodyToWrite",
    "PastTime",
    "PublicationDelayed",
    "accept_contribution",
    "ask_proof",
    "ask_subscription",
    "cancel_dispatch",
    "confirm_subscription",
    "create_issue",
    "finish_dispatches",
    "forget_old_subscriptions",
    "join_again",
    "leave",
    "place_contribution",
    "plan_dispatch",
    "propose_contribution",
    "refuse_contribution",
    "resume_dispatch",
    "start_dispatch",
    "stop_dispatch",
    "take_new_version",
]
