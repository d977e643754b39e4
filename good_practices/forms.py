"""What a member writes about a practice; each field has a budget of words."""

import uuid

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from good_practices.complete import (
    BUDGETS,
    budget_errors,
    count_words,
    missing_words,
    year_error,
    year_in,
)
from good_practices.enums import PracticeLevel
from good_practices.models import MeasurePage
from network_site.core.text import fold
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import TargetGroup, Territory, Theme

LONGEST = 20_000
# Without these a practice is not sent; a draft needs the first two only.
REQUIRED_TO_SAVE = ("title", "context")
REQUIRED_TO_SEND = (
    "title",
    "context",
    "summary",
    "actions",
    "lessons_learned",
    "themes",
    "department",
)


def _area(label, help_text="", rows=5):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _department_choices():
    """The départements, by région; overseas collectivities last."""
    groups, alone = {}, []
    for place in (
        Territory.objects.departments()
        .select_related("parent")
        .order_by("parent__name", "insee_code", "pk")
    ):
        choice = (str(place.pk), f"{place.insee_code} {place.name}")
        if place.parent:
            groups.setdefault(place.parent.name, []).append(choice)
        else:
            alone.append(choice)
    choices = [("", "—"), ("national", gettext("Whole country"))]
    choices += list(groups.items())
    if alone:
        choices.append((gettext("Overseas collectivities"), alone))
    return choices


