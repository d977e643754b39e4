from django import forms
from django.utils.translation import gettext_lazy as _

from network_site.members.models import Profile
from network_site.members.services.organizations import find_organization
from network_site.members.services.positions import Losses, is_same_body, losses_of


class LeavingMixin:
    """Warns, before anything is saved, of what ends when one leaves the body one works for.

    The form has `profile` and a field `organization_name`; call `check_leaving(data)` in its
    clean(). Until `leaves_employer` is ticked nothing is saved; `losses` says what would end.
    """

    losses = Losses()

    def add_leaving_field(self):
        """Add the box that confirms; it is drawn only where there is something to lose."""
        self.fields["leaves_employer"] = forms.BooleanField(
            label=_("Yes, I have left this organisation"), required=False
        )

    def check_leaving(self, data):
        """Take the box out of `data`, and ask for it when something would be lost."""
        confirmed = data.pop("leaves_employer", False)
        if "organization_name" not in data:
            return
        name = data["organization_name"]
        organization = find_organization(name)
        wished = Profile(
            organization=organization, organization_name="" if organization else name
        )
        if is_same_body(self.profile, wished):
            return
        self.losses = losses_of(self.profile)
        if self.losses and not confirmed:
            self.add_error(
                "leaves_employer",
                _("Nothing is saved yet: confirm that you have left, or put it back."),
            )
