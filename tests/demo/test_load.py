"""The network that measurements are made on: whole, sound, the same for the same seed."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from events.models import EventPage, Registration
from forums.enums import ForumVisibility
from forums.models import Forum, Post, Thread
from good_practices.models import GoodPracticePage
from library.models import LibrarySectionPage, RecordPage
from network_site.catalogue import building
from network_site.core.models import OutboxEntry
from network_site.core.outbox import drain
from network_site.demo.load import generate
from network_site.demo.load.chance import Chance
from network_site.demo.load.people import DOMAIN
from network_site.demo.load.sizes import Sizes
from network_site.members.models import Organization, Profile
from network_site.taxonomies.models import Territory, Theme
from tests.support.client import SiteClient

# The founding content takes long to load, where others have the machine as well.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.timeout(900),
]

SCALE = 0.001
MODELS = {
    "records": RecordPage,
    "practices": GoodPracticePage,
    "days": EventPage,
    "threads": Thread,
    "posts": Post,
    "members": Profile,
    "organisations": Organization,
    "forums": Forum,
}


def _count():
    return {name: model.objects.count() for name, model in MODELS.items()}


@pytest.fixture(scope="module")
def generated(founding_content, django_db_blocker):
    """How many of each were made, beside the founding content."""
    with django_db_blocker.unblock():
        before = _count()
        generate.generate(scale=SCALE, seed=5)
        yield {name: number - before[name] for name, number in _count().items()}


def _member():
    return get_user_model().objects.filter(email__endswith=f"@{DOMAIN}").earliest("pk")


def test_there_is_as_much_of_everything_as_was_asked(generated):
    sizes = Sizes.at(SCALE)

    assert generated == {name: getattr(sizes, name) for name in MODELS}
    assert (sizes.records, sizes.posts) == (20, 200)
    assert Registration.objects.filter(user__email__endswith=f"@{DOMAIN}").exists()


def test_the_tree_and_the_references_are_those_that_wagtail_would_write(generated):
    assert not any(Page.find_problems())
    pages = Page.objects.filter(title__in=RecordPage.objects.values("title"))
    made = [*pages.order_by("-pk")[:4], *Page.objects.order_by("-pk")[:8]]
    before = sorted(ReferenceIndex.objects.values_list("pk", flat=True))
    for page in made:
        ReferenceIndex.create_or_update_for_object(page.specific)
    assert sorted(ReferenceIndex.objects.values_list("pk", flat=True)) == before


def test_the_catalogue_is_what_a_rebuild_writes_and_no_work_is_left(generated):
    assert building.compare().differences == []
    assert not OutboxEntry.objects.pending().exists()
    assert drain() == 0


def test_the_words_that_are_found_are_those_written(generated):
    record = RecordPage.objects.live().public().latest("pk")
    words = " ".join(word for word in record.title.split() if word.isalpha())

    page = SiteClient().get("/recherche/", {"q": words})

    assert record.title in page.content.decode().replace("&#x27;", "’")


def test_every_page_opens_for_whoever_may_read_it_and_for_nobody_else(generated):
    member = _member()
    clients = {AnonymousUser(): SiteClient(), member: SiteClient()}
    clients[member].force_login(
        member, backend="django.contrib.auth.backends.ModelBackend"
    )
    lists = ["/", "/bibliotheque/", "/bonnes-pratiques/", "/journees/", "/discussions/"]
    lists += ["/annuaire/", f"/themes/{Theme.objects.first().slug}/"]
    lists += [f"/territoires/{Territory.objects.first().slug}/"]
    lists += [f"/annuaire/{Organization.objects.latest('pk').slug}/"]
    for user, client in clients.items():
        for path in lists:
            assert client.get(path, follow=True).status_code == 200, path
        seen = 0
        for page in Page.objects.order_by("-pk")[:27]:
            is_shown = page.live and not any(
                not restriction.accept_request(_as_asked_by(user))
                for restriction in page.get_view_restrictions()
            )
            status = client.get(page.get_url(), follow=True).status_code
            assert (status == 200) == is_shown or user.is_anonymous, page
            seen += is_shown
        assert seen > 15
        shown = set(Thread.objects.visible_to(user).values_list("pk", flat=True))
        for thread in Thread.objects.order_by("-pk")[:10]:
            status = client.get(thread.get_absolute_url()).status_code
            assert (status == 200) == (thread.pk in shown), thread


def _as_asked_by(user):
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user, request.session = user, {}
    return request


def test_the_same_seed_makes_the_same_network(generated):
    assert _made_with(7) == _made_with(7) != _made_with(8)


def _made_with(seed):
    """What a load made of `seed` says, undone at once."""
    with transaction.atomic():
        now = timezone.now()
        EmailAddress.objects.all().delete()
        get_user_model().objects.update(email=Concat("pk", Value("@autre.example")))
        load = generate.Load(Sizes.at(0.0005), Chance(seed, now), lambda *_: None)
        generate.make_rows(load)
        found = (
            [(page.title, page.live, page.body) for page in load.records],
            [(page.title, page.actions) for page in load.practices],
            [(thread.title, thread.answer_count) for thread in load.threads],
            [post.body for post in load.first_posts.values()],
            [user.get_full_name() for user in load.members.items()],
        )
        transaction.set_rollback(True)
    return found


def test_a_network_of_some_size_has_something_hidden_of_each_kind(generated):
    """At the size of the tests chance decides: the shares are looked at on more draws."""
    chance = Chance(1, timezone.now())
    drawn = [chance.happens(0.01) for _number in range(20_000)]
    assert 150 < sum(drawn) < 250
    ranks = chance.tail(range(1_000))
    picked = [ranks.one() for _number in range(20_000)]
    # A long tail: the first is often picked, and hundreds are at least once.
    assert picked.count(0) > 50 * picked.count(500) > 0
    assert len(set(picked)) > 800
    visibilities = set(Forum.objects.values_list("visibility", flat=True))
    assert visibilities == set(ForumVisibility.values)
    assert LibrarySectionPage.objects.count() == 2
    assert PageViewRestriction.objects.exists()


def test_the_command_says_that_a_network_is_there_already(generated):
    before, out = _count(), io.StringIO()

    call_command("generate_load", scale=SCALE, stdout=out, stderr=io.StringIO())

    assert "nothing was done" in out.getvalue()
    assert _count() == before


def test_the_command_refuses_where_real_people_are(settings):
    settings.DEMO_ACCOUNTS_ALLOWED = False

    with pytest.raises(CommandError, match="production"):
        call_command("generate_load", scale=SCALE)

    settings.DEMO_ACCOUNTS_ALLOWED = True
    with pytest.raises(CommandError, match="more than 0"):
        call_command("generate_load", scale=0)
