"""Fields that name a page in the back office: for a reader who may not know it, it has no name.

Wagtail's field shows the title of whatever it holds, and takes the key of any page.
"""

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminPageChooser
from wagtail.blocks import PageChooserBlock
from wagtail.models import AbstractPage, Page

from network_site.pages.known import current_reader
from network_site.pages.linking import linkable_pages


def may_name(page):
    """Whether the reader of this request may be told of `page`; all may, outside of one."""
    user = current_reader()
    if user is None:
        return True
    return linkable_pages(Page.objects.filter(pk=page.pk), user).exists()


class KnownPageChooser(AdminPageChooser):
    """Wagtail's field, without the title of a page of which the reader may not know."""

    def get_value_data_from_instance(self, instance):
        data = super().get_value_data_from_instance(instance)
        if not may_name(instance):
            data["edit_url"] = None
            data[self.display_title_key] = _("A page that you may not open")
        return data


class KnownPageBlock(PageChooserBlock):
    """The same in a body of blocks."""

    @property
    def widget(self):
        return KnownPageChooser(
            target_models=self.target_models, can_choose_root=self.can_choose_root
        )

    class Meta:
        icon = "doc-empty-inverse"


def refuse_unknown_pages(form):
    """Add an error to each field of `form` that was changed to a page one may not know of.

    Returns whether there was one.
    """
    refused = False
    for name in form.changed_data:
        field = form.fields.get(name)
        page = form.cleaned_data.get(name)
        if (
            isinstance(field, forms.ModelChoiceField)
            and isinstance(page, Page)
            and not may_name(page)
        ):
            form.add_error(name, _("Choose a page that you may open."))
            refused = True
    return refused


def register_choosers():
    """Have every form of the back office use this field for a link to a page."""
    register_form_field_override(
        models.ForeignKey,
        to=AbstractPage,
        override=lambda db_field: {
            "widget": KnownPageChooser(target_models=[db_field.remote_field.model])
        },
    )
