"""What the page of a programme gathers, as its reader may see it."""

from django.contrib.auth.models import AnonymousUser

from network_site.crossings.services import gather
from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.pages.models import PageProgramme
from network_site.taxonomies.models import Programme
from tests.events.factories import make_event, move_to_past
from tests.forums.factories import make_forum, make_thread
from tests.good_practices.factories import make_practice, restrict
from tests.library.factories import make_library, make_text

VISITOR = AnonymousUser()


def pks(*pages):
    """The numbers of pages, or of the cards that stand for them."""
    return [page.pk for page in pages]


def test_a_programme_gathers_what_is_filed_under_it(home_page, make_user, member):
    ensure_site()
    library = make_library(home_page)
    author = make_user(None, roles.MEMBERS, status=MembershipStatus.APPROVED)
    programme = Programme.objects.create(name="Parrainage", slug="parrainage")
    text = make_text(library)
    make_text(library)
    open_one = make_practice(started_year=2012)
    kept = make_practice(started_year=2020)
    restrict(kept, roles.group_of(roles.MEMBERS))
    coming, past = make_event(), move_to_past(make_event())
    for page in (text, open_one, kept, coming, past):
        PageProgramme.objects.create(page_id=page.pk, programme=programme)
    about_open = make_thread(make_forum(), author, about=open_one)
    about_kept = make_thread(make_forum(), author, about=kept)

    found = gather(VISITOR, programme)
    assert ([one.pk for one in found.texts], found.text_count) == ([text.pk], 1)
    assert pks(*found.practices) == pks(open_one)
    assert pks(*found.next_events, *found.past_events) == pks(coming, past)
    # What the reader may not open is not told by a thread about it.
    assert found.threads == [about_open]
    found = gather(member, programme, limit=1)
    assert (pks(*found.practices), found.practice_count) == (pks(kept), 2)
    assert set(gather(member, programme).threads) == {about_open, about_kept}
