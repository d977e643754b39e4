from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from network_site.core.outbox import drain, emit
from network_site.members.models import Organization
from network_site.pages.models import StandardPage
from network_site.search import indexing, timetable
from network_site.search.services import search
from network_site.search.stores import get_store
from tests.search.factories import make_page

pytestmark = pytest.mark.django_db


def titles(text):
    answer = search(user=AnonymousUser(), text=text)
    return [result.item["title"] for result in answer.results]


def test_a_published_page_is_found_after_the_drain(home_page, search_index):
    make_page("Cartographie des acteurs")
    assert titles("cartographie") == []
    drain()
    assert titles("cartographie") == ["Cartographie des acteurs"]


def test_a_page_changed_is_found_by_its_new_words(home_page, search_index):
    page = make_page("Ancien titre", "boussole")
    drain()
    page.title, page.summary = "Nouveau titre", "sextant"
    page.save_revision().publish()
    drain()
    assert titles("boussole") == []
    assert titles("sextant") == ["Nouveau titre"]


def test_an_unpublished_page_is_removed(home_page, search_index):
    page = make_page("Cartographie des acteurs")
    drain()
    page.unpublish()
    drain()
    assert titles("cartographie") == []


def test_a_draft_is_not_found(home_page, search_index):
    make_page("Brouillon de cartographie", live=False)
    drain()
    assert titles("cartographie") == []


def test_a_deleted_page_takes_what_is_below_with_it(home_page, search_index):
    page = make_page("Cartographie des acteurs")
    make_page("Cartographie du dessous", parent=page)
    drain()
    Page.objects.get(pk=page.pk).delete()
    drain()
    assert titles("cartographie") == []
    keys = [key for segment in get_store().snapshot().segments for key in segment.keys]
    assert (
        not [key for key in keys if key.endswith(f"page:{page.pk}")]
        or titles("x") == []
    )


def test_any_other_object_is_followed_by_its_own_events(search_index):
    body = Organization.objects.create(name="Maison", slug="maison", kind="association")
    emit("object.changed", model="members.Organization", pk=body.pk)
    drain()
    assert titles("maison") == ["Maison"]
    pk = body.pk
    body.delete()
    emit("object.deleted", model="members.Organization", pk=pk)
    drain()
    assert titles("maison") == []


def test_a_scheduled_page_is_found_once_published(home_page, search_index):
    page = make_page("Cartographie programmée", live=False)
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled")
    drain()
    assert titles("cartographie") == ["Cartographie programmée"]


def test_an_update_without_an_index_waits_for_the_rebuild(home_page, index_dir):
    make_page("Cartographie des acteurs")
    drain()
    timetable.rebuild_unreadable_index()
    assert titles("cartographie") == ["Cartographie des acteurs"]


def test_a_readable_index_is_left_alone_by_the_timetable(search_index, monkeypatch):
    monkeypatch.setattr(indexing, "rebuild", lambda: pytest.fail("rebuilt for nothing"))
    timetable.rebuild_unreadable_index()


def test_a_damaged_index_is_rebuilt_by_the_timetable(home_page, search_index):
    make_page("Cartographie des acteurs")
    get_store().mark_damaged("a test says so", needs_rebuild=True)
    timetable.rebuild_unreadable_index()
    assert get_store().state() == ""
    assert titles("cartographie") == ["Cartographie des acteurs"]


def test_the_command_says_how_far_it_is(home_page, index_dir, capsys):
    call_command("rebuild_search")
    assert "objects in" in capsys.readouterr().out
    call_command("rebuild_search", if_needed=True)
    assert "up to date" in capsys.readouterr().out


def test_the_night_merges_what_the_day_has_left(home_page, search_index):
    for number in range(4):
        make_page(f"Cartographie {number}")
        drain()
    assert len(get_store().snapshot().segments) > 1
    timetable.merge_index()
    assert len(get_store().snapshot().segments) == 1
    assert len(titles("cartographie")) == 4


def test_an_update_may_come_twice(home_page, search_index):
    page = make_page("Cartographie des acteurs")
    key = indexing.object_key(page)
    indexing.update([key, key])
    indexing.update([key])
    assert titles("cartographie") == ["Cartographie des acteurs"]


def test_a_page_has_one_key_whatever_the_name_it_is_called_by(home_page):
    page = make_page("Cartographie")
    assert indexing.object_key(page) == indexing.key_of(Page, page.pk)
    assert indexing.key_of(StandardPage, page.pk) == f"wagtailcore.page:{page.pk}"


def test_an_object_that_cannot_be_read_does_not_hold_up_the_others(
    home_page, search_index, monkeypatch
):
    broken = make_page("Cartographie cassée")
    good = make_page("Cartographie entière")
    read = indexing.documents_of

    def documents_of(obj, broader=None):
        if obj.pk == broken.pk:
            raise ValueError("unreadable")
        return read(obj, broader)

    monkeypatch.setattr(indexing, "documents_of", documents_of)
    with pytest.raises(ValueError, match="unreadable"):
        indexing.update([indexing.object_key(broken), indexing.object_key(good)])
    assert titles("cartographie") == ["Cartographie entière"]
    indexing.rebuild()
    assert titles("cartographie") == ["Cartographie entière"]


def test_a_row_of_a_model_that_is_gone_is_passed_over(home_page, search_index):
    emit("object.changed", model="members.Vanished", pk=1)
    make_page("Cartographie des acteurs")
    drain()
    assert titles("cartographie") == ["Cartographie des acteurs"]


def test_what_changes_during_the_first_rebuild_is_read_again(
    home_page, index_dir, monkeypatch
):
    page = make_page("Cartographie première")
    drain()
    read = indexing._documents_or_none

    def documents_or_none(obj, broader):
        documents = read(obj, broader)
        if obj.pk == page.pk and obj.title == "Cartographie première":
            page.title = "Cartographie seconde"
            page.save_revision().publish()
            drain()
        return documents

    monkeypatch.setattr(indexing, "_documents_or_none", documents_or_none)
    indexing.rebuild()
    assert titles("cartographie") == ["Cartographie seconde"]
