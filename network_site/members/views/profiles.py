from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from network_site.members.forms import ProfileForm
from network_site.members.models import Profile


@login_required
def profile_edit(request):
    """A member's own sheet: what it says, and who reads each part of it."""
    Profile.objects.get_or_create(user=request.user)
    profile = Profile.objects.select_related("user", "organization").get(
        user=request.user
    )
    form = ProfileForm(request.POST or None, profile=profile)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, _("Your sheet is up to date."))
        _tell_of_the_former_address(request, form.losses)
        return redirect("person", pk=profile.pk)
    return render(
        request, "members/profile_form.html", {"form": form, "profile": profile}
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
