from django.db import models
from django.utils.translation import gettext_lazy as _


class TerritoryKind(models.TextChoices):
    REGION = "region", _("région")
    DEPARTMENT = "department", _("département")
    EPCI = "epci", _("intercommunal authority")
    COMMUNE = "commune", _("commune")
