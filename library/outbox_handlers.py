from library.models import LegalStatusEntry, RecordFile, RecordPage
from library.notifications import SUPERSEDING
from library.tasks import read_files
from network_site.core.outbox import handles
from network_site.notifications.announce import announce
from network_site.notifications.page_items import canonical_path, was_known


@handles("page.saved", "page.published")
def have_files_read(model, pk):
    """Send the unread files of a record, draft or published, to the slow queue."""
    links = RecordFile.objects.filter(page_id=pk).select_related("document")
    if any(link.document.needs_reading for link in links.defer("document__text")):
        read_files.enqueue(pk)


@handles("page.published")
def tell_of_record(model, pk):
    """A record enters the library: told once, whatever is corrected in it afterwards."""
    page = (
        RecordPage.objects.filter(pk=pk, live=True)
        .select_related("live_revision")
        .first()
    )
    if page is None:
        return
    told = {
        "actor_id": page.live_revision.user_id if page.live_revision else page.owner_id,
        "occurred_at": page.first_published_at,
        "path": canonical_path(page),
    }
    announce("library.record", page.pk, **told)
    if page.related_links.filter(kind__in=SUPERSEDING, target__live=True).exists():
        announce("library.record_replaced", page.pk, **told)


@handles("library.status_changed")
def tell_of_status(entry_id):
    """Where a text stands has changed: told to those who follow the text."""
    entry = (
        LegalStatusEntry.objects.filter(pk=entry_id, page__live=True)
        .select_related("page")
        .first()
    )
    if entry is None or not was_known(entry.page, entry.created_at):
        return
    announce(
        "library.status_changed",
        entry.pk,
        actor_id=entry.recorded_by_id,
        occurred_at=entry.created_at,
        path=canonical_path(entry.page),
    )
