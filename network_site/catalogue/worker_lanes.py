"""The worker writes what nobody settled: changes made by bulk, by SQL, by a killed process."""

from django.db import close_old_connections

from network_site.catalogue import building
from network_site.core.lanes import lane

PAUSE = 0.4


@lane("catalogue")
def settle_marks(identity, stopping):
    """Write the entries of marked objects until told to stop."""
    while not stopping.is_set():
        close_old_connections()
        if not building.settle():
            stopping.wait(PAUSE)
