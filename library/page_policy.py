"""Which pages of the library a person may not know of in the back office.

Wagtail's rights reach down the tree: whoever may add to the library would explore, search and
be offered what each body prepares. A space is shown to its people, and to those who look after
the whole library.
"""

from django.db.models import Q

from library.models import LibrarySectionPage
from library.permissions import works_everywhere
from network_site.members.models import BodyGroup
from network_site.pages.known import unknown_rule


@unknown_rule
def in_the_space_of_another_body(user):
    if works_everywhere(user):
        return None
    foreign = Q()
    for path in _foreign_paths(user):
        foreign |= Q(path__startswith=path)
    return foreign or None


def _foreign_paths(user):
    paths = getattr(user, "_foreign_spaces", None)
    if paths is None:
        own = BodyGroup.objects.filter(group__user=user).values("organization")
        sections = LibrarySectionPage.objects.exclude(organization__in=own)
        paths = list(sections.values_list("path", flat=True))
        # Remembered for the request, as the groups of the person are.
        user._foreign_spaces = paths
    return paths
