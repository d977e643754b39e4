"""Long work about people's data, in the slow queue."""

import logging

from django.tasks import task

from network_site.privacy import services
from network_site.privacy.services import exports

logger = logging.getLogger(__name__)


@task(queue_name="slow")
def prepare_export(export_id):
    """Write the archive of a copy of data."""
    try:
        services.prepare(export_id=export_id)
    except Exception:
        exports.give_up(export_id=export_id)
        raise


@task(queue_name="slow")
def erase_account(departure_id):
    """Carry out a departure."""
    services.carry_out(departure_id=departure_id)
