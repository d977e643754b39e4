from network_site.directory.search_sources import tokens_of_sheet
from network_site.members.models import Organization, OrganizationAlias, Profile
from network_site.pages.addresses import Standing, open_to, stands_at
from network_site.pages.visibility import EVERYBODY, MEMBERS, tokens_of_both

open_to(EVERYBODY, "directory", "people")


@stands_at("organization")
def organization(slug):
    """A body, by its address or by one that it had."""
    listed = Organization.objects.listed()
    found = listed.filter(slug=slug).first()
    if found is None:
        aliases = OrganizationAlias.objects.filter(slug=slug)
        found = listed.filter(pk__in=aliases.values("organization")).first()
    return found and Standing(EVERYBODY, found, "organisation")


@stands_at("organization_contact")
def organization_contact(slug):
    found = organization(slug)
    return found and found._replace(tokens=MEMBERS)


@stands_at("person")
def person(pk):
    found = Profile.objects.select_related("user").filter(pk=pk).first()
    return found and Standing(tokens_of_sheet(found), found, "personne")


@stands_at("person_contact")
def person_contact(pk):
    found = person(pk)
    return found and found._replace(tokens=tokens_of_both(MEMBERS, found.tokens))
