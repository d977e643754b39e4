"""What changes in the library: records and their legal history.

For those who load content by program:

    page = create_record(
        parent=index, kind="regulatory", title="Loi pour l’égalité des chances",
        text_type="law", reference="2006-396", document_date=date(2006, 3, 31),
        themes=[theme], territories=[], grounds=[], target_groups=[], programmes=[],
        files=[document], related=[(other_page, "implements")], by=user,
    )
    publish_record(page=page, by=user)
    set_legal_status(page=page, status="modified", note="…", checked_on=None, by=user)
"""

from django.db import transaction

from library.enums import LegalStatus
from library.models import (
    LegalStatusEntry,
    Provision,
    RecordFile,
    RecordPage,
    RegulatoryTextPage,
    StudyPage,
    rendered_note,
)
from network_site.catalogue.marks import touch
from network_site.core.outbox import emit
from network_site.pages.creating import create_page

PAGE_TYPES = {"regulatory": RegulatoryTextPage, "study": StudyPage}


@transaction.atomic
def create_record(
    *, parent, kind="regulatory", files=(), related=(), provisions=(), by=None, **fields
):
    """Return a new record under `parent`, as a draft (`publish_record` makes it public).

    `kind` is "regulatory" or "study"; `fields` are those of the page type, and the lists
    themes, grounds, target_groups, programmes, territories. `files` are documents, or
    (document, label) pairs; `related` are (page, kind) or (page, kind, note); `provisions`
    are dicts of Provision's fields (texts only). Raises ValidationError when `related` says
    what the record may not (RecordPage.may_say).
    """
    page = create_page(
        parent=parent,
        model=PAGE_TYPES[kind],
        by=by,
        related=related,
        pieces={
            "files": [
                RecordFile(document=document, label=label)
                for document, label in (
                    item if isinstance(item, tuple) else (item, "") for item in files
                )
            ]
        },
        longest=200,
        otherwise="fiche",
        **fields,
    )
    for position, provision in enumerate(provisions):
        Provision.objects.create(page=page, position=position, **provision)
    page.save_revision(user=by, clean=False)
    return page


@transaction.atomic
def publish_record(*, page, by=None):
    """Publish the latest draft of `page`; return the published page.

    Raises ValidationError where the record lacks what its type must have (a circular
    without a NOR or a reason) or bears the NOR of another published record.
    """
    revision = page.latest_revision or page.save_revision(user=by)
    revision.publish(user=by)
    page.refresh_from_db()
    return page


@transaction.atomic
def draw_note_again(*, page):
    """Render the note of `page` anew; return whether it changed. For when the rules change."""
    body_html = rendered_note(page.body)
    if body_html == page.body_html:
        return False
    RecordPage.objects.filter(pk=page.pk).update(body_html=body_html)
    touch(page)
    return True


@transaction.atomic
def set_legal_status(
    *,
    page,
    status,
    effective_on=None,
    note="",
    checked_on=None,
    checked_by="",
    by=None,
):
    """Write one line of the legal history of `page`; return it.

    The last line written that already applies is the status readers see. Lines are never
    overwritten: a correction is a new line.
    """
    former = page.current_status
    entry = LegalStatusEntry(
        page=page,
        status=status,
        effective_on=effective_on,
        note=note,
        checked_on=checked_on,
        checked_by=checked_by,
        recorded_by=by,
    )
    entry.full_clean()
    entry.save()
    if entry.status != (former.status if former else LegalStatus.NOT_CHECKED):
        emit("library.status_changed", entry_id=entry.pk)
    announce_status_change(page=page)
    return entry


def announce_status_change(*, page):
    """Have what depends on the status of `page` brought up to date."""
    touch(page)
