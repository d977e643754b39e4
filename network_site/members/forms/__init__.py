from network_site.members.forms.joining import (
    AdmissionForm,
    MembershipRequestForm,
    RequestForm,
    SponsorForm,
    SponsorshipForm,
)
from network_site.members.forms.organizations import (
    DecisionForm,
    EmailDomainForm,
    OrganizationAdminForm,
    OrganizationSheetForm,
    OtherOrganizationForm,
    PersonChoiceForm,
)
from network_site.members.forms.person import (
    DepartmentChoiceField,
    OrganizationNameInput,
    PersonForm,
)
from network_site.members.forms.portraits import FrameForm, PortraitForm
from network_site.members.forms.profiles import ProfileForm

__all__ = [
    "DecisionForm",
    "AdmissionForm",
    "DepartmentChoiceField",
    "EmailDomainForm",
    "OrganizationAdminForm",
    "OrganizationSheetForm",
    "OtherOrganizationForm",
    "PersonChoiceForm",
    "FrameForm",
    "MembershipRequestForm",
    "OrganizationNameInput",
    "PersonForm",
    "PortraitForm",
    "ProfileForm",
    "RequestForm",
    "SponsorForm",
    "SponsorshipForm",
]
