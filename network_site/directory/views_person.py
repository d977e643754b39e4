"""The sheet of one member, as each reader may read it."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from network_site.members.models import Profile
from network_site.members.permissions import can_view_profile, visible_fields


def person(request, pk):
    """The sheet of one member: a visitor is sent to log in, a member is told nothing."""
    profile = get_object_or_404(
        Profile.objects.select_related(
            "user", "organization", "territory"
        ).prefetch_related("themes", "languages"),
        pk=pk,
    )
    if not can_view_profile(request.user, profile):
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
    return render(
        request,
        "directory/person_detail.html",
        {
            "profile": profile,
            "is_own": profile.user_id == request.user.pk,
            "shown": visible_fields(request.user, profile),
        },
    )
