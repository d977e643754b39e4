from datetime import timedelta

from django.utils import timezone

from events import services
from events.models import EventIndexPage
from network_site.home.models import HomePage


def make_index():
    """The page of the days, made once."""
    index = EventIndexPage.objects.first()
    if index is None:
        index = EventIndexPage(title="Journées d’échanges", slug="journees")
        HomePage.objects.get().add_child(instance=index)
    return index


def make_event(title="Une journée à Dijon", *, in_days=10, hours=7, **fields):
    """A published day, ten days from now unless said otherwise."""
    starts_at = fields.pop("starts_at", timezone.now() + timedelta(days=in_days))
    return services.create_event(
        parent=make_index(),
        title=title,
        starts_at=starts_at,
        ends_at=fields.pop("ends_at", starts_at + timedelta(hours=hours)),
        **fields,
    )


def move_to_past(event, days=1):
    """The same day, ended `days` ago."""
    event.starts_at = timezone.now() - timedelta(days=days, hours=7)
    event.ends_at = timezone.now() - timedelta(days=days)
    event.registration_closes_at = None
    event.save()
    return event
