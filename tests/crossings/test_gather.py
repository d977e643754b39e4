"""What the page of a theme, a territory or a programme gathers, as its reader may see it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from forums.enums import ForumVisibility
from network_site.crossings.services import gather
from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from tests.events.factories import make_event, move_to_past
from tests.forums.factories import make_forum, make_thread
from tests.good_practices.factories import (
    make_practice,
    make_territories,
    make_theme,
    restrict,
)
from tests.library.factories import make_library, make_text

VISITOR = AnonymousUser()


@pytest.fixture
def library(home_page):
    ensure_site()
    return make_library(home_page)


@pytest.fixture
def author(make_user):
    return make_user(None, roles.MEMBERS, status=MembershipStatus.APPROVED)


def test_a_theme_gathers_what_is_filed_under_narrower_ones(library, author, member):
    broad = make_theme("Emploi")
    narrow = make_theme("Parrainage", parent=broad)
    text = make_text(library, themes=[narrow])
    make_text(library)
    open_one = make_practice(themes=[narrow], started_year=2012)
    kept = restrict_to_members(make_practice(themes=[broad], started_year=2020))
    coming, past = make_event(themes=[narrow]), move_to_past(make_event(themes=[broad]))
    thread = make_thread(make_forum(), author, themes=[narrow])
    make_thread(make_forum(ForumVisibility.GROUP), author, themes=[broad])
    found = gather(VISITOR, theme=broad)
    assert ([one.pk for one in found.texts], found.text_count) == ([text.pk], 1)
    assert found.practices == [open_one]
    assert (found.next_events, found.past_events) == ([coming], [past])
    assert (found.threads, found.thread_count) == ([thread], 1)
    found = gather(member, theme=broad, limit=1)
    assert (found.practices, found.practice_count) == ([kept], 2)


def restrict_to_members(page):
    restrict(page, roles.group_of(roles.MEMBERS))
    return page


def test_a_territory_gathers_what_lies_there_and_the_texts_that_apply_there(
    library, author, member
):
    region, department, commune = make_territories()
    texts = {
        place: make_text(library, territories=[place])
        for place in (region, department, commune)
    }
    practice = make_practice(territories=[commune])
    make_practice(territories=[region])
    about_open = make_thread(make_forum(), author, about=practice)
    kept = restrict_to_members(make_practice(territories=[department]))
    about_kept = make_thread(make_forum(), author, about=kept)

    found = gather(VISITOR, territory=department)
    assert {one.pk for one in found.texts} == {text.pk for text in texts.values()}
    assert found.practices == [practice]
    # Where a page lies that the reader may not open is not told by a thread about it.
    assert found.threads == [about_open]
    assert set(gather(member, territory=department).threads) == {about_open, about_kept}
    assert {one.pk for one in gather(VISITOR, territory=region).texts} == {
        text.pk for text in texts.values()
    }
    found = gather(VISITOR, territory=commune)
    assert found.text_count == 3
    assert (found.practices, found.threads) == ([practice], [about_open])
