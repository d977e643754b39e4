from network_site.core.timetable import every
from network_site.members import portraits


@every(minutes=60)
def delete_forgotten_photographs():
    """Photographs that nobody came back to crop are kept a day at most."""
    portraits.delete_old_drafts()
