"""The organisations as the catalogue keeps them in memory: what a facet or a card calls them."""

from network_site.catalogue.registry import Term, Vocabulary, add_vocabulary
from network_site.members.models import Organization

BODIES = "body"


def _bodies():
    return [
        Term(pk, slug, None, name, name_en, "body", code=acronym)
        for pk, slug, name, name_en, acronym in Organization.objects.order_by(
            "name", "pk"
        ).values_list("pk", "slug", "name", "name_en", "acronym")
    ]


add_vocabulary(Vocabulary(BODIES, (Organization,), _bodies, is_flat=True))
