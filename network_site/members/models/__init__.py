from network_site.members.models.admission import EmailDomain, Sponsorship
from network_site.members.models.employers import EmployerCheck
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
    BodyGroup,
    Position,
    Profile,
    SpaceGrant,
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
    "SpaceGrant",
    "SpokenLanguage",
    "Sponsorship",
]
