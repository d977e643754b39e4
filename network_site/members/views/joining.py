from django.shortcuts import render

from network_site.members.models import Organization, Profile


def membership(request):
    """What the network is for and how one joins; to who asked, where the request stands."""
    profile = None
    if request.user.is_authenticated:
        profile = (
            Profile.objects.select_related("organization", "territory")
            .filter(user=request.user)
            .first()
        )
    return render(
        request,
        "members/membership.html",
        {
            "profile": profile,
            "member_count": Profile.objects.approved().count(),
            "organization_count": Organization.objects.listed().count(),
        },
    )
