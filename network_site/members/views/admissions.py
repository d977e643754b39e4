from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network_site.core.pagination import paginate
from network_site.members import services
from network_site.members.domains import candidate_domains
from network_site.members.enums import MembershipStatus
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


def with_evidence(profiles):
    """Give each profile `evidence`: members of the same address domain, and the domain."""
    profiles = list(profiles)
    domains = {
        profile.pk: candidate_domains(profile.user.email)[:1] for profile in profiles
    }
    wanted = {domain for found in domains.values() for domain in found}
    counts = dict.fromkeys(wanted, 0)
    emails = Profile.objects.approved().values_list("user__email", flat=True)
    for email in emails:
        domain = email.rpartition("@")[2].lower()
        if domain in counts:
            counts[domain] += 1
    for profile in profiles:
        domain = next(iter(domains[profile.pk]), "")
        profile.evidence = {"domain": domain, "members": counts.get(domain, 0)}
    return profiles


@login_required
def admissions(request):
    """The facilitator's queue of requests to join."""
    if not can_decide_admission(request.user):
        raise PermissionDenied(
            _("Admissions are answered by the facilitators of the network.")
        )
    page = paginate(pending_requests(), request, 20)
    page.object_list = with_evidence(page.object_list)
    return render(
        request,
        "members/admissions.html",
        {
            "page": page,
            "decided": Profile.objects.exclude(decided_at=None)
            .select_related("user", "decided_by", "organization")
            .order_by("-decided_at", "-pk")[:10],
            "form": AdmissionForm(),
            "approved_domains": EmailDomain.objects.order_by("domain")[:50],
        },
    )


@login_required
@require_POST
def decide_admission(request, pk):
    """Admit or refuse one request."""
    profile = get_object_or_404(Profile.objects.select_related("user"), pk=pk)
    if not can_decide_admission(request.user):
        raise PermissionDenied(
            _("Admissions are answered by the facilitators of the network.")
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
        messages.info(
            request,
            _("Somebody has already answered this request: %(status)s.")
            % {"status": MembershipStatus(profile.status).label},
        )
    return redirect("admissions")
