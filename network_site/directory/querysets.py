"""People and organisations as the directory searches them."""

from django.db.models import Q

from network_site.members.models import Organization, Profile


def organizations(*, words="", kinds=(), themes=(), territory=None):
    """Listed organisations that answer every filter."""
    found = Organization.objects.listed().select_related("territory")
    if words:
        found = found.filter(
            Q(name__icontains=words)
            | Q(name_en__icontains=words)
            | Q(acronym__icontains=words)
            | Q(summary__icontains=words)
        )
    if kinds:
        found = found.filter(kind__in=kinds)
    if themes:
        found = found.filter(themes__in=themes).distinct()
    if territory:
        found = found.filter(
            Q(territory=territory)
            | Q(territory__parent=territory)
            | Q(territory__parent__parent=territory)
        )
    return found.order_by("name", "pk")


def people(user, *, words="", themes=(), territory=None):
    """Members whom `user` may see and who answer every filter."""
    found = (
        Profile.objects.approved()
        .visible_to(user)
        .select_related("user", "organization", "territory")
    )
    for word in words.split():
        found = found.filter(
            Q(user__first_name__icontains=word)
            | Q(user__last_name__icontains=word)
            | Q(job_title__icontains=word)
            | Q(organization__name__icontains=word)
            | Q(organization_name__icontains=word)
        )
    if themes:
        found = found.filter(themes__in=themes).distinct()
    if territory:
        found = found.filter(
            Q(territory=territory)
            | Q(territory__parent=territory)
            | Q(territory__parent__parent=territory)
        )
    return found.order_by("user__last_name", "user__first_name", "pk")
