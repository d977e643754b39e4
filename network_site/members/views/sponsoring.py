"""A member answers for somebody who wishes to join, from the mail they received."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from network_site.core.seals import DeadSeal, Fault
from network_site.core.signed_pages import signed_page
from network_site.members import services
from network_site.members.enums import MembershipStatus, SponsorshipStatus
from network_site.members.forms import SponsorshipForm
from network_site.members.services import sponsorship


@signed_page(
    sponsorship.LINK, sponsorship.asked_of, dead="members/sponsorship_dead.html"
)
def answer_sponsorship(request, asked):
    """Show who asks; a POST answers."""
    form = SponsorshipForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            services.answer_sponsorship(
                sponsorship=asked,
                by=asked.sponsor,
                vouches=form.cleaned_data["answer"] == "vouch",
                comment=form.cleaned_data["comment"],
            )
        except services.AlreadyAnswered:
            pass
        except PermissionDenied:
            raise DeadSeal(Fault.SPENT) from None
        # Asked again by GET, the page tells what was answered.
        return redirect(request.path)
    if form.errors:
        status = 400
    return render(
        request,
        "members/sponsorship.html",
        {
            "asked": asked,
            "profile": asked.profile,
            "form": form,
            "is_open": asked.status == SponsorshipStatus.ASKED
            and asked.profile.status == MembershipStatus.PENDING,
            "is_admitted": asked.profile.status == MembershipStatus.APPROVED,
            "has_vouched": asked.status == SponsorshipStatus.VOUCHED,
            "has_declined": asked.status == SponsorshipStatus.DECLINED,
        },
        status=status,
    )
