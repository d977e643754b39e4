from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

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


@login_required
@require_POST
def decide_admission(request, pk):
    """Admit or refuse one request."""
    if not can_decide_admission(request.user):
        raise PermissionDenied(
            _("Admissions are answered by the facilitators of the network.")
        )
    # Until the address is proven nobody has asked anything.
    profile = get_object_or_404(
        Profile.objects.select_related("user", "organization"),
        pk=pk,
        email_confirmed_at__isnull=False,
    )
    form = AdmissionForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "members/admission_refusal.html",
            {"form": form, "profile": with_evidence([profile])[0]},
            status=200 if form.data.get("decision") else 400,
        )
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
        words = (
            _("You have already answered this request: %(status)s.")
            if profile.decided_by_id == request.user.pk
            else _("Somebody has already answered this request: %(status)s.")
        )
        messages.info(
            request, words % {"status": MembershipStatus(profile.status).label}
        )
    return redirect("admissions")
