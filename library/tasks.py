from django.tasks import task

from library.models import RecordPage
from network_site.core.outbox import emit
from network_site.media.services import read_document


@task(queue_name="slow")
def read_files(page_pk):
    """Read the files of a record that have not been read, then have it indexed again."""
    page = RecordPage.objects.filter(pk=page_pk).first()
    if page is None:
        return
    changed = [
        read_document(document=link.document)
        for link in page.files.select_related("document")
    ]
    if any(changed):
        emit("object.changed", model="wagtailcore.page", pk=page_pk)
