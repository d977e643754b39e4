"""The forms of Wagtail's editor for the pages of the network."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.fields import StreamField
from wagtail.models import Page

from network_site.pages.choosing import may_name, refuse_unknown_pages
from network_site.pages.free_addresses import is_free, path_under, taken_words
from network_site.pages.publishing import errors_of


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
        return self._is_complete() and valid

    @property
    def is_for_readers(self):
        """Whether the page is being published or sent on, not kept as a draft or handed back."""
        return not (
            self.is_deferred_validation
            or self.data.get("action-cancel-workflow")
            or self.data.get("workflow-action-name") == "reject"
        )

    def _is_complete(self):
        """Add an error for each thing that readers would miss."""
        if not self.is_for_readers:
            return True
        errors = errors_of(self.instance, self._children)
        for name, words in errors.items():
            field = name if name in self.fields else None
            if field is None or field not in self.errors:
                self.add_error(field, words)
        return not errors

    def _children(self, name):
        """The lines of a relation as they stand in the form."""
        if name not in self.formsets:
            return list(getattr(self.instance, name).all())
        return [
            line.instance
            for line in self.formsets[name].forms
            if line.has_changed() or line.instance.pk
            if not getattr(line, "cleaned_data", {}).get("DELETE")
        ]

    def clean(self):
        data = super().clean()
        refuse_unknown_pages(self)
        _refuse_taken(self, "slug", self.parent_page, self.instance)
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


def _refuse_taken(form, name, parent, page):
    """Add an error to the box `name` of a slug that hides an address of the site."""
    slug = form.cleaned_data.get(name)
    if slug and not is_free(slug, parent, page):
        form.add_error(name, taken_words(path_under(parent, slug)))


def _pages_in(field, value):
    """The keys of the pages that a body of blocks leads to."""
    if not value:
        return set()
    return {
        int(key)
        for model, key, *_path in field.stream_block.extract_references(value)
        if issubclass(model, Page)
    }


class DraftCopyForm(CopyForm):
    """A copy is a draft, which is looked at before it is published; there are no aliases."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)
        self.fields.pop("alias", None)

    def clean(self):
        data = super().clean()
        parent = data.get("new_parent_page") or self.page.get_parent()
        _refuse_taken(self, "new_slug", parent, self.page)
        return data
