from django.utils.text import capfirst

from network_site.members.models import Organization, Profile
from network_site.search.registry import Kind, Part, Source, source


@source
class OrganizationSource(Source):
    """Organisations with a sheet; read by everyone."""

    model = Organization
    kind = Kind.ORGANISATION

    def queryset(self):
        return (
            Organization.objects.listed()
            .select_related("territory")
            .prefetch_related("themes")
        )

    def visible_queryset(self, user):
        return Organization.objects.listed().select_related("territory")

    def themes(self, obj):
        return list(obj.themes.all())

    def territories(self, obj):
        return [obj.territory] if obj.territory else []

    def aliases(self, obj):
        return [obj.acronym, obj.name_en]

    def parts(self, obj):
        yield Part(
            "main", title=obj.name, text=[obj.summary, obj.body], tokens=["public"]
        )
        yield Part(
            "en", text=[obj.summary_en, obj.body_en], tokens=["public"], lang="en"
        )

    def card_context(self, obj, user):
        return {
            "kind_label": capfirst(obj.get_kind_display()),
            "acronym": obj.acronym,
            "territory": obj.territory.name if obj.territory else "",
        }


@source
class ProfileSource(Source):
    """Admitted members; read by members."""

    model = Profile
    kind = Kind.PERSONNE

    def queryset(self):
        return (
            Profile.objects.approved()
            .select_related("user", "organization", "territory")
            .prefetch_related("themes")
        )

    def visible_queryset(self, user):
        return (
            Profile.objects.approved()
            .visible_to(user)
            .select_related("user", "organization", "territory")
        )

    def title(self, obj):
        return obj.user.get_full_name()

    def themes(self, obj):
        return list(obj.themes.all())

    def territories(self, obj):
        return [obj.territory] if obj.territory else []

    def parts(self, obj):
        yield Part(
            "main",
            title=obj.user.get_full_name(),
            text=[obj.job_title, obj.organization_label, obj.presentation],
            tokens=["member"],
        )

    def card_context(self, obj, user):
        return {
            "function": obj.job_title,
            "organisation": obj.organization_label,
            "territory": obj.territory.name if obj.territory else "",
        }
