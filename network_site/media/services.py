"""What is learnt of a file after it is stored."""

import logging

from network_site.media.enums import TextState
from network_site.media.models import SiteDocument
from network_site.media.text_extraction import ExtractionFailed, extract_text

logger = logging.getLogger(__name__)


def read_document(*, document):
    """Read the text and the number of pages of `document`; return whether it changed.

    Does nothing when the present file has been read already. Why a file cannot be read is
    kept: its curator is told, its readers too.
    """
    if not document.needs_reading:
        return False
    name = document.file.name
    try:
        found = extract_text(document.file.path)
    except (ExtractionFailed, OSError, ValueError) as error:
        logger.warning("Document %s could not be read: %s", document.pk, error)
        found = {"pages": None, "text": "", "state": TextState.UNREAD}
    # Only these columns, and only if the file is still the same: someone may be editing.
    changed = SiteDocument.objects.filter(pk=document.pk, file=name).update(
        text=found["text"].replace("\x00", ""),
        text_state=found["state"],
        page_count=found["pages"] or document.page_count,
        text_of=name,
    )
    return bool(changed)
