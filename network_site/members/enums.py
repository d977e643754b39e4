from django.db import models
from django.utils.translation import gettext_lazy as _


class MembershipStatus(models.TextChoices):
    PENDING = "pending", _("waiting for admission")
    APPROVED = "approved", _("admitted")
    REFUSED = "refused", _("refused")


class AdmissionRoute(models.TextChoices):
    DOMAIN = "domain", _("domain of the address")
    SPONSOR = "sponsor", _("a member who answers for the person")
    FACILITATOR = "facilitator", _("decision of those who run the network")


class SponsorshipStatus(models.TextChoices):
    ASKED = "asked", _("asked")
    VOUCHED = "vouched", _("answers for the person")
    DECLINED = "declined", _("does not answer for the person")


class FieldVisibility(models.IntegerChoices):
    """Who reads a field of a sheet; a greater number is a wider audience."""

    NOBODY = 0, _("nobody")
    SPACES = 1, _("my spaces")
    MEMBERS = 2, _("members")
    EVERYONE = 3, _("everyone")


class CheckReason(models.TextChoices):
    """Why the employer of a member is to be looked at."""

    LEFT = "left", _("said not to work there any longer")
    ADDRESS = "address", _("still uses an address of their former employer")


class RoleCode(models.TextChoices):
    """The roles of the network; the group that holds one is told by models.Role."""

    MEMBER = "member", _("member")
    CONTRIBUTOR = "contributor", _("contributor of the network")
    CURATOR = "curator", _("curator of the network")
    EDITOR = "editor", _("national editor")
    REVIEWER = "reviewer", _("reviewer")
    FACILITATOR = "facilitator", _("facilitator of the network")


class BodyRole(models.TextChoices):
    CONTRIBUTOR = "contributor", _("contributors")
    CURATOR = "curator", _("curators")


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
