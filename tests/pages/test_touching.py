"""A draft is no event: nobody is told of it, and no search waits for it."""

import pytest

from network_site.catalogue.marks import touch, touch_gone, touch_many
from network_site.core.models import OutboxEntry
from network_site.members.models import Profile
from network_site.pages.models import StandardPage
from network_site.search import pending

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(home_page):
    found = home_page.add_child(
        instance=StandardPage(title="Une page", slug="une-page")
    )
    found.save_revision().publish()
    OutboxEntry.objects.all().delete()
    pending.forget()
    return StandardPage.objects.get(pk=found.pk)


def kinds():
    return list(OutboxEntry.objects.order_by("pk").values_list("kind", flat=True))


def test_a_draft_of_a_public_page_is_only_a_draft(page):
    page.title = "Autrement"
    page.save_revision()
    assert kinds() == ["page.drafted"]
    assert pending.waiting_keys() == frozenset()


def test_a_page_that_nobody_has_read_yet_is_a_draft(home_page):
    OutboxEntry.objects.all().delete()
    page = StandardPage(title="Neuve", slug="neuve", live=False)
    home_page.add_child(instance=page)
    page.save_revision()
    assert set(kinds()) == {"page.drafted"}


def test_what_is_published_is_an_event(page):
    page.title = "Autrement"
    page.save_revision().publish()
    assert {"page.saved", "page.published"} <= set(kinds())
    assert pending.waiting_keys()


def test_a_published_page_that_is_saved_as_it_stands_is_an_event(page):
    page.summary = "Deux mots."
    page.save()
    assert kinds() == ["page.saved"]


def test_objects_are_named_by_the_model_that_numbers_them(page):
    touch(page)
    touch_many(Profile, [3, 4])
    touch_gone(StandardPage, 5)
    rows = OutboxEntry.objects.order_by("pk").values_list("kind", "payload")
    assert list(rows) == [
        ("object.changed", {"model": "wagtailcore.page", "pk": page.pk}),
        ("object.changed", {"model": "members.profile", "pk": 3}),
        ("object.changed", {"model": "members.profile", "pk": 4}),
        ("object.deleted", {"model": "wagtailcore.page", "pk": 5}),
    ]
