from django.tasks import task

from library.models import RecordPage
from network_site.catalogue.marks import touch
from network_site.media.services import read_document


@task(queue_name="slow")
def read_files(page_pk):
    """Read the files of a record that have not been read, then have their words indexed."""
    page = RecordPage.objects.filter(pk=page_pk).first()
    if page is None:
        return
    for link in page.files.select_related("document"):
        if read_document(document=link.document):
            # Whatever shows it is indexed again, other records too.
            touch(link.document)
