"""What people look for, in the back office: what finds nothing, what leads to a record.

Only questions of three people or more are ever read here (`trends.shown`).
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from network_site.core.spreadsheets import InertCells
from network_site.search import trends
from network_site.search.links import links_of
from network_site.search.models import QueryCount

policy = ModelPermissionPolicy(QueryCount)


def may_read_counts(user):
    """Librarians and facilitators."""
    return policy.user_has_permission(user, "view")


class _CountsView(InertCells, ReportView):
    model = QueryCount
    permission_policy = policy
    any_permission_required = {"view"}
    header_icon = "search"
    paginate_by = 50
    is_searchable = False

    @property
    def columns(self):
        return [
            Column("query", label=_("Question")),
            DateColumn("week", label=_("Week of")),
            Column("people", label=_("People")),
            Column("times", label=_("Times")),
        ]


class UnansweredView(_CountsView):
    page_title = _("Searches without an answer")
    index_url_name = "search_admin:unanswered"
    index_results_url_name = "search_admin:unanswered_results"
    list_export = ["week", "query", "people", "times"]
    export_filename = "recherches-sans-reponse"

    def get_queryset(self):
        return trends.unanswered()


class LeadingView(_CountsView):
    page_title = _("Searches that led to a record")
    index_url_name = "search_admin:leading"
    index_results_url_name = "search_admin:leading_results"
    list_export = ["week", "query", "people", "times", "record_title"]
    export_filename = "recherches-menant-aux-fiches"

    @property
    def columns(self):
        return [
            *super().columns,
            TitleColumn(
                "record",
                label=_("Record opened"),
                accessor="record_title",
                get_url=lambda row: row.record_url,
            ),
        ]

    def get_queryset(self):
        key = self.request.GET.get("object", "")[:100]
        if key:
            return trends.leading_to(key)
        return (
            trends.shown()
            .exclude(object_key="")
            .order_by("-week", "-people", "query", "pk")
        )

    def get_table(self, object_list):
        return super().get_table(self.decorate_paginated_queryset(object_list))

    def decorate_paginated_queryset(self, object_list):
        """The rows of what this reader may open, with its title and its address."""
        rows = list(object_list)
        links = links_of(dict.fromkeys(map(_named, rows), ""), self.request.user)
        kept = []
        for row in rows:
            link = links.get(_named(row))
            if link:
                row.record_title, row.record_url = link.title, link.url
                kept.append(row)
        return kept


def _named(row):
    label, _colon, pk = row.object_key.rpartition(":")
    return label, pk
