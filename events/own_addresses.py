from events.models import EventPage
from network_site.pages.addresses import open_to, standing_of_page, stands_at
from network_site.pages.visibility import EVERYBODY

open_to(EVERYBODY, "events:feed")


@stands_at("events:register", "events:cancel", "events:ics")
def day(slug):
    """What is done about a day stands where the day is read."""
    return standing_of_page(EventPage.objects.live().filter(slug=slug).first())
