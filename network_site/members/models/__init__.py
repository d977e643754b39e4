from network_site.members.models.admission import EmailDomain, Sponsorship
from network_site.members.models.employers import EmployerCheck
from network_site.members.models.groups import BodyGroup, Role, SpaceGrant
from network_site.members.models.organizations import (
    BudgetLine,
    ContactPoint,
    Organization,
    OrganizationAlias,
    OrganizationDelegate,
    OrganizationFigure,
    Partnership,
)
from network_site.members.models.profiles import (
    Position,
    Profile,
    SpokenLanguage,
)

__all__ = [
    "BodyGroup",
    "BudgetLine",
    "ContactPoint",
    "EmailDomain",
    "EmployerCheck",
    "Organization",
    "OrganizationAlias",
    "OrganizationDelegate",
    "OrganizationFigure",
    "Partnership",
    "Position",
    "Profile",
    "Role",
    "SpaceGrant",
    "SpokenLanguage",
    "Sponsorship",
]
