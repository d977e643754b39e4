"""What the home page of the admin says of the index: only when there is something to say."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from network_site.search.reports import may_read_counts
from network_site.search.stores import get_store

REASONS = {
    "missing": _("The search has no index yet."),
    "older schema": _("The index of the search is of an older version."),
    "damaged": _("The index of the search is damaged."),
}


class IndexPanel(Component):
    """Why the search does not answer, and how far its rebuild is."""

    name = "search_index"
    template_name = "search/admin/index_panel.html"
    order = 40

    def get_context_data(self, parent_context):
        store = get_store()
        user = parent_context["request"].user
        done = store.progress()
        return {
            "is_shown": may_read_counts(user),
            "reason": REASONS.get(store.state(), ""),
            "rebuilt": None if done is None else int(100 * done),
        }
