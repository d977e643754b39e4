from django.db import models
from django.utils.translation import gettext_lazy as _


class RelationKind(models.TextChoices):
    """What one page is to another; the reverse label stands in REVERSE_LABELS."""

    RELATED = "related", _("see also")
    CREATES = "creates", _("creates")
    IMPLEMENTS = "implements", _("implements")
    AMENDS = "amends", _("amends")
    REPLACES = "replaces", _("replaces")
    CITES = "cites", _("cites")
    PRESENTS = "presents", _("presents")
    FOUNDED_ON = "founded_on", _("rests on")


# What these say changes where the other text stands: only who publishes it may say so.
STANDING_KINDS = frozenset(
    {RelationKind.CREATES, RelationKind.AMENDS, RelationKind.REPLACES}
)
REVERSE_LABELS = {
    RelationKind.RELATED: _("see also"),
    RelationKind.CREATES: _("created by"),
    RelationKind.IMPLEMENTS: _("implemented by"),
    RelationKind.AMENDS: _("amended by"),
    RelationKind.REPLACES: _("replaced by"),
    RelationKind.CITES: _("cited by"),
    RelationKind.PRESENTS: _("presented by"),
    RelationKind.FOUNDED_ON: _("basis of"),
}
