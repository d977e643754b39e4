"""A saved search is followed by its owner, and seen by nobody else."""

from django.utils.translation import gettext_lazy as _

from network_site.core.numbers import whole_numbers
from network_site.registries.notifications import (
    Followable,
    followable,
)
from network_site.search.models import SavedSearch
from network_site.search.saved import KIND


@followable
class FollowedSearch(Followable):
    kind = KIND
    precision = 45
    plural = _("Saved searches")
    verb = _("Follow this search")
    following = _("You follow this search")
    is_personal = True

    def load(self, pks, user):
        if not user.is_authenticated:
            return {}
        found = SavedSearch.objects.filter(user=user, pk__in=whole_numbers(pks))
        return {str(saved.pk): saved for saved in found}

    def label(self, saved):
        return saved.name
