"""The margin of a list names few organisations, however many there are."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.text import slugify

from network_site.catalogue import Catalogue
from network_site.members.body_facet import MOST_BODIES, BodyFacet
from network_site.members.enums import OrganizationKind
from network_site.members.models import Organization

pytestmark = pytest.mark.django_db


def test_of_many_bodies_those_that_lead_to_the_most_are_shown_and_what_is_chosen():
    names = [f"Organisme {number:02}" for number in range(MOST_BODIES + 10)]
    bodies = [
        Organization.objects.create(
            name=name, slug=slugify(name), kind=OrganizationKind.ASSOCIATION
        )
        for name in names
    ]
    catalogue = Catalogue(AnonymousUser())
    facet = BodyFacet("body", "Organisme")
    counts = {body.pk: place for place, body in enumerate(bodies, 1)}
    few = bodies[0].slug
    shown = facet.options(catalogue, counts, facet.read([few], catalogue))

    assert len(shown) == MOST_BODIES
    assert {one.value for one in shown if one.checked} == {few}
    # The last ones lead to the most.
    most = {body.slug for body in bodies[-(MOST_BODIES - 1) :]}
    assert {one.value for one in shown} == {few} | most
