"""How forms are drawn."""

from django.forms.renderers import TemplatesSetting


class SiteFormRenderer(TemplatesSetting):
    """Draw every field with the site's own template.

    Widgets come from Django's and Wagtail's templates (django.forms is an installed
    app), so the back office, which lays its fields out itself, is unchanged.
    """

    field_template_name = "components/field.html"
