"""What a page costs when nothing is kept: as few statements as today, whatever the rows.

The ceilings are today's figures, over the small network of tests/access/world.py, read by a
process that kept nothing (tests.support.cold). Whoever lowers a cost lowers its ceiling; a
change that needs one more statement says why beside it. `python -m tests.benchmarks.pages
--cold` tells the milliseconds (docs/performance.md).
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from events.models import EventIndexPage, EventPage
from forums.models import Post, Thread
from good_practices.models import GoodPracticePage, PracticeIndexPage
from library.models import LibraryIndexPage, StudyPage
from network_site.catalogue.building import settle_all
from network_site.core.outbox import drain
from network_site.demo.load.chance import Chance
from network_site.demo.load.page_rows import Branch, insert
from tests.support.cold import statements_of

pytestmark = pytest.mark.django_db

# {page: (statements for a visitor, for a member who has unread notifications)}; None: it is not
# theirs. The frame takes one of a visitor, and four of a member.
CEILINGS = {
    "home": (7, 10),
    "library": (6, 10),
    "library, two facets": (6, 10),
    "text": (32, 34),
    "practices": (6, 10),
    "practice": (24, 28),
    "measures": (5, 8),
    "measure": (11, 14),
    "days": (5, 9),
    "day": (17, 22),
    "discussions": (3, 9),
    "forum": (3, 8),
    "thread": (12, 19),
    "theme": (13, 17),
    "territory": (12, 16),
    # Whose letters to send: bodies, units and members are asked, and the status of texts.
    "here": (17, 20),
    "programme": (6, 9),
    "search of three words": (7, 10),
    "directory": (2, 5),
    "people": (2, 5),
    "person": (4, 12),
    "organisation": (16, 21),
    "dashboard": (None, 50),
}


def _addresses(world):
    return {
        "home": "/",
        "library": "/bibliotheque/",
        "library, two facets": f"/bibliotheque/?theme={world['theme'].slug}&type=law",
        "text": world["record_public"].get_url(),
        "practices": "/bonnes-pratiques/",
        "practice": world["practice_public"].get_url(),
        "measures": world["measures"].get_url(),
        "measure": world["measure"].get_url(),
        "days": "/journees/",
        "day": world["event_public"].get_url(),
        "discussions": "/discussions/",
        "forum": world["thread_public"].forum.get_absolute_url(),
        "thread": world["thread_public"].get_absolute_url(),
        "theme": world["theme"].get_absolute_url(),
        "territory": world["territory"].get_absolute_url(),
        "here": f"/ici/?quoi=question&ou={world['territory'].slug}",
        "programme": world["programme"].get_absolute_url(),
        "search of three words": "/recherche/?q=comment+faire+question",
        "directory": "/annuaire/",
        "people": "/annuaire/membres/",
        "person": world["person_public"].get_absolute_url(),
        "organisation": world["organization"].get_absolute_url(),
        "dashboard": "/mon-espace/",
    }


def _client(user=None):
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _count(client, path):
    """How many statements the page takes; what a process reads once does not count."""
    client.get(path)
    response, statements = statements_of(client, path)
    assert response.status_code == 200, f"{path}: {response.status_code}"
    return len(statements)


def test_no_page_takes_more_statements_than_it_did(shared_world, search_index):
    # What waits would be done, or read again, at each page; the member is told what happened.
    drain()
    settle_all()
    readers = _client(), _client(shared_world.users["member"])
    found = {}
    for name, path in _addresses(shared_world).items():
        counts = [
            None if ceiling is None else _count(client, path)
            for client, ceiling in zip(readers, CEILINGS.get(name, (0, 0)), strict=True)
        ]
        found[name] = tuple(counts)
    over = [
        f"{name}: {counts}, ceilings {CEILINGS.get(name)}"
        for name, counts in found.items()
        if any(
            count is not None and count > ceiling
            for count, ceiling in zip(counts, CEILINGS.get(name, (0, 0)), strict=True)
        )
    ]

    assert not over, "\n".join(over)


def test_a_visitor_who_comes_back_is_told_that_nothing_changed(shared_world):
    visitor = _client()
    addresses = _addresses(shared_world)
    for name in ("home", "library", "text", "measure", "day", "thread", "directory"):
        path = addresses[name]
        first = visitor.get(path)
        again = visitor.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), name
    Page.objects.filter(pk=shared_world["measure"].pk).update(title="Autre titre")
    former = visitor.get(
        addresses["measures"], headers={"If-None-Match": first["ETag"]}
    )
    assert former.status_code == 200


def _fill_up(total, chance):
    """Have each list hold `total` rows at least, one page of twenty or ten."""
    now = timezone.now()
    kinds = (
        (StudyPage, LibraryIndexPage, {"study_type": "note", "nature": "note"}),
        (GoodPracticePage, PracticeIndexPage, {}),
        (EventPage, EventIndexPage, {"starts_at": now, "ends_at": now}),
    )
    for model, index, fields in kinds:
        branch = Branch(index.objects.get(), chance)
        pages = []
        for number in range(total - model.objects.count()):
            page = model(title=f"{model.__name__} {total} {number}", **fields)
            page.seo_title = page.search_description = ""
            if model is EventPage:
                page.starts_at = now + timedelta(days=number + 1)
                page.ends_at = page.starts_at + timedelta(hours=6)
            pages.append(branch.place(page))
        insert(pages)
        branch.close()
    _more_threads(total, now)
    settle_all()


def _more_threads(total, now):
    model = Thread.objects.select_related("forum").order_by("pk").first()
    threads = Thread.objects.bulk_create(
        Thread(
            forum=model.forum,
            title=f"Fil {total} {number}",
            slug=f"fil-{total}-{number}",
            author=model.author,
            created_at=now,
            last_post_at=now,
        )
        for number in range(total - Thread.objects.count())
    )
    Post.objects.bulk_create(
        Post(
            thread=thread,
            author=model.author,
            body="Bonjour.",
            body_html="<p>Bonjour.</p>",
            is_first=True,
            created_at=now,
        )
        for thread in threads
    )


def test_a_list_costs_the_same_with_ten_times_the_rows(shared_world):
    chance = Chance(1, timezone.now())
    readers = {"visitor": _client(), "member": _client(shared_world.users["member"])}
    lists = ["/", "/bibliotheque/", "/bonnes-pratiques/", "/journees/", "/discussions/"]
    lists += [shared_world["theme"].get_absolute_url(), "/annuaire/membres/"]
    asked = [
        (reader, path)
        for path in lists
        for reader in readers
        if (reader, path) != ("visitor", "/annuaire/membres/")
    ]

    def counts():
        return {
            f"{path} ({reader})": _count(readers[reader], path)
            for reader, path in asked
        }

    _fill_up(20, chance)
    few = counts()
    _fill_up(200, chance)
    many = counts()

    more = {path: (few[path], many[path]) for path in few if many[path] > few[path]}
    assert more == {}
