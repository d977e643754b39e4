"""A member's portrait: sent, cropped, taken off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from network_site.members import portraits, services
from network_site.members.forms import FrameForm, PortraitForm
from network_site.members.models import Profile


def _own_profile(request):
    return Profile.objects.select_related("user").get_or_create(user=request.user)[0]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_portrait(request):
    """Send a photograph: the next step crops it."""
    profile = _own_profile(request)
    form = PortraitForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        # A form sent without a file is empty, and yet it was sent.
        form = PortraitForm(request.POST, request.FILES)
        if form.is_valid():
            portraits.save_draft(profile=profile, made=form.made)
            return redirect("profile_portrait_crop")
    return render(
        request,
        "members/portrait_form.html",
        {
            "form": form,
            "profile": profile,
            "has_draft": portraits.draft_of(profile) is not None,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_portrait_crop(request):
    """Choose the square that is kept, see it, and put it in place."""
    profile = _own_profile(request)
    draft = portraits.draft_of(profile)
    if draft is None:
        # Sent twice, or come back to the day after.
        if request.method == "POST" and profile.portrait:
            return redirect("profile_edit")
        messages.info(request, _("Choose a photograph first."))
        return redirect("profile_portrait")
    form = FrameForm(
        request.POST if request.method == "POST" else None,
        initial={"x": 50, "y": 50, "zoom": 100},
    )
    frame = portraits.Frame()
    if request.method == "POST":
        frame = form.frame()
        is_of_this_one = request.POST.get("token") == draft.token
        if not is_of_this_one:
            messages.warning(
                request,
                _("You sent another photograph meanwhile: here it is, to be cropped."),
            )
        elif form.is_valid() and "preview" not in request.POST:
            services.crop_portrait(profile=profile, draft=draft, frame=frame)
            messages.success(request, _("Your portrait is on your sheet."))
            return redirect("profile_edit")
    left, top, side = frame.box(draft.width, draft.height)
    return render(
        request,
        "members/portrait_crop.html",
        {
            "form": form,
            "profile": profile,
            "draft": draft,
            "box": {"left": left, "top": top, "side": side},
            "shorter": min(draft.width, draft.height),
        },
    )


@login_required
@require_safe
def profile_portrait_draft(request):
    """The photograph that the person who asks is cropping; nobody else's, ever."""
    draft = portraits.draft_of(_own_profile(request))
    if draft is None:
        raise Http404
    response = HttpResponse(
        portraits.read_file(draft.name), content_type=portraits.FORMATS["webp"]
    )
    patch_cache_control(response, private=True, no_store=True)
    return response


@login_required
@require_POST
def profile_portrait_remove(request):
    """Take the portrait off; asked twice, it is off."""
    services.remove_portrait(profile=_own_profile(request))
    messages.success(request, _("Your portrait has been taken off and erased."))
    return redirect("profile_edit")
