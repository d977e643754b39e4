"""The library in the back office: texts, studies, where each text stands."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn
from wagtail.admin.ui.tables.pages import PageTitleColumn as TitleColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.views.generic import IndexView as ModelIndexView
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from library import services
from library.admin_body_spaces import BodySpaceViewSet
from library.cards import current_statuses, status_badge_of
from library.models import LegalStatusEntry, Provision, RegulatoryTextPage, StudyPage
from library.permissions import works_in_the_library
from network_site.core.numbers import whole_number
from network_site.pages.known import known
from network_site.pages.page_forms import KnownPagesForm


class _RecordsMenuItem(MenuItem):
    """To the lists of records, for whom the addresses are listed (home.admin_guards)."""

    def is_shown(self, request):
        return works_in_the_library(request.user)


class _RegulatoryTextIndexView(IndexView):
    def get_table(self, object_list):
        # One query for the page of the list; a text without a line is "not checked".
        statuses = current_statuses(list(object_list))
        for page in object_list:
            page.status_words = status_badge_of(statuses.get(page.pk))["label"]
        return super().get_table(object_list)


class _RegulatoryTextFilterSet(PageFilterSet):
    class Meta:
        model = RegulatoryTextPage
        fields = ["text_type", "publisher"]


class _StudyFilterSet(PageFilterSet):
    class Meta:
        model = StudyPage
        fields = ["study_type", "publisher"]


def _nature(page):
    return capfirst(page.nature_label)


def _columns(*middle):
    return [
        BulkActionsColumn("bulk_actions"),
        TitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("nature", label=_("Nature"), accessor=_nature, sort_key="nature"),
        *middle,
        Column(
            "document_date",
            label=_("Date"),
            accessor="date_text",
            sort_key="document_date",
        ),
        PageStatusColumn(
            "status", label=_("Publication"), sort_key="live", width="12%"
        ),
    ]


class RegulatoryTextViewSet(PageListingViewSet):
    model = RegulatoryTextPage
    icon = "doc-full"
    menu_label = _("Regulatory texts")
    menu_item_class = _RecordsMenuItem
    index_view_class = _RegulatoryTextIndexView
    filterset_class = _RegulatoryTextFilterSet
    columns = _columns(
        Column(
            "reference", label=_("Number"), accessor="reference", sort_key="reference"
        ),
        Column("nor", label=_("NOR"), accessor="nor", sort_key="nor"),
        Column("status_words", label=_("Legal status"), accessor="status_words"),
    )


class StudyViewSet(PageListingViewSet):
    model = StudyPage
    icon = "doc-empty-inverse"
    menu_label = _("Studies")
    menu_item_class = _RecordsMenuItem
    filterset_class = _StudyFilterSet
    columns = _columns(Column("publisher", label=_("Issued by"), accessor="publisher"))


class LegalStatusForm(KnownPagesForm):
    """A line of the legal history: written by the service, which has it indexed."""

    def save(self, commit=True):
        if self.instance.pk:
            entry = super().save(commit=commit)
            services.announce_status_change(page=entry.page)
            return entry
        fields = ("page", "status", "effective_on", "note", "checked_on", "checked_by")
        self.instance = services.set_legal_status(
            by=self.for_user, **{name: self.cleaned_data[name] for name in fields}
        )
        return self.instance


class _AboutOneText:
    """The form opens on the text whose page led here (?page=)."""

    def get_initial_form_instance(self):
        instance = super().get_initial_form_instance() or self.model()
        pk = whole_number(self.request.GET.get("page"))
        if pk is not None:
            instance.page = RegulatoryTextPage.objects.filter(pk=pk).first()
        return instance


class _OfKnownTexts(ModelIndexView):
    """Lines about the texts of which the person may know."""

    def get_base_queryset(self):
        texts = known(RegulatoryTextPage.objects.all(), self.request.user)
        return super().get_base_queryset().filter(page__in=texts.values("pk"))


class _LegalStatusCreateView(_AboutOneText, CreateView):
    pass


class _ProvisionCreateView(_AboutOneText, CreateView):
    pass


class LegalStatusViewSet(ModelViewSet):
    model = LegalStatusEntry
    icon = "history"
    copy_view_enabled = False
    menu_label = _("Legal statuses")
    index_view_class = _OfKnownTexts
    add_view_class = _LegalStatusCreateView
    list_display = ["page", "status", "effective_on", "checked_on", "checked_by"]
    list_filter = ["status", "checked_on"]
    search_fields = ["page__title", "note"]
    search_backend_name = None
    ordering = ["-created_at", "-pk"]
    edit_handler = ObjectList(
        [
            FieldPanel("page"),
            FieldRowPanel([FieldPanel("status"), FieldPanel("effective_on")]),
            FieldPanel("note"),
            FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")]),
        ],
        base_form_class=LegalStatusForm,
    )


class ProvisionViewSet(ModelViewSet):
    model = Provision
    icon = "list-ol"
    copy_view_enabled = False
    menu_label = _("Provisions")
    index_view_class = _OfKnownTexts
    add_view_class = _ProvisionCreateView
    list_display = ["page", "article", "subject", "status", "checked_on"]
    list_filter = ["status"]
    search_fields = ["page__title", "article", "subject"]
    search_backend_name = None
    ordering = ["page__title", "position", "pk"]
    edit_handler = ObjectList(
        [
            FieldPanel("page"),
            FieldRowPanel([FieldPanel("article"), FieldPanel("position")]),
            FieldPanel("subject"),
            FieldRowPanel([FieldPanel("status"), FieldPanel("checked_on")]),
            FieldPanel("note"),
        ],
        base_form_class=KnownPagesForm,
    )


class LibraryViewSetGroup(ViewSetGroup):
    menu_label = _("Library")
    menu_icon = "folder-open-inverse"
    menu_order = 150
    items = (
        RegulatoryTextViewSet("texts"),
        StudyViewSet("studies"),
        LegalStatusViewSet("legal_statuses"),
        ProvisionViewSet("provisions"),
        BodySpaceViewSet("body_spaces"),
    )
