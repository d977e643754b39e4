"""The search in the back office: what means the same, kept by the librarians."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from network_site.search import synonyms
from network_site.search.models import Synonym


class SynonymForm(WagtailAdminModelForm):
    """A line says something when two of its words can be looked for."""

    def clean_words(self):
        words = self.cleaned_data["words"].replace("\n", " ")
        forms_of_line = Synonym(words=words).forms
        if synonyms.line_of(forms_of_line) is None:
            raise ValidationError(
                _("Give at least two words or groups of words, separated by commas.")
            )
        if len(forms_of_line) > synonyms.MOST_FORMS:
            raise ValidationError(
                _("A line holds %(most)d words or groups of words at most."),
                params={"most": synonyms.MOST_FORMS},
            )
        return ", ".join(forms_of_line)


class PreviewPanel(Panel):
    """A question to try with the line as it stands in the form, before it is saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "search/admin/try_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            context["url"] = reverse("search_admin:try_synonym")
            context["line_pk"] = self.instance.pk or ""
            return context


class TryForm(forms.Form):
    """A line as it is being written, and a question to try it with."""

    words = forms.CharField(required=False, max_length=400)
    is_one_way = forms.BooleanField(required=False)
    question = forms.CharField(required=False, max_length=200)
    line = forms.IntegerField(required=False, min_value=1)


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "bars"
    copy_view_enabled = False
    # Stands in the menu of the search (wagtail_hooks).
    add_to_admin_menu = False
    list_display = [
        "words",
        BooleanColumn("is_one_way", label=_("one way"), sort_key="is_one_way"),
        "note",
    ]
    search_fields = ["words", "note"]
    ordering = ["words", "pk"]
    panels = [
        FieldPanel("words"),
        FieldPanel("is_one_way"),
        PreviewPanel(heading=_("See what moves")),
        FieldPanel("note"),
    ]

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = SynonymForm
        return handler
