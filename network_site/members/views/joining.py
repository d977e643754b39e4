"""Asking to join: what the network is for, where a request stands, correcting it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from network_site.members import delays, services
from network_site.members.enums import MembershipStatus
from network_site.members.forms import RequestForm, SponsorForm
from network_site.members.models import Organization, Profile
from network_site.members.organization_names import (
    organization_of_address,
    organizations_like,
)
from network_site.members.services import sponsorship
from network_site.members.standing import steps_of


def _profile_of(user):
    return (
        Profile.objects.select_related("user", "organization", "territory")
        .filter(user=user)
        .first()
    )


def membership(request):
    """What the network is for and how one joins; to who asked, where the request stands."""
    profile = _profile_of(request.user) if request.user.is_authenticated else None
    if profile is None:
        return render(
            request,
            "members/membership.html",
            {"organization_count": Organization.objects.listed().count()},
        )
    return _show(request, profile)


def _show(request, profile, sponsor_form=None):
    """The page of one's own request."""
    context = {"profile": profile}
    if profile.status == MembershipStatus.APPROVED:
        context["asked_of_me"] = [
            (asked.profile, sponsorship.seal(asked))
            for asked in sponsorship.waiting_for(request.user)
        ]
    elif profile.email_confirmed_at:
        median = delays.median_delay(timezone.now())
        context |= {
            "steps": steps_of(profile),
            "usual_delay": delays.in_words(median) if median is not None else "",
            "sponsor_form": sponsor_form or SponsorForm(profile=profile),
            **_about_organization(profile),
        }
    return render(
        request,
        "members/membership.html",
        context,
        status=400 if sponsor_form is not None else 200,
    )


def _about_organization(profile):
    """What may be proposed to somebody whose organisation is not in the list."""
    if profile.organization or profile.status != MembershipStatus.PENDING:
        return {}
    proposed = organization_of_address(profile.user.email)
    close = organizations_like(profile.organization_name)[:3]
    return {"proposed": [proposed] if proposed else close}


@login_required
@require_POST
def choose_organization(request):
    """One of the organisations that were proposed is indeed the person's."""
    profile = _profile_of(request.user)
    proposed = _about_organization(profile).get("proposed", []) if profile else []
    chosen = {str(one.pk): one for one in proposed}.get(request.POST.get("key"))
    if chosen is None:
        messages.info(request, _("Nothing was changed: choose on this page."))
        return redirect("membership")
    try:
        services.choose_organization(user=request.user, organization_id=chosen.pk)
    except services.AlreadyDecided:
        return _tell_decided(request)
    messages.success(
        request, _("Noted: you work at %(name)s.") % {"name": chosen.label}
    )
    return redirect("membership")


def _tell_decided(request):
    messages.info(
        request,
        _("You are a member already: what you say of yourself is on your sheet."),
    )
    return redirect("membership")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership_request(request):
    """Correct one's request while it waits, or ask again after a refusal."""
    profile = _profile_of(request.user)
    if profile is None or profile.status == MembershipStatus.APPROVED:
        return redirect("membership" if profile is None else "profile_edit")
    was_refused = profile.status == MembershipStatus.REFUSED
    form = RequestForm(
        request.POST if request.method == "POST" else None, profile=profile
    )
    if form.is_valid():
        try:
            saved = form.save()
        except services.AlreadyDecided:
            return _tell_decided(request)
        if saved is not None:
            messages.success(
                request,
                _("Your new request is with the facilitators.")
                if was_refused
                else _("Your request is corrected."),
            )
            return redirect("membership")
    return render(
        request,
        "members/membership_request.html",
        {"form": form, "profile": profile, "was_refused": was_refused},
        status=400 if form.errors else 200,
    )


@login_required
@require_POST
def ask_sponsor(request):
    """Ask a colleague to answer for oneself, while waiting."""
    profile = _profile_of(request.user)
    if profile is None or profile.status != MembershipStatus.PENDING:
        return redirect("membership")
    form = SponsorForm(request.POST, profile=profile)
    if not form.is_valid() or form.save() is None:
        return _show(request, profile, sponsor_form=form)
    messages.success(
        request,
        _(
            "Noted. If %(email)s is the address of a member, we have written there. Tell"
            " this colleague as well: it is faster."
        )
        % {"email": form.cleaned_data["sponsor_email"]},
    )
    return redirect("membership")
