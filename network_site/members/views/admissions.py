from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.accounts.proofs import address_is_proven
from network_site.core import drafts
from network_site.core.pagination import paginate
from network_site.members import delays, services
from network_site.members.enums import MembershipStatus
from network_site.members.evidence import with_evidence
from network_site.members.forms import AdmissionForm
from network_site.members.models import EmailDomain, Profile
from network_site.members.permissions import can_decide_admission


def pending_requests():
    """Requests waiting for an answer, the oldest first, each with what speaks for it."""
    return (
        Profile.objects.pending()
        .select_related("user", "organization", "territory")
        .order_by("requested_at", "pk")
    )


@login_required
def admissions(request):
    """The facilitator's queue of requests to join."""
    if not can_decide_admission(request.user):
        raise PermissionDenied(
            _("Admissions are answered by the facilitators of the network.")
        )
    now = timezone.now()
    page = paginate(pending_requests(), request, 20)
    page.object_list = with_evidence(page.object_list, now)
    median = delays.median_delay(now)
    return render(
        request,
        "members/admissions.html",
        {
            "page": page,
            "owner_token": drafts.owner_token(request.user),
            "median_delay": delays.in_words(median) if median is not None else "",
            "decided": Profile.objects.exclude(decided_at=None)
            .exclude(status=MembershipStatus.PENDING)
            .select_related("user", "decided_by", "organization")
            .order_by("-decided_at", "-pk")[:10],
            "approved_domains": EmailDomain.objects.filter(admits_at_once=True)
            .select_related("organization")
            .order_by("domain")[:50],
        },
    )


@drafts.keeps_text
def decide_admission(request, pk):
    """One request; a POST admits or refuses."""
    if not request.user.is_authenticated:
        owner = drafts.owner_of(request) if request.method == "POST" else None
        if owner is None:
            return redirect_to_login(request.get_full_path())
        return drafts.keep(request, owner)
    if not can_decide_admission(request.user):
        raise PermissionDenied(
            _("Admissions are answered by the facilitators of the network.")
        )
    # Until the address is proven nobody has asked anything.
    profile = get_object_or_404(
        Profile.objects.select_related("user", "organization"),
        address_is_proven("user"),
        pk=pk,
    )
    if request.method != "POST" and profile.status != MembershipStatus.PENDING:
        return _tell_decided(request, profile)
    waiting = drafts.kept(request) if request.method != "POST" else None
    if waiting is not None or request.has_stale_token:
        messages.info(
            request, _("Here is the text you had written. Read it again, then send it.")
        )
    form = AdmissionForm(
        request.POST if request.method == "POST" else None, initial=waiting
    )
    if not form.is_valid() or request.has_stale_token:
        return render(
            request,
            "members/admission_refusal.html",
            {
                "form": form,
                "profile": with_evidence([profile])[0],
                "owner_token": drafts.owner_token(request.user),
            },
            status=400 if "decision" in form.errors else 200,
        )
    drafts.forget(request)
    try:
        if form.cleaned_data["decision"] == "admit":
            services.admit(
                profile=profile, by=request.user, reason=form.cleaned_data["reason"]
            )
            messages.success(
                request,
                _("%(name)s is now a member and has been told by e-mail.")
                % {"name": profile.user},
            )
        else:
            services.refuse(
                profile=profile, by=request.user, reason=form.cleaned_data["reason"]
            )
            messages.success(
                request,
                _("The request of %(name)s is refused; your reason has been sent.")
                % {"name": profile.user},
            )
    except services.AlreadyDecided:
        profile.refresh_from_db()
        return _tell_decided(request, profile)
    return redirect("admissions")


def _tell_decided(request, profile):
    words = (
        _("You have already answered this request: %(status)s.")
        if profile.decided_by_id == request.user.pk
        else _("Somebody has already answered this request: %(status)s.")
    )
    messages.info(request, words % {"status": MembershipStatus(profile.status).label})
    return redirect("admissions")
