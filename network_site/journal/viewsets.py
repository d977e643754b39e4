"""The journal in the back office: administrators read, filter and export it; nobody writes."""

import django_filters
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from network_site.core.spreadsheets import InertCells
from network_site.journal import readings
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.journal.services import record

EXPORT_CHUNK = 500


class ReadByAdministrators(BasePermissionPolicy):
    """Administrators look; nobody adds, changes or removes, not even an administrator."""

    def user_has_permission(self, user, action):
        return action == "view" and user.is_active and user.is_superuser

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)

    def users_with_any_permission(self, actions):
        users = get_user_model().objects
        if "view" not in actions:
            return users.none()
        return users.filter(is_active=True, is_superuser=True)


def _kinds():
    kinds = Entry.objects.order_by().exclude(object_kind="")
    found = kinds.values_list("object_kind", flat=True).distinct()
    return sorted(
        ((kind, readings.kind_label(kind)) for kind in found), key=lambda pair: pair[1]
    )


def _actions():
    return [(action.value, capfirst(str(action.label))) for action in Action]


class JournalFilterSet(WagtailFilterSet):
    action = django_filters.MultipleChoiceFilter(label=_("What"), choices=_actions)
    actor = django_filters.CharFilter(
        label=_("Who: name or address"), method="by_person", max_length=120
    )
    subject = django_filters.CharFilter(
        label=_("Whom: name or address"), method="by_person", max_length=120
    )
    at = django_filters.DateFromToRangeFilter(
        label=_("When"), widget=DateRangePickerWidget
    )
    object_kind = django_filters.MultipleChoiceFilter(
        label=_("Kind of object"), choices=_kinds
    )

    class Meta:
        model = Entry
        fields = ["action", "actor", "subject", "at", "object_kind"]

    def by_person(self, queryset, name, value):
        words = value.replace("\x00", "")
        return queryset.filter(**{f"{name}__in": readings.people_named(words)})


def _time_of(entry):
    return date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT")


class PersonColumn(TitleColumn):
    """The name of a person, leading to their account where there still is one."""

    def __init__(self, role, **kwargs):
        super().__init__(
            role,
            accessor=lambda entry: readings.person_label(entry, role) or "–",
            get_url=lambda entry: readings.person_url(entry, role),
            **kwargs,
        )


class JournalIndexView(InertCells, IndexView):
    """The list, and its export, which the journal keeps a trace of."""

    page_title = _("Journal of decisions")
    list_export = ["at", "who", "what", "whom", "about", "detail"]
    export_filename = "journal"
    export_headings = {
        "at": _("When"),
        "who": _("Who"),
        "what": _("What"),
        "whom": _("Whom"),
        "about": _("Object"),
        "detail": _("Detail"),
    }

    def get_base_queryset(self):
        return readings.with_people(Entry.objects.all())

    def get_table(self, object_list):
        readings.read_objects(list(object_list), self.request.user)
        return super().get_table(object_list)

    def get_list_buttons(self, instance):
        return []

    def as_spreadsheet(self, queryset, spreadsheet_format):
        with transaction.atomic():
            record(
                Action.LIST_EXPORTED,
                actor=self.request.user,
                list="journal",
                rows=queryset.count(),
                format=spreadsheet_format,
            )
        # What was asked for, without the line that says so.
        return super().as_spreadsheet(_InChunks(queryset), spreadsheet_format)

    def to_row_dict(self, item):
        return {
            "at": item.at,
            "who": readings.person_label(item, "actor"),
            "what": capfirst(item.get_action_display()),
            "whom": readings.person_label(item, "subject"),
            "about": readings.object_label(item),
            "detail": readings.detail_label(item),
        }


class _InChunks:
    """The entries of a queryset with their objects, a few hundred at a time."""

    def __init__(self, queryset):
        self.model = queryset.model
        self._keys = list(queryset.values_list("pk", flat=True))

    def __iter__(self):
        for start in range(0, len(self._keys), EXPORT_CHUNK):
            keys = self._keys[start : start + EXPORT_CHUNK]
            entries = readings.with_people(Entry.objects.filter(pk__in=keys))
            yield from readings.read_objects(list(entries.order_by("-pk")))


class JournalViewSet(ModelViewSet):
    model = Entry
    name = "journal"
    icon = "history"
    menu_label = _("Journal of decisions")
    menu_order = 9000
    add_to_admin_menu = True
    index_view_class = JournalIndexView
    filterset_class = JournalFilterSet
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    ordering = ["-pk"]
    list_per_page = 50
    form_fields = ["action"]
    list_display = [
        Column("at", label=_("When"), accessor=_time_of, width="12%"),
        PersonColumn("actor", label=_("Who"), width="18%"),
        Column(
            "action",
            label=_("What"),
            accessor=lambda entry: capfirst(entry.get_action_display()),
        ),
        PersonColumn("subject", label=_("Whom"), width="18%"),
        TitleColumn(
            "about",
            label=_("Object"),
            accessor=lambda entry: readings.object_label(entry) or "–",
            get_url=lambda entry: entry.thing_url,
        ),
        Column("detail", label=_("Detail"), accessor=readings.detail_label),
    ]
