from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from network_site.core import drafts
from network_site.members.forms import ProfileForm
from network_site.members.models import Profile


@drafts.keeps_text
def profile_edit(request):
    """A member's own sheet: what it says, and who reads each part of it."""
    if not request.user.is_authenticated:
        owner = drafts.owner_of(request) if request.method == "POST" else None
        if owner is None:
            return redirect_to_login(request.get_full_path())
        return drafts.keep(request, owner)
    Profile.objects.get_or_create(user=request.user)
    profile = Profile.objects.select_related("user", "organization").get(
        user=request.user
    )
    waiting = drafts.kept_post(request) if request.method != "POST" else None
    if waiting is not None or request.has_stale_token:
        messages.info(
            request, _("Here is the text you had written. Read it again, then send it.")
        )
    form = ProfileForm(request.POST or waiting, profile=profile)
    is_sent = request.method == "POST" and not request.has_stale_token
    if is_sent and form.is_valid() and form.save():
        drafts.forget(request)
        messages.success(request, _("Your sheet is up to date."))
        _tell_of_the_former_address(request, form.losses)
        return redirect("person", pk=profile.pk)
    return render(
        request,
        "members/profile_form.html",
        {
            "form": form,
            "profile": profile,
            "owner_token": drafts.owner_token(request.user),
        },
    )


def _tell_of_the_former_address(request, losses):
    if losses.has_its_address:
        messages.warning(
            request,
            _(
                "Your e-mail address is still that of %(name)s: give your new professional"
                " address under “Log-in and security”. The facilitators have been told."
            )
            % {"name": losses.organization.label},
        )
