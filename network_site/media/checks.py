"""Asked of the database by `manage.py check --database default` and before each migration."""

from django.core.checks import Warning as Advice
from django.db import connections

from network_site.media import triggers


def files_tell_their_readers(databases=None, **kwargs):
    """The triggers stand wherever their tables do.

    No error: `migrate`, which asks this first, is what puts on those that are missing.
    """
    return [
        Advice(
            f"In “{alias}”, a file that changes readers is told to nobody: the triggers of"
            " its table are missing.",
            hint="Run manage.py migrate, which puts them on.",
            id="site_media.W001",
        )
        for alias in databases or ()
        if triggers.are_wanted(connections[alias])
        and triggers.standing(connections[alias]) != triggers.NAMES
    ]
