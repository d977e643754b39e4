from django.db.models import Prefetch
from django.utils.text import capfirst

from network_site.directory.people import card_of
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.groups import space_groups
from network_site.members.models import Organization, Profile
from network_site.members.permissions import (
    FIELDS,
    fields_at,
    reading_level,
    with_levels,
)
from network_site.members.words import words_in
from network_site.pages.visibility import (
    ALL,
    MEMBER,
    NOBODY,
    PUBLIC,
    member_group_token,
)
from network_site.registries.search import (
    Kind,
    Part,
    Source,
    source,
)


@source
class OrganizationSource(Source):
    """Organisations with a sheet; read by everyone."""

    model = Organization
    kind = Kind.ORGANISATION

    def queryset(self):
        return (
            Organization.objects.listed()
            .select_related("territory")
            .prefetch_related("themes", "aliases")
        )

    def visible_queryset(self, user):
        return Organization.objects.listed().select_related("territory")

    def themes(self, obj):
        return list(obj.themes.all())

    def territories(self, obj):
        return [obj.territory] if obj.territory else []

    def aliases(self, obj):
        former = [alias.name for alias in obj.aliases.all()]
        return [obj.acronym, obj.name_en, *former]

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
    """Admitted members, each word read by the audience of its field.

    The first part is the name alone, since it is what answers while a change of visibility
    waits for the worker. Then a part for each audience that reads more than the wider one: it
    holds all that this audience reads, so that words of several fields are found together.
    """

    model = Profile
    kind = Kind.PERSONNE

    def queryset(self):
        return (
            Profile.objects.approved()
            .select_related("user", "organization", "territory")
            .prefetch_related(
                "themes",
                "languages",
                Prefetch("user__groups", space_groups(), "own_spaces"),
            )
        )

    def visible_queryset(self, user):
        people = Profile.objects.approved().visible_to(user)
        return with_levels(
            people.select_related("user", "organization", "territory"), user
        )

    def title(self, obj):
        return obj.user.get_full_name()

    # A facet counts for whoever finds the sheet: the field must be read as widely.

    def themes(self, obj):
        if obj.themes_visibility < obj.sheet_visibility:
            return []
        return list(obj.themes.all())

    def territories(self, obj):
        if obj.territory is None or obj.territory_visibility < obj.sheet_visibility:
            return []
        return [obj.territory]

    def parts(self, obj):
        levels = [level for level in _AUDIENCES if level <= obj.sheet_visibility]
        if not levels:
            return
        tokens = _tokens_of(obj)
        name = obj.user.get_full_name()
        yield Part("main", title=name, tokens=tokens[levels[0]])
        before = frozenset()
        for level in levels:
            shown = fields_at(obj, level)
            if shown != before:
                texts = [
                    text
                    for field in FIELDS
                    if field in shown
                    for text in words_in(obj, field)
                ]
                yield Part(_AUDIENCES[level], text=[name, *texts], tokens=tokens[level])
            before = shown

    def card_context(self, obj, user):
        if not hasattr(obj, "reader_level"):
            obj.reader_level = reading_level(user, obj)
        return {
            key: value for key, value in card_of(obj).items() if key not in _GENERAL
        }


# The widest first.
_AUDIENCES = {
    FieldVisibility.EVERYONE: "everyone",
    FieldVisibility.MEMBERS: "members",
    FieldVisibility.SPACES: "spaces",
}
# What the search says of every result.
_GENERAL = {"title", "url"}


def _tokens_of(profile):
    """{level: the tokens of those who read `profile` at this level}."""
    groups = getattr(profile.user, "own_spaces", None)
    if groups is None:
        groups = space_groups().filter(user=profile.user)
    spaces = [member_group_token(group.pk) for group in groups]
    return {
        FieldVisibility.EVERYONE: [PUBLIC],
        FieldVisibility.MEMBERS: [MEMBER],
        FieldVisibility.SPACES: spaces or [ALL],
    }


def tokens_of_sheet(profile):
    """The tokens of those who open the sheet `profile`."""
    level = profile.sheet_visibility
    if profile.status != MembershipStatus.APPROVED or level not in _AUDIENCES:
        return NOBODY
    return frozenset({ALL, *_tokens_of(profile)[level]})
