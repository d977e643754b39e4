"""Errors told by mail: once for each kind and hour, and never at the reader's expense."""

import hashlib
import logging
import threading
import traceback

from django.core.cache import cache
from django.utils.log import AdminEmailHandler

logger = logging.getLogger(__name__)

ONCE_EVERY = 3600
# A thread that waits for a mail server that does not answer; more would pile up.
MOST_AT_ONCE = 2
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


class ErrorMailHandler(AdminEmailHandler):
    """Django's handler, which neither delays an answer, nor fails it, nor repeats itself.

    The kind of an error is its class and where it was raised; without one, the words of the
    log before they are filled in. The mail leaves from a thread of its own.
    """

    def emit(self, record):
        try:
            if self.is_new(record) and _places.acquire(blocking=False):
                threading.Thread(target=self._send, args=(record,), daemon=True).start()
        except Exception:  # noqa: BLE001 - telling of an error must not make another one
            self.handleError(record)

    def is_new(self, record):
        """Whether no error of this kind was told within the hour, by any process."""
        name = hashlib.sha256(kind_of(record).encode()).hexdigest()[:32]
        return cache.add(f"error-mail:{name}", 1, ONCE_EVERY)

    def _send(self, record):
        try:
            super().emit(record)
        except Exception as error:  # noqa: BLE001 - the log has the error itself
            # Below the level of this handler: it must not call itself.
            logger.warning("An error could not be told by mail: %s", error)
        finally:
            _places.release()


def kind_of(record):
    """What two reports of one error have in common."""
    if record.exc_info and record.exc_info[1] is not None:
        frames = traceback.extract_tb(record.exc_info[2])
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        return f"{record.exc_info[0].__qualname__} {place}"
    return f"{record.name} {record.msg}"
