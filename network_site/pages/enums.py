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
