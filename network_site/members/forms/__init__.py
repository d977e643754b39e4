from network_site.members.forms.joining import AdmissionForm, MembershipRequestForm
from network_site.members.forms.organizations import EmailDomainForm
from network_site.members.forms.person import (
    DepartmentChoiceField,
    OrganizationNameInput,
    PersonForm,
)
from network_site.members.forms.profiles import ProfileForm

__all__ = [
    "AdmissionForm",
    "DepartmentChoiceField",
    "EmailDomainForm",
    "MembershipRequestForm",
    "OrganizationNameInput",
    "PersonForm",
    "ProfileForm",
]
