from network_site.catalogue import building
from network_site.core.timetable import daily


@daily(at="03:40")
def compare_catalogue():
    """Compare every entry with its object, mend and keep what differs."""
    building.compare()
