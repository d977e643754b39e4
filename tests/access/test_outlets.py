"""What leaves the site obeys the one rule: lists, counts, feeds, files, exports, suggestions.

Each object of the world carries a word of its own; each outlet is read by each role, and the
words of objects that the role may not open must not stand there. Each outlet that can show a
word must show it to someone, so that this test cannot pass by being blind.
"""

import pytest
from django.urls import reverse

from network_site.search.indexing import rebuild
from tests.access.world import AUDIENCES, ROLES, WORDS
from tests.support.client import SiteClient

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]

# Outlets that show only what is public, whoever asks: they are read without a login.
PUBLIC_ONLY = {"sitemap", "events feed", "forums feed"}


def outlets(world):
    """{name: address} of everything that lists, counts, feeds or exports contents."""
    found = {
        "home": "/",
        "library": "/bibliotheque/",
        "library csv": reverse("library:record_csv"),
        "practices": "/bonnes-pratiques/",
        "practices csv": reverse("good_practices:export"),
        "measure": world["measure"].url,
        "measures": world["measures"].url,
        "days": "/journees/",
        "events feed": reverse("events:feed"),
        "forums": reverse("forums:index"),
        "forums feed": reverse("forums:feed"),
        "directory": reverse("directory"),
        "organization": world["organization"].get_absolute_url(),
        "theme": world["theme"].get_absolute_url(),
        "territory": world["territory"].get_absolute_url(),
        "territories": reverse("territories"),
        "programme": world["programme"].get_absolute_url(),
        "dashboard": reverse("dashboard"),
        "notifications": reverse("notifications:centre"),
        "notification settings": reverse("notifications:settings"),
        "waiting": reverse("pending_list"),
        "new thread": reverse("forums:new"),
        "public record": world["record_public"].url,
        "public practice": world["practice_public"].url,
        "themes": reverse("themes"),
        "programmes": reverse("programmes"),
        "practices by territory": "/bonnes-pratiques/?vue=territoires",
        "people": reverse("people"),
        "people, last first": f"{reverse('people')}?sort=recent",
        **{
            f"person {audience}": world[f"person_{audience}"].get_absolute_url()
            for audience in AUDIENCES
        },
        "public day": world["event_public"].url,
        "public day ics": reverse("events:ics", args=[world["event_public"].slug]),
        "public forum": reverse("forums:forum", args=[world["forum_public"].slug]),
        "public forum feed": reverse(
            "forums:forum_feed", args=[world["forum_public"].slug]
        ),
        "public thread": world["thread_public"].get_absolute_url(),
        "sitemap": "/sitemap.xml",
        "newsletter": world["newsletter"].url,
        "newsletter feed": reverse("newsletters:feed"),
        "public letter": world["letter"].url,
        "proposals": reverse("newsletters:propose"),
    }
    for audience, stem in WORDS.items():
        # Fewer letters than the word: what is typed is repeated.
        found[f"suggestions {audience}"] = (
            f"{reverse('search_suggestions')}?q={stem[:5]}"
        )
        for kind in (
            "texte",
            "pratique",
            "journee",
            "fil",
            "message",
            "contenu",
            "lettre",
            "fiche",
            "champ",
        ):
            found[f"search {kind} {audience}"] = f"{reverse('search')}?q={stem}{kind}"
    return found


def body_of(response):
    content = (
        b"".join(response.streaming_content) if response.streaming else response.content
    )
    return content.decode(errors="replace").lower()


def asked(name):
    """The words a search page repeats because they were typed."""
    return name.split()[1:] if name.startswith("search ") else []


@pytest.fixture
def world(shared_world, db):
    world = shared_world
    rebuild()
    return world


def test_no_outlet_shows_what_its_reader_may_not_open(world):
    leaks, shown = [], {audience: set() for audience in AUDIENCES}
    for role in ROLES:
        user = world.users[role]
        client = SiteClient()
        if user.is_authenticated:
            client.force_login(
                user, backend="django.contrib.auth.backends.ModelBackend"
            )
        for name, url in outlets(world).items():
            response = client.get(url)
            if response.status_code != 200:
                continue
            text = body_of(response)
            typed = asked(name)
            if typed:
                # Only what was found counts, not the words in the box and in the title.
                answer = response.context.get("answer")
                assert answer is not None, name
                total = answer.total
                kind, audience = typed
                if total and role not in AUDIENCES[audience]:
                    leaks.append(f"{role}: {name} counts {total}")
                if total:
                    shown[audience].add((name, role))
                continue
            for audience, readers in AUDIENCES.items():
                if WORDS[audience] in text:
                    if role not in readers:
                        leaks.append(f"{role}: {audience} word in {name}")
                    shown[audience].add((name, role))
    assert not leaks, "\n".join(leaks)
    for audience, seen in shown.items():
        names = {name for name, _role in seen}
        assert {f"search texte {audience}", f"search contenu {audience}"} <= names
        assert {f"search fiche {audience}", f"search champ {audience}"} <= names
        assert f"suggestions {audience}" in names
        if audience != "private":
            assert {"library", "practices", "days", "forums", "theme"} <= names
            assert {"newsletter", "public letter"} <= names
        else:
            assert {"library", "practices", "days", "forums"} <= names
            assert {"newsletter", "public letter"} <= names


def test_what_is_restricted_disappears_from_every_outlet_at_once(world):
    from tests.access.world import restrict

    restrict(world["record_public"], "private")
    restrict(world["practice_public"], "private")
    restrict(world["event_public"], "private")
    client = SiteClient()
    for name, url in outlets(world).items():
        response = client.get(url)
        if response.status_code != 200 or name.startswith(("search", "forum", "home")):
            continue
        text = body_of(response)
        for kind in ("texte", "pratique", "journee"):
            assert f"{WORDS['public']}{kind}" not in text, name
