"""Several connections and processes at once, and what a kill leaves behind."""

from itertools import permutations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from library.catalogue_source import KINDS
from network_site.catalogue import ask, building
from network_site.catalogue.models import Mark
from tests.directory.people import make_person
from tests.library.factories import make_library, make_text, make_theme
from tests.support.processes import database_url_for_processes, environment_for, python

VISITOR = AnonymousUser()
pytestmark = pytest.mark.django_db(transaction=True)


def numbers():
    return set(ask(VISITOR, kinds=KINDS, size=None).object_ids)


@pytest.mark.slow
def test_thirty_kills_leave_nothing_that_the_next_reader_does_not_mend(
    home_page, tmp_path
):
    library = make_library(home_page)
    themes = [make_theme(f"theme-{number}", f"Thème {number}") for number in range(3)]
    for number in range(4):
        make_text(library, themes=themes[:number])
        make_person(themes=themes[:number])
    building.settle_all()
    environment = environment_for(tmp_path, database_url_for_processes(tmp_path))
    found = python(environment, "from tests.catalogue.killing import main\nmain(30)")
    assert found == {"killed": 30, "differed": 0}


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)
@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_two_transactions_are_read_in_whichever_order_they_end(home_page, order):
    """The first to begin has the lower number, and may end last."""
    library = make_library(home_page)
    pages = [make_text(library) for _number in range(2)]
    building.settle_all()
    everything = {page.pk for page in pages}
    assert numbers() == everything
    others = [connection.copy(), connection.copy()]
    try:
        for one, page in zip(others, pages, strict=True):
            one.set_autocommit(False)
            with one.cursor() as cursor:
                cursor.execute(
                    "UPDATE wagtailcore_page SET live = false, title = %s WHERE id = %s",
                    [f"Retiré {page.pk}", page.pk],
                )
        # Neither is there before its end, and a settler meanwhile takes nothing away.
        building.settle_all()
        assert numbers() == everything
        for place in order:
            others[place].commit()
            everything.discard(pages[place].pk)
            assert numbers() == everything
            building.settle_all()
            assert numbers() == everything
        assert not Mark.objects.exists()
        assert building.compare().differences == []
    finally:
        for one in others:
            one.close()


def test_a_rebuild_keeps_what_changes_meanwhile(home_page, monkeypatch):
    """Written while the site serves: what is changed after it was read is not lost."""
    library = make_library(home_page)
    page = make_text(library, title="Avant")
    building.settle_all()
    write = building.write

    def changed_just_after(root, objects):
        found = write(root, objects)
        if page.pk in objects:
            type(page).objects.filter(pk=page.pk).update(live=False)
        return found

    monkeypatch.setattr(building, "write", changed_just_after)
    building.rebuild()
    assert numbers() == set()
    monkeypatch.undo()
    assert Mark.objects.exists()
    building.settle_all()
    assert building.compare().differences == []
