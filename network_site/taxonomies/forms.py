from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from network_site.taxonomies.models import Theme


class ThemeForm(WagtailAdminModelForm):
    """A theme and its place in the tree: treebeard places nodes by its own methods."""

    parent = forms.ModelChoiceField(
        Theme.objects.none(),
        label=_("Within"),
        required=False,
        help_text=_("Leave empty for a theme of the first level."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = Theme.objects.order_by("path")
        if self.instance.pk:
            # A branch cannot be hung under itself.
            choices = choices.exclude(path__startswith=self.instance.path)
            self.initial["parent"] = self.instance.get_parent()
        self.fields["parent"].queryset = choices
        self.fields["parent"].label_from_instance = lambda theme: (
            "· " * (theme.depth - 1) + theme.name
        )

    def save(self, commit=True):
        theme, parent = self.instance, self.cleaned_data["parent"]
        if not theme.pk:
            return (
                parent.add_child(instance=theme)
                if parent
                else Theme.add_root(instance=theme)
            )
        if theme.get_parent() != parent:
            super().save(commit=commit)
            if parent:
                theme.move(parent, "sorted-child")
            else:
                theme.move(Theme.get_first_root_node(), "sorted-sibling")
            return Theme.objects.get(pk=theme.pk)
        return super().save(commit=commit)
