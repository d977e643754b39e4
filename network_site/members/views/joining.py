"""Asking to join: what the network is for, where a request stands, correcting it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from network_site.core import drafts
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

# The address of a colleague, typed in a session that had ended.
_COLLEAGUE = "colleague_to_ask"
form_methods = require_http_methods(["GET", "HEAD", "POST"])


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
    elif profile.is_address_proven:
        median = delays.median_delay(timezone.now())
        context |= {
            "steps": steps_of(profile),
            "usual_delay": delays.in_words(median) if median is not None else "",
            "sponsor_form": sponsor_form
            or SponsorForm(
                profile=profile,
                initial={"sponsor_email": request.session.pop(_COLLEAGUE, "")},
            ),
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
@form_methods
def choose_organization(request):
    """One of the organisations that were proposed is indeed the person's."""
    if request.method != "POST":
        return redirect("membership")
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
@drafts.keeps_text
def membership_request(request):
    """Correct one's request while it waits, or ask again after a refusal."""
    if not request.user.is_authenticated:
        owner = drafts.owner_of(request) if request.method == "POST" else None
        if owner is None:
            return redirect_to_login(request.get_full_path())
        return drafts.keep(request, owner)
    profile = _profile_of(request.user)
    if profile is None or profile.status == MembershipStatus.APPROVED:
        return redirect("membership" if profile is None else "profile_edit")
    was_refused = profile.status == MembershipStatus.REFUSED
    waiting = drafts.kept(request) if request.method != "POST" else None
    if waiting is not None or request.has_stale_token:
        messages.info(
            request, _("Here is the text you had written. Read it again, then send it.")
        )
    form = RequestForm(
        request.POST if request.method == "POST" else None,
        profile=profile,
        written=waiting,
    )
    if form.is_valid() and not request.has_stale_token:
        try:
            saved = form.save()
        except services.AlreadyDecided:
            return _tell_decided(request)
        if saved is not None:
            drafts.forget(request)
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
        {
            "form": form,
            "profile": profile,
            "was_refused": was_refused,
            "owner_token": drafts.owner_token(request.user),
        },
        status=400 if form.errors else 200,
    )


@form_methods
def ask_sponsor(request):
    """Ask a colleague to answer for oneself, while waiting."""
    if request.method != "POST":
        return redirect("membership")
    if not request.user.is_authenticated:
        request.session[_COLLEAGUE] = request.POST.get("sponsor_email", "")[:254]
        return redirect_to_login(reverse("membership") + "#sponsor")
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
