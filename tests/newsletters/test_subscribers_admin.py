"""The addresses without an account in the admin: seen and erased, never added by others."""

import pytest
from django.urls import reverse

from network_site.newsletters.models import Subscription

pytestmark = pytest.mark.django_db


def test_a_facilitator_erases_an_address_that_asked_by_telephone(
    facilitator_client, editor_client, site, subscriber
):
    listing = reverse("newsletter_subscriptions:index")
    html = facilitator_client.get(listing).content.decode()
    assert subscriber.email in html
    inspect = reverse("newsletter_subscriptions:inspect", args=[subscriber.pk])
    assert "J’accepte." in facilitator_client.get(inspect).content.decode()
    erase = reverse("newsletter_subscriptions:delete", args=[subscriber.pk])
    assert editor_client.post(erase).status_code in {302, 403}
    assert Subscription.objects.exists()
    facilitator_client.post(erase)
    assert not Subscription.objects.exists()


def test_nobody_subscribes_others(admin_client, facilitator_client, site, subscriber):
    for one in (admin_client, facilitator_client):
        add = reverse("newsletter_subscriptions:add")
        one.post(add, {"email": "autre@exemple.fr"})
        edit = reverse("newsletter_subscriptions:edit", args=[subscriber.pk])
        one.post(edit, {"email": "autre@exemple.fr"})
    assert [one.email for one in Subscription.objects.all()] == [subscriber.email]
