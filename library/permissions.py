"""Who works in the space of a body, and who opens it (docs/permissions.md)."""

from network_site.members import roles
from network_site.members.models import BodyGroup
from network_site.pages.known import KnownPageTester


def can_manage_body_spaces(user):
    """Whether `user` opens the space of a body and says who works there: facilitators."""
    return user.is_active and roles.is_facilitator(user)


def works_everywhere(user):
    """The network's own editors and curators see to the whole library."""
    return bool({roles.EDITORS, roles.CURATORS} & roles.codes_of(user))


def works_in_the_library(user):
    """Whether `user` writes or examines records, of the network or of a body."""
    return (
        user.is_superuser
        or works_everywhere(user)
        or roles.CONTRIBUTORS in roles.codes_of(user)
        or BodyGroup.objects.filter(group__user=user).exists()
    )


class SectionPermissionTester(KnownPageTester):
    """The space of a body is filled by its people, and stays where it is.

    Rights on the library reach down to its branches: the network's contributors would write
    in every body's space, and a curator could unpublish, move or delete the space itself.
    """

    def can_add_subpage(self):
        return super().can_add_subpage() and (
            self.user.is_superuser
            or works_everywhere(self.user)
            or BodyGroup.objects.filter(
                organization=self.page.organization_id, group__user=self.user
            ).exists()
        )

    def can_edit(self):
        return self.user.is_superuser and super().can_edit()

    def can_delete(self, ignore_bulk=False):
        return self.user.is_superuser and super().can_delete(ignore_bulk)

    def can_unpublish(self):
        return self.user.is_superuser and super().can_unpublish()

    def can_publish(self):
        return self.user.is_superuser and super().can_publish()

    def can_move(self):
        return self.user.is_superuser and super().can_move()

    def can_copy(self):
        return False

    def can_lock(self):
        return self.user.is_superuser and super().can_lock()

    def can_set_view_restrictions(self):
        return self.user.is_superuser and super().can_set_view_restrictions()

    def can_reorder_children(self):
        return False
