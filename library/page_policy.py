"""Rights on pages as Wagtail gives them, but for the spaces of bodies.

Wagtail's rights reach down the tree: whoever may add to the library would explore, search and
be offered what each body prepares. A space is shown to its people, and to those who look after
the whole library.
"""

from django.db.models import Q
from wagtail.permission_policies.pages import PagePermissionPolicy

from library.models import LibrarySectionPage
from library.permissions import works_everywhere
from network_site.members.models import BodyGroup


class SectionAwarePolicy(PagePermissionPolicy):
    """Wagtail's policy, without the spaces of bodies where the person does not work."""

    def instances_user_has_any_permission_for(self, user, actions):
        pages = super().instances_user_has_any_permission_for(user, actions)
        return self._without_foreign_spaces(pages, user)

    def explorable_instances(self, user):
        pages = super().explorable_instances(user)
        return self._without_foreign_spaces(pages, user)

    def _without_foreign_spaces(self, pages, user):
        if not user.is_active or user.is_superuser or works_everywhere(user):
            return pages
        foreign = Q()
        for path in self._foreign_paths(user):
            foreign |= Q(path__startswith=path)
        return pages.exclude(foreign) if foreign else pages

    def _foreign_paths(self, user):
        paths = getattr(user, "_foreign_spaces", None)
        if paths is None:
            own = BodyGroup.objects.filter(group__user=user).values("organization")
            sections = LibrarySectionPage.objects.exclude(organization__in=own)
            paths = list(sections.values_list("path", flat=True))
            # Remembered for the request, as the groups of the person are.
            user._foreign_spaces = paths
        return paths
