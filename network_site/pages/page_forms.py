"""The forms of Wagtail's editor for the pages of the network."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.fields import StreamField
from wagtail.models import Page

from network_site.pages.choosing import may_name, refuse_unknown_pages


class KnownPagesForm(WagtailAdminModelForm):
    """Takes no page of which the person may not know."""

    def clean(self):
        data = super().clean()
        refuse_unknown_pages(self)
        return data


class SitePageForm(WagtailAdminPageForm):
    """Takes no page of which the person may not know: in a field, a line or a block."""

    def is_valid(self):
        valid = super().is_valid()
        # Wagtail gives the lines of a page forms of its own making.
        lines = [line for lines in self.formsets.values() for line in lines.forms]
        for line in lines:
            data = getattr(line, "cleaned_data", {"DELETE": True})
            if not data.get("DELETE") and refuse_unknown_pages(line):
                valid = False
        return valid

    def clean(self):
        data = super().clean()
        refuse_unknown_pages(self)
        for field in self.instance._meta.get_fields():
            if isinstance(field, StreamField) and field.name in self.changed_data:
                self._check_blocks(field)
        return data

    def _check_blocks(self, field):
        value = self.cleaned_data.get(field.name)
        if value is None:
            return
        before = _pages_in(field, self.initial.get(field.name))
        new = Page.objects.filter(pk__in=_pages_in(field, value) - before)
        if not all(may_name(page) for page in new):
            self.add_error(field.name, _("Choose pages that you may open."))


def _pages_in(field, value):
    """The keys of the pages that a body of blocks leads to."""
    if not value:
        return set()
    return {
        int(key)
        for model, key, *_path in field.stream_block.extract_references(value)
        if issubclass(model, Page)
    }
