from django.db import models
from django.utils.translation import gettext_lazy as _


class MembershipStatus(models.TextChoices):
    PENDING = "pending", _("waiting for admission")
    APPROVED = "approved", _("admitted")
    REFUSED = "refused", _("refused")


class OrganizationKind(models.TextChoices):
    MINISTRY = "ministry", _("ministry or central directorate")
    AGENCY = "agency", _("national agency or public body")
    STATE_SERVICE = "state_service", _("decentralised State service")
    REGION = "region", _("regional council")
    DEPARTMENT = "department", _("departmental council")
    MUNICIPALITY = "municipality", _("commune or intercommunal authority")
    SOCIAL_SECURITY = "social_security", _("social security body")
    EMPLOYMENT = "employment", _("employment and training service")
    EDUCATION = "education", _("school or university")
    JUSTICE = "justice", _("justice service")
    ASSOCIATION = "association", _("association or foundation")
    RESOURCE_CENTRE = "resource_centre", _("resource centre")
    HOUSING = "housing", _("housing body")
    COMPANY = "company", _("company")
    OTHER = "other", _("other body")
