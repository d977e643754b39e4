"""Where a request stands, as its author reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from network_site.members.enums import MembershipStatus


@dataclass
class Step:
    """One line of the history: what the timeline component shows."""

    kind: str
    label: str
    date: datetime | None = None
    text: str = ""
    url: str = ""
    action: str = ""


def steps_of(profile):
    """What was done for the request of `profile`, the oldest first, then what is awaited.

    Of the colleagues asked it says when they were, never what came of it: that would tell
    whose addresses are members'.
    """
    is_second = profile.decided_at and profile.status == MembershipStatus.PENDING
    asked = profile.user.date_joined
    steps = [
        Step("ok", _("You asked to join"), asked),
        Step("ok", _("Your address is proven"), text=profile.user.email),
    ]
    if is_second:
        steps.append(Step("ok", _("You asked again"), profile.requested_at))
    steps += [
        Step(
            "past",
            _("You asked a colleague to answer for you"),
            asked.asked_at,
            asked.sponsor_email,
        )
        for asked in profile.sponsorships.order_by("asked_at", "pk")
    ]
    steps.sort(key=lambda step: step.date or asked)
    if profile.status == MembershipStatus.REFUSED:
        steps.append(
            Step("ended", _("Your request was not accepted"), profile.decided_at)
        )
    else:
        steps.append(
            Step(
                "wait",
                _("Your request waits for an answer since"),
                profile.requested_at,
            )
        )
    return steps
