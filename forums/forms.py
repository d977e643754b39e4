import uuid

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Page

from forums.enums import ReportReason, ThreadKind
from forums.models import MAX_BODY, MAX_TITLE, Forum
from network_site.anonymity.nir import contains_nir
from network_site.core.numbers import whole_number
from network_site.core.templatetags.word_tags import number
from network_site.core.text import one_line, visible
from network_site.members.forms import PersonChoiceForm
from network_site.members.groups import space_groups
from network_site.members.permissions import visible_fields
from network_site.pages.visibility import can_view_page
from network_site.taxonomies.models import Theme


class ForumAdminForm(WagtailAdminModelForm):
    """A space, as it is kept in the back office; administrators alone have its readers."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("group"):
            field.queryset = space_groups().order_by("name")
            field.help_text = _(
                "A group made for private spaces, without any right: whoever looks after"
                " the space chooses its people."
            )
            field.error_messages["invalid_choice"] = _(
                "This group gives a role or rights, and whoever looks after the space"
                " could give them to anybody: make a group for this space, without any"
                " right, and choose it here."
            )


class LineField(forms.CharField):
    """One line of text: odd characters are dropped rather than refused."""

    def to_python(self, value):
        return one_line(str(value or ""))


class BodyField(LineField):
    """A message in Markdown; its length is counted as it will be kept."""

    widget = forms.Textarea

    def to_python(self, value):
        return visible(str(value or "")).strip()

    def clean(self, value):
        value = self.to_python(value)
        self.validate(value)
        if self.max_length and len(value) > self.max_length:
            raise forms.ValidationError(
                _(
                    "The message has %(length)s characters, and %(limit)s at most can be"
                    " sent. Nothing is lost: shorten it, or send the rest in a second"
                    " message."
                ),
                code="max_length",
                params={
                    "length": number(len(value)),
                    "limit": number(self.max_length),
                },
            )
        if contains_nir(value):
            raise forms.ValidationError(
                _(
                    "The message contains a social security number. Take it out: it"
                    " would make someone recognisable."
                ),
                code="nir",
            )
        return value


def _body_field(label, help_text, rows_count=10):
    field = BodyField(
        label=label,
        help_text=help_text,
        max_length=MAX_BODY,
        error_messages={"required": _("Write your message.")},
    )
    field.widget.attrs.update(rows=rows_count)
    # The length is checked in clean(), with words that say what to do.
    field.validators = []
    return field


class WritingForm(forms.Form):
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_form_token(self):
        return self.cleaned_data["form_token"] or uuid.uuid4()


def _hint_of_names(people):
    """How to name a colleague in a message, with the names of those of the thread."""
    # A help text is drawn as it is: names are what people typed.
    names = ", ".join(f"@{escape(one.get_full_name())}" for one in people)
    if names:
        return _(
            "To have a colleague told of it, write @ and their first and last names (in"
            " this thread: %(names)s)."
        ) % {"names": names}
    return _("To have a colleague told of it, write @ and their first and last names.")


class AnswerForm(WritingForm):
    body = _body_field(
        _("What you know, what you tried"),
        _(
            "Quote the text or the practice where you can. Say nothing by which a person"
            " you accompany could be recognised."
        ),
    )

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        field.help_text = f"{field.help_text} {_hint_of_names(people)}"


class EditForm(forms.Form):
    body = _body_field(_("Your message"), "", rows_count=14)

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].help_text = _hint_of_names(people)


class ThreadForm(WritingForm):
    forum = forms.ModelChoiceField(
        queryset=Forum.objects.none(),
        to_field_name="slug",
        label=_("Space"),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose one of the spaces of the list.")},
    )
    kind = forms.ChoiceField(
        label=_("You want to"),
        choices=[
            (ThreadKind.QUESTION, _("ask a question: one answer may settle it")),
            (ThreadKind.DISCUSSION, _("start a discussion: compare points of view")),
        ],
        widget=forms.RadioSelect,
        initial=ThreadKind.QUESTION,
    )
    title = LineField(
        label=_("Title"),
        max_length=MAX_TITLE,
        help_text=_(
            "The question in one sentence, as a colleague would search for it."
        ),
        error_messages={
            "required": _("Give your message a title."),
            "max_length": _(
                "The title has %(show_value)d characters, and %(limit_value)d at most can"
                " be kept. Put the details into the message."
            ),
        },
    )
    body = _body_field(
        _("Message"),
        _(
            "The situation, what you have already looked for, what you expect. Say nothing"
            " by which a person you accompany could be recognised."
        ),
        rows_count=12,
    )
    theme = forms.ModelChoiceField(
        queryset=Theme.objects.none(),
        to_field_name="slug",
        label=_("Theme"),
        required=False,
        empty_label=_("Choose a theme"),
    )
    other_theme = forms.ModelChoiceField(
        queryset=Theme.objects.none(),
        to_field_name="slug",
        label=_("Second theme"),
        required=False,
        empty_label=_("None"),
    )
    about = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["forum"].queryset = Forum.objects.visible_to(user).open_to_writing()
        field = self.fields["body"]
        field.help_text = f"{field.help_text} {_hint_of_names(())}"
        self.fields["forum"].label_from_instance = lambda forum: forum.label
        for name in ("theme", "other_theme"):
            self.fields[name].queryset = Theme.objects.order_by("path")
            # Narrower themes stand under their broader one, set in with no-break spaces.
            self.fields[name].label_from_instance = lambda theme: (
                "\u00a0" * 4 * (theme.depth - 1) + theme.label
            )

    def clean_about(self):
        return page_about(self.cleaned_data["about"], self.user)

    @property
    def themes(self):
        """The themes chosen, each once."""
        chosen = [self.cleaned_data.get("theme"), self.cleaned_data.get("other_theme")]
        return list(dict.fromkeys(theme for theme in chosen if theme))


def page_about(value, user):
    """The published page of id `value` if `user` may open it, else None: whatever is not
    theirs to see is as if it were not there."""
    pk = whole_number(value)
    if pk is None:
        return None
    page = Page.objects.filter(pk=pk, live=True, depth__gt=2).first()
    if page is None or not can_view_page(user, page):
        return None
    return page


class ReasonForm(forms.Form):
    reason = BodyField(
        label=_("Reason"),
        max_length=1000,
        error_messages={"required": _("Give the reason: it is sent to the author.")},
    )

    def __init__(self, *args, help_text="", label=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs.update(rows=4)
        self.fields["reason"].validators = []
        self.fields["reason"].help_text = help_text
        if label:
            self.fields["reason"].label = label


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong with this message?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    comment = BodyField(label=_("Comment"), max_length=1000, required=False)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_(
            "To receive an acknowledgement and the decision; for nothing else."
        ),
    )
    # A trap for robots: people never see it.
    website = forms.CharField(required=False, label=_("Leave this field empty"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [
            choice
            for choice in ReportReason.choices
            if choice[0] != ReportReason.CONTEST
        ]
        self.fields["comment"].widget.attrs.update(rows=4)
        self.fields["comment"].validators = []
        self.fields["email"].widget.attrs.update(autocomplete="email")
        self.fields["website"].widget.attrs.update(tabindex="-1", autocomplete="off")
        if user.is_authenticated:
            del self.fields["email"]

    @property
    def is_trapped(self):
        return bool(self.data.get("website"))


class SpacePersonForm(PersonChoiceForm):
    """A member to whom a private space is opened, by themselves or for their employer."""

    through_employer = forms.BooleanField(
        label=_("As a representative of their organisation"),
        required=False,
        help_text=_(
            "The space then closes to them the day they change employer. Otherwise the"
            " place is their own."
        ),
    )

    def clean(self):
        cleaned = super().clean()
        profile = cleaned.get("profile")
        if profile is not None and cleaned.get("through_employer"):
            shown = visible_fields(self.reader, profile)
            if "organization" not in shown or profile.organization is None:
                self.add_error(
                    "through_employer",
                    _(
                        "Their sheet shows you no organisation of the directory that they"
                        " could represent."
                    ),
                )
        return cleaned
