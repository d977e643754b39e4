"""The panels of the back office's first page, which name pages, without the unknown ones."""

from wagtail.admin.views import home
from wagtail.models import Page

from network_site.pages.known import known


def _known_keys(pages, user):
    keys = [page.pk for page in pages if isinstance(page, Page)]
    return set(
        known(Page.objects.filter(pk__in=keys), user).values_list("pk", flat=True)
    )


def _known_rows(rows, page_of, user):
    keys = _known_keys([page_of(row) for row in rows], user)
    return [
        row
        for row in rows
        if not isinstance(page_of(row), Page) or page_of(row).pk in keys
    ]


class _KnownPages:
    """For a panel whose context holds `rows_name`: a list from each of which `page_of` leads."""

    rows_name = ""

    def page_of(self, row):
        return row

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        context[self.rows_name] = _known_rows(
            list(context[self.rows_name]),
            self.page_of,
            parent_context["request"].user,
        )
        return context


class ToModeratePanel(_KnownPages, home.WorkflowObjectsToModeratePanel):
    rows_name = "states"

    def page_of(self, row):
        return row["obj"]


class InModerationPanel(_KnownPages, home.UserObjectsInWorkflowModerationPanel):
    rows_name = "workflow_states"

    def page_of(self, row):
        return row.content_object


class LockedPanel(_KnownPages, home.LockedPagesPanel):
    rows_name = "locked_pages"


class RecentPanel(_KnownPages, home.RecentEditsPanel):
    rows_name = "last_edits"

    def page_of(self, row):
        _when, page = row
        return page


_OURS = {
    panel.__mro__[2]: panel
    for panel in (ToModeratePanel, InModerationPanel, LockedPanel, RecentPanel)
}


def without_unknown_pages(panels):
    """`panels` with ours in the place of Wagtail's."""
    return [_OURS[type(one)]() if type(one) in _OURS else one for one in panels]
