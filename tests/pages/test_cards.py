"""Cards made of entries: what they say, to whom, and at what cost."""

import pytest
from django.contrib.auth.models import AnonymousUser

from network_site.catalogue import Catalogue
from network_site.catalogue.building import settle_all
from network_site.crossings import items
from network_site.crossings.services import cross_counts
from network_site.pages.cards import page_cards
from network_site.pages.models import RelatedPage

pytestmark = pytest.mark.django_db

LINES = {
    "record": items.text_item,
    "practice": items.practice_item,
    "event": items.event_item,
}


def _pages(world, audience):
    return {kind: world[f"{kind}_{audience}"] for kind in LINES}


def test_a_card_says_what_its_page_says_in_one_statement(
    shared_world, rf, django_assert_num_queries
):
    settle_all()
    request = rf.get("/")
    pages = _pages(shared_world, "public")
    catalogue = Catalogue(AnonymousUser())
    with django_assert_num_queries(1):
        cards = page_cards(catalogue, [page.pk for page in pages.values()])
    for kind, page in pages.items():
        line = LINES[kind]
        assert line(cards[page.pk], request) == line(page, request)


def test_a_card_is_of_what_the_page_is_now(shared_world):
    settle_all()
    page = shared_world["practice_public"]
    # No service, no worker: the trigger marks it, the reader takes it as it is.
    type(page).objects.filter(pk=page.pk).update(summary="Ce qui vient de changer.")
    catalogue = Catalogue(AnonymousUser())

    assert (
        page_cards(catalogue, [page.pk])[page.pk].summary == "Ce qui vient de changer."
    )


def test_a_card_is_given_to_those_who_may_open_the_page(shared_world):
    settle_all()
    everybody = [
        page.pk
        for audience in ("public", "private")
        for page in _pages(shared_world, audience).values()
    ]
    catalogue = Catalogue(AnonymousUser())

    # The numbers are asked for as if the first lock had failed.
    assert set(page_cards(catalogue, everybody)) == {
        page.pk for page in _pages(shared_world, "public").values()
    }


def test_what_is_linked_to_a_page_counts_once_and_for_whoever_may_open_it(shared_world):
    record, practice = shared_world["record_public"], shared_world["practice_public"]
    kept = shared_world["practice_private"]
    RelatedPage.objects.filter(target=record).delete()
    before = cross_counts([record.pk], Catalogue(AnonymousUser()))[record.pk]
    for page, target in ((practice, record), (record, practice), (kept, record)):
        RelatedPage.objects.create(page_id=page.pk, target_id=target.pk, kind="related")
    RelatedPage.objects.create(
        page_id=practice.pk, target_id=record.pk, kind="founded_on"
    )
    visitor = cross_counts([record.pk], Catalogue(AnonymousUser()))[record.pk]
    insider = Catalogue(shared_world.users["private_member"])
    seen = cross_counts([record.pk], insider)[record.pk]

    assert visitor == {**before, "practices": before["practices"] + 1}
    assert seen["practices"] == visitor["practices"] + 1
