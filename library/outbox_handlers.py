from library.models import RecordFile
from library.tasks import read_files
from network_site.core.outbox import handles


@handles("page.saved", "page.published")
def have_files_read(model, pk):
    """Send the unread files of a record, draft or published, to the slow queue."""
    links = RecordFile.objects.filter(page_id=pk).select_related("document")
    if any(link.document.needs_reading for link in links.defer("document__text")):
        read_files.enqueue(pk)
