"""What changed is written to the index again, in batches, by the worker."""

import logging

from django.apps import apps
from wagtail.models import Page

from network_site.core.outbox import handles
from network_site.search import indexing

logger = logging.getLogger(__name__)

# What changes a page's readers or its place changes all that is below it.
WHOLE_BRANCH = {"page.moved", "page.access_changed"}


@handles(
    "page.saved",
    "page.published",
    "page.unpublished",
    "page.moved",
    "page.access_changed",
    "page.deleted",
    "object.changed",
    "object.deleted",
    batch=True,
)
def update_index(items):
    """Write again every object named by the rows at hand; the gone ones are removed."""
    keys = {}
    for item in items:
        try:
            model = apps.get_model(item.ids["model"])
        except LookupError:
            # The row is older than the code: its model is gone, and so are its words.
            logger.warning("Search: no model %s", item.ids["model"])
            continue
        pk = item.ids["pk"]
        keys[indexing.key_of(model, pk)] = None
        if item.kind in WHOLE_BRANCH:
            for number in _branch(pk):
                keys[indexing.key_of(Page, number)] = None
    indexing.update(keys)


def _branch(pk):
    page = Page.objects.filter(pk=pk).first()
    if page is None:
        return []
    return page.get_descendants().values_list("pk", flat=True)
