import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from network_site.core.filters import unknown_remarks, unknown_values
from network_site.registries.search import Kind

_SLUG = re.compile(r"[-\w]{1,120}\Z")
MOST_VALUES = 20


class LenientChoicesField(forms.MultipleChoiceField):
    """Several choices; what is no choice is left aside."""

    def to_python(self, value):
        known = {str(key) for key, _label in self.choices}
        return list(dict.fromkeys(item for item in value or () if item in known))

    def validate(self, value):
        """Nothing is left to refuse."""


class SlugsField(forms.MultipleChoiceField):
    """Several slugs; what cannot be one is left aside."""

    def to_python(self, value):
        slugs = [item for item in value or () if _SLUG.match(item)]
        return list(dict.fromkeys(slugs))[:MOST_VALUES]

    def validate(self, value):
        """An unknown slug finds nothing and is said so by the empty list."""


class SearchForm(forms.Form):
    """What is searched, and within what; never an error, whatever the address says."""

    RELEVANCE, DATE = "pertinence", "date"
    MIXED, GROUPED = "melee", "groupes"

    q = forms.CharField(label=_("Words"), required=False)
    kind = LenientChoicesField(label=_("Kind"), required=False, choices=Kind.choices)
    theme = SlugsField(label=_("Theme"), required=False)
    territory = SlugsField(label=_("Territory"), required=False)
    sort = LenientChoicesField(
        label=_("Order"),
        required=False,
        choices=[
            (RELEVANCE, pgettext_lazy("order of results", "relevance")),
            (DATE, pgettext_lazy("order of results", "most recent first")),
        ],
    )

    vue = LenientChoicesField(
        label=_("Presentation"),
        required=False,
        choices=[
            (MIXED, pgettext_lazy("presentation of results", "in one list")),
            (GROUPED, pgettext_lazy("presentation of results", "grouped by space")),
        ],
    )

    @property
    def remarks(self):
        """What of the address means nothing, in a sentence; unknown slugs find nothing."""
        kinds = [("kind", kind) for kind in Kind.values]
        return unknown_remarks(unknown_values(self.data, kinds, ["kind"]))

    @property
    def criteria(self):
        """The cleaned values; a control character in `q` is not an error either."""
        self.is_valid()
        values = {"kind": [], "theme": [], "territory": [], "sort": [], "vue": []}
        values.update(self.cleaned_data)
        values["q"] = self.data.get("q", "")
        return values


class SavedSearchForm(forms.Form):
    """The name under which a search is kept."""

    name = forms.CharField(
        label=_("Name of the search"),
        max_length=80,
        help_text=_("It is shown to you only, in your list and in your mails."),
    )
