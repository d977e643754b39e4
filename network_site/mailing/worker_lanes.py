"""The two threads of the worker that send mails: one by one, and in number."""

from django.db import close_old_connections

from network_site.core.lanes import after_deaths, lane
from network_site.mailing.courier import (
    Courier,
    mark_interrupted,
)
from network_site.mailing.enums import Mailer
from network_site.mailing.queue import builder_of

PAUSE = 0.5
PAUSE_IN_NUMBER = 2.0


@lane("mails")
def send_mails(identity, stopping):
    """What somebody waits for."""
    _run(Mailer.DEFAULT, PAUSE, identity, stopping)


@lane("mails in number")
def send_mails_in_number(identity, stopping):
    """Summaries and newsletter: never in the way of the others."""
    _run(Mailer.BULK, PAUSE_IN_NUMBER, identity, stopping)


after_deaths(mark_interrupted)


def _run(mailer, pause, identity, stopping):
    courier = Courier(
        mailer, builder_of, claimed_by=identity.worker_id, stop=stopping.is_set
    )
    try:
        while not stopping.is_set():
            close_old_connections()
            if not courier.deliver():
                # Nothing to do: the server is not kept waiting.
                courier.close()
                stopping.wait(pause)
    finally:
        courier.close()
