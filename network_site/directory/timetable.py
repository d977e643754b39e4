"""What the directory reads of the sheets is checked at night; old messages are erased."""

import logging

from network_site.core.timetable import daily
from network_site.directory.services import erase_old
from network_site.members.models import Profile
from network_site.members.words import keep_words

logger = logging.getLogger(__name__)


@daily(at="04:10")
def check_words():
    """Write again the words and keys of sheets that do not say what the sheet says.

    An organisation, a theme or a place that was renamed is said by the sheets of its people.
    """
    changed = keep_words(Profile.objects.all())
    if changed:
        logger.info(
            "Directory: the words of %s sheets were written again", len(changed)
        )


@daily(at="03:50")
def erase_old_messages():
    """Erase the words of what was sent through the relay thirty days ago or more."""
    erased, gone = erase_old()
    if erased or gone:
        logger.info("Contact relay: words of %s messages erased, %s rows", erased, gone)
