"""The scene of one's own data: a copy, a departure to its end, an absence."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from network_site.core.outbox import drain
from network_site.members import roles
from network_site.privacy import services
from network_site.privacy.enums import Signature
from network_site.privacy.models import Departure
from network_site.privacy.services import inactivity


def own_data(people):
    gone = people.one("Gus", roles.MEMBERS)
    services.ask_export(user=gone)
    drain()
    # A name has no language, unlike the other signatures.
    departure = services.ask_to_leave(user=gone, signature=Signature.NAME)
    drain()
    services.remind(now=departure.due_at)
    yield
    # Whoever followed the mail has stayed.
    if services.open_departure(gone) is None:
        services.ask_to_leave(user=gone, signature=Signature.NAME)
        yield
    Departure.objects.update(due_at=timezone.now())
    services.call_due()
    drain()
    drain()
    absent = people.one("Lou", roles.MEMBERS)
    long_ago = timezone.now() - timedelta(days=1000)
    get_user_model().objects.filter(pk=absent.pk).update(date_joined=long_ago)
    inactivity.run()
    drain()
    absent.inactivity_notices.update(sent_at=timezone.now() - timedelta(days=31))
    inactivity.run()
    drain()
