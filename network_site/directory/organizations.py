"""The organisations of the directory, found by their names, past ones included."""

from django.utils.translation import gettext_lazy as _

from network_site.catalogue.listing import Kind, Listing, TermFacet, WordFacet, shown
from network_site.core.text import fold
from network_site.directory.people import words_of
from network_site.members.catalogue_source import ORGANIZATION, ORGANIZATIONS
from network_site.members.enums import OrganizationKind
from network_site.members.models import Organization, OrganizationAlias
from network_site.taxonomies.catalogue_source import full_name

# {pk: (updated_at, folded words)}: folding a text costs more than reading it.
_folded = {}


def _words_of_all():
    """{pk: folded names and summary} of the listed organisations, former names included."""
    listed = Organization.objects.listed()
    versions = dict(listed.order_by().values_list("pk", "updated_at"))
    stale = [
        pk for pk, version in versions.items() if _folded.get(pk, [None])[0] != version
    ]
    if stale:
        texts = ("name", "name_en", "acronym", "summary", "summary_en")
        for pk, version, *values in listed.filter(
            pk__in=stale if len(stale) < 500 else versions
        ).values_list("pk", "updated_at", *texts):
            _folded[pk] = version, fold(" ".join(values))
    words = {pk: _folded[pk][1] for pk in versions if pk in _folded}
    for pk, name in OrganizationAlias.objects.values_list("organization", "name"):
        if pk in words:
            words[pk] += f" {fold(name)}"
    return words


def _found(text, user):
    """The organisations that have all the words, in any place of a word."""
    words = words_of(text)
    if not words:
        return ORGANIZATIONS, []
    found = [
        pk
        for pk, names in _words_of_all().items()
        if all(word in names for word in words)
    ]
    return ORGANIZATIONS, found


ALL_ORGANIZATIONS = Kind(
    kinds=(ORGANIZATION,),
    mark="discussion",
    facets=(
        WordFacet(
            "kind", _("Kind"), OrganizationKind.choices, facet="organization_kind"
        ),
        TermFacet("theme", _("Theme")),
        TermFacet(
            "territory",
            _("Territory"),
            silent=("national", _("Whole country")),
            full=full_name,
        ),
    ),
    orders={"name": (("title",), _("name"))},
    finder=_found,
)


def organizations_asked(data, user):
    """The Listing of organisations that an address asks for; what it shows is everyone's."""
    return Listing(ALL_ORGANIZATIONS, data, user)


def rows(keys, user):
    """The organisations of `keys`, in their order, with what their cards need."""
    bodies = Organization.objects.listed().select_related("territory", "logo")
    return shown(bodies.prefetch_related("logo__renditions"), keys, user)
