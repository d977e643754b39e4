"""The box of an address in the back office, whose script makes it from the title."""

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

from network_site.core.slugs import FORMATTERS


class SiteSlugInput(SlugInput):
    """Wagtail's, with our letters and our ways to part words."""

    def __init__(self, attrs=None, **kwargs):
        super().__init__(attrs, **{"formatters": FORMATTERS, **kwargs})


def use_everywhere():
    register_form_field_override(models.SlugField, override={"widget": SiteSlugInput})