class PracticeForm(forms.Form):
    """A practice as a member writes it; `sending` asks for what a reader needs."""

    title = forms.CharField(
        label=_("Title"),
        max_length=140,
        required=False,
        help_text=_(
            "What was done, where: “Opening the town hall’s offices to community service”."
        ),
    )
    context = _area(
        _("The problem"), _("What was not working? Who said so? Why begin?")
    )
    summary = _area(_("In two sentences"), _("They are read in the lists."), rows=3)
    actions = _area(
        _("What was done"), _("Step by step, so that a colleague can do it."), rows=10
    )
    results = _area(
        _("Results"), _("What changed, and how you know. Figures if you have them.")
    )
    lessons_learned = _area(
        _("Obstacles, and what did not work"),
        _(
            "What would you tell a colleague before they begin? This is what readers look"
            " for first: no practice is published without it."
        ),
        rows=6,
    )
    resources = _area(_("Means"), _("People, time, cost, rooms."), rows=3)
    partners = _area(_("Partners"), rows=3)
    department = forms.ChoiceField(
        label=_("Département"), choices=_department_choices, required=False
    )
    commune = forms.CharField(
        label=_("Commune, district or place"),
        max_length=160,
        required=False,
        help_text=_("Leave empty when it concerns the whole département."),
    )
    started = forms.CharField(
        label=_("Since"),
        max_length=40,
        required=False,
        help_text=_("A year, or a month and a year."),
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"),
        queryset=Theme.objects.order_by("path"),
        required=False,
        to_field_name="slug",
        help_text=_("One to three."),
        widget=forms.CheckboxSelectMultiple,
    )
    target_groups = forms.ModelMultipleChoiceField(
        label=_("Who it is for"),
        queryset=TargetGroup.objects.all(),
        required=False,
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
    )
    measure = forms.ModelChoiceField(
        label=_("National measure it carries out"),
        queryset=MeasurePage.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label=_("None, or I do not know"),
    )
    carriers = forms.CharField(
        label=_("Carried by"),
        max_length=300,
        required=False,
        help_text=_("The bodies, not the people."),
    )
    contact = forms.CharField(
        label=_("Contact"),
        max_length=200,
        required=False,
        help_text=_(
            "A unit and its address, shown to members only. Leave it empty not to be"
            " contacted."
        ),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kept = forms.IntegerField(widget=forms.HiddenInput, required=False)

    begin = ("title", "context")
    then = (
        "summary",
        "actions",
        "results",
        "lessons_learned",
        "resources",
        "partners",
    )
    where = ("department", "commune", "started")
    filing = ("themes", "target_groups", "measure", "carriers", "contact")

    # A draft is saved without what sending needs: browsers must not hold it back.
    use_required_attribute = False

    def __init__(self, *args, user, sending=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.sending = sending
        self.fields["measure"].queryset = MeasurePage.objects.visible_to(user).order_by(
            "position", "title", "pk"
        )
        self.fields["themes"].label_from_instance = lambda theme: (
            "– " * (theme.depth - 1) + theme.label
        )
        self.fields["target_groups"].label_from_instance = lambda group: group.label
        self._require(REQUIRED_TO_SEND)
        for name, budget in BUDGETS.items():
            field = self.fields[name]
            field.help_text = self._budget_help(field.help_text, name, budget)

    def _require(self, names):
        for name, field in self.fields.items():
            field.required = name in names

    def full_clean(self):
        """Ask for what a draft needs; on the page, what sending needs is not "optional"."""
        self._require(REQUIRED_TO_SAVE)
        super().full_clean()
        self._require(REQUIRED_TO_SEND)

    def _budget_help(self, text, name, budget):
        typed = self.data if self.is_bound else self.initial
        used = count_words(typed.get(name))
        limit = gettext("At most %(budget)s words; now %(used)s.") % {
            "budget": budget,
            "used": used,
        }
        return f"{text} {limit}".strip()

    def clean_started(self):
        return self.cleaned_data["started"].strip()

    def clean(self):
        data = super().clean()
        if self.sending:
            missing = {
                name: missing_words(name)
                for name in REQUIRED_TO_SEND
                if not data.get(name)
            }
            lacking = missing | year_error(data.get("started")) | budget_errors(data)
            for name, words in lacking.items():
                if name not in self.errors:
                    self.add_error(name, words)
        return data

    # What the service takes, and back

    def practice_data(self):
        """The cleaned values as the fields and terms of a practice (services.create_draft)."""
        data = self.cleaned_data
        territories, place = self._place(data)
        return {
            "title": data["title"],
            "summary": data["summary"][:600],
            "context": data["context"],
            "actions": data["actions"],
            "results": data["results"],
            "lessons_learned": data["lessons_learned"],
            "resources": data["resources"],
            "partners": data["partners"],
            "started": data["started"],
            "started_year": year_in(data["started"]),
            "place": place,
            "carriers": data["carriers"],
            "contact": data["contact"],
            "measure": data["measure"],
            "themes": list(data["themes"]),
            "target_groups": list(data["target_groups"]),
            "territories": territories,
        }

    @staticmethod
    def _place(data):
        """The territory chosen, the commune where it is in the list, and the rest in words."""
        chosen, words = data.get("department"), data["commune"].strip()
        if not chosen or chosen == "national":
            return [], words or (gettext("Whole country") if chosen else "")
        department = Territory.objects.departments().filter(pk=chosen).first()
        if department is None:
            return [], words
        if words:
            key = fold(words)
            for place in department.children.filter(kind=TerritoryKind.COMMUNE):
                if fold(place.name) == key:
                    return [place], ""
        return [department], words


def initial_from_page(page):
    """The form's values from a draft (latest revision)."""
    initial = {
        name: getattr(page, name)
        for name in (
            "title",
            "context",
            "summary",
            "actions",
            "results",
            "lessons_learned",
            "resources",
            "partners",
            "started",
            "carriers",
            "contact",
        )
    }
    initial["themes"] = [link.theme.slug for link in page.theme_links.all()]
    initial["target_groups"] = [
        link.target_group.slug for link in page.target_group_links.all()
    ]
    initial["measure"] = page.measure.slug if page.measure_id else None
    initial["commune"] = page.place
    places = page.territories
    if places:
        place = places[0]
        initial["department"] = str(place.department.pk) if place.department else ""
        if place.kind == TerritoryKind.COMMUNE:
            initial["commune"] = place.name
    elif page.place == gettext("Whole country"):
        initial["department"], initial["commune"] = "national", ""
    return initial


def new_token():
    return uuid.uuid4()


class ReviewForm(forms.Form):
    """What whoever examines a practice answers: publish it, or ask for changes."""

    decision = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("publish", _("Publish")), ("changes", _("Ask for changes"))],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("What you ask of the author"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The author reads these words as you write them."),
    )
    level = forms.ChoiceField(
        label=_("If you publish, how far was it examined?"),
        required=False,
        choices=[
            (PracticeLevel.DESCRIBED, _("Described: read, its results not checked")),
            (
                PracticeLevel.EXAMINED,
                _("Examined: results checked against papers or on the spot"),
            ),
        ],
        initial=PracticeLevel.DESCRIBED,
        widget=forms.RadioSelect,
    )
    examined_by = forms.CharField(
        label=_("Examined by"),
        required=False,
        max_length=160,
        help_text=_("In what capacity: the words readers will see. If examined only."),
    )

    def clean(self):
        data = super().clean()
        if data.get("decision") == "changes" and not data.get("comment"):
            self.add_error("comment", _("Say what should be changed, and why."))
        if (
            data.get("decision") == "publish"
            and data.get("level") == PracticeLevel.EXAMINED
            and not data.get("examined_by")
        ):
            self.add_error(
                "examined_by", _("Say who examined it: readers must be able to judge.")
            )
        return data
