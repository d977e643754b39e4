"""The people of the directory, as one reader may find and count them.

A field that a reader may not read neither filters nor counts (members.catalogue_source), and
its words find nobody (members.permissions.words_filters).
"""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_site.catalogue.listing import Kind, Listing, TermFacet, WordFacet, shown
from network_site.core.text import fold
from network_site.members.body_facet import BodyFacet
from network_site.members.catalogue_source import PEOPLE, PERSON
from network_site.members.enums import OrganizationKind
from network_site.members.languages import language_choices
from network_site.members.models import Profile
from network_site.members.permissions import fields_at, with_levels, words_filters
from network_site.taxonomies.catalogue_source import full_name

MOST_WORDS = 8


def words_of(text):
    """The folded words that are looked for, each once."""
    return list(dict.fromkeys(fold(text).split()))[:MOST_WORDS]


def _found(text, user):
    """Those in whose words `user` finds all that are asked; signs without a word find nobody.

    Not the site's box: a piece of a name is enough, and each field has its own readers.
    """
    words = words_of(text)
    if not words:
        return PEOPLE, []
    first, *others = (
        Profile.objects.approved().filter(condition).order_by().values_list("pk")
        for condition in words_filters(user, words)
    )
    return PEOPLE, [key for (key,) in first.union(*others).order_by()]


def _languages(_catalogue):
    return [(code, code, capfirst(label)) for code, label in language_choices()]


ALL_PEOPLE = Kind(
    kinds=(PERSON,),
    mark="discussion",
    facets=(
        TermFacet("theme", gettext_lazy("Theme")),
        TermFacet("territory", gettext_lazy("Territory"), full=full_name),
        WordFacet(
            "kind",
            gettext_lazy("Kind of organisation"),
            OrganizationKind.choices,
            facet="employer_kind",
        ),
        WordFacet(
            "language",
            gettext_lazy("Language"),
            _languages,
            facet="spoken",
            most_first=True,
        ),
    ),
    orders={
        "name": (("title",), gettext_lazy("name")),
        "recent": (("-joined", "-pk"), gettext_lazy("most recently joined")),
    },
    finder=_found,
)
# What the sheet of an organisation asks, without a facet of its own in the margin.
EXTRA = (BodyFacet("organization", gettext_lazy("Organisation"), facet="employer"),)


def people_asked(data, user):
    """The Listing of people that an address asks for."""
    return Listing(ALL_PEOPLE, data, user, extra=EXTRA)


def rows(keys, user):
    """The people of `keys`, in their order, as their cards are drawn for `user`."""
    people = Profile.objects.approved().select_related(
        "user", "organization", "territory"
    )
    return shown(with_levels(people, user), keys, user)


def card_of(profile):
    """What components/card_personne.html shows of a profile that has its `reader_level`."""
    read = fields_at(profile, profile.reader_level)
    body = profile.organization_label if "organization" in read else ""
    place = profile.territory if "territory" in read else None
    return {
        "title": profile.user.get_full_name() or _("Member"),
        "url": profile.get_absolute_url(),
        "function": profile.job_title if "job_title" in read else "",
        "organisation": body,
        "territory": place.name if place else "",
        "help": profile.help_topics if "help_topics" in read else "",
        "portrait": profile if "portrait" in read and profile.portrait else None,
    }
