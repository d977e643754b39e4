"""The forms of Wagtail's editor: what is asked when a record is published or submitted."""

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm


class RegulatoryTextForm(WagtailAdminPageForm):
    """Refuses to publish or submit what could not be cited; a draft is kept as it is."""

    def clean(self):
        cleaned = super().clean()
        if not self.is_deferred_validation:
            self.instance.text_type = cleaned.get("text_type") or ""
            self.instance.nor = (cleaned.get("nor") or "").strip().upper()
            self.instance.no_nor_reason = cleaned.get("no_nor_reason") or ""
            try:
                self.instance.check_publishable()
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned
