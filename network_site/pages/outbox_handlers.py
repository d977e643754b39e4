"""What follows, on pages, from a change elsewhere."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Page, ReferenceIndex

from network_site.core.outbox import emit_many, handles
from network_site.media.models import SiteDocument


@handles("files.access_changed")
def file_again_pages_of_collection(pk):
    """A collection's readers changed: the pages that hold its files are indexed again."""
    collection = Collection.objects.filter(pk=pk).first()
    if collection is None:
        return
    documents = SiteDocument.objects.filter(
        collection__path__startswith=collection.path
    ).values_list("pk", flat=True)
    pages = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(SiteDocument),
        to_object_id__in=[str(key) for key in documents],
        base_content_type=ContentType.objects.get_for_model(Page),
    ).values_list("object_id", flat=True)
    emit_many(
        "page.saved",
        [{"model": "wagtailcore.page", "pk": int(key)} for key in set(pages)],
    )
