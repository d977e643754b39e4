from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from network_site.members.domains import normalize_domain


class EmailDomainForm(WagtailAdminModelForm):
    """A domain is kept bare, so that it is matched on whole labels."""

    def clean_domain(self):
        try:
            domain = normalize_domain(self.cleaned_data["domain"])
        except ValueError as error:
            raise ValidationError(
                _("Write a domain with its extension, for example ville-exemple.fr.")
            ) from error
        return domain
