"""Saved searches: kept by their owner, and told of what newly answers, once, by right."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from forums.enums import ForumVisibility
from network_site.core import timetable
from network_site.core.outbox import drain
from network_site.mailing.models import OutgoingMail
from network_site.mailing.queue import deliver_due
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.notifications.enums import Channel
from network_site.notifications.models import (
    Delivery,
    Follow,
)
from network_site.notifications.services import ensure_settings, set_level, unfollow
from network_site.registries.enums import (
    Level,
    Reason,
)
from network_site.registries.notifications import Target
from network_site.search import indexing, saved
from network_site.search.engine import IndexUnavailable
from network_site.search.models import SavedSearch, SearchedItem
from network_site.search.saved_matches import look_for_new
from tests.forums.factories import make_forum, make_post, make_thread

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=5)


def keep(user, q="", *, name="Ma recherche", **filters):
    criteria = {"q": q, "kind": [], "theme": [], "territory": [], **filters}
    return saved.save_search(user=user, name=name, criteria=criteria)


def told(user):
    """What the saved searches brought to `user`."""
    return list(Delivery.objects.filter(user=user, reason=Reason.SEARCH).order_by("pk"))


@pytest.fixture
def forum(search_index):
    return make_forum(ForumVisibility.PUBLIC, name="Médiation et langues")


@pytest.fixture
def searcher(make_user):
    """A member who follows nothing but their searches."""
    user = make_user("chercheuse@exemple.fr", roles.MEMBERS, status="approved")
    ensure_settings(user=user)
    user.follows.all().delete()
    return user


@pytest.fixture
def author(make_user):
    return make_user("autrice@exemple.fr", roles.MEMBERS, status="approved")


@pytest.fixture
def private_forum(db):
    return make_forum(ForumVisibility.GROUP, name="Espace secret")


@pytest.fixture
def insider(make_user, private_forum):
    user = make_user("initie@exemple.fr", roles.MEMBERS, status="approved")
    user.groups.add(private_forum.group)
    return user


def happen(forum, author, title="Quelle médiation scolaire ?", **fields):
    """A new thread, told and indexed."""
    thread = make_thread(forum, author, title=title, **fields)
    drain()
    drain()
    return thread


# On the site


def test_a_member_saves_the_search_they_are_looking_at(forum, client_for, searcher):
    client = client_for(searcher)
    page = client.get("/recherche/?q=médiation+scolaire&kind=discussion&sort=date")
    assert (
        "/recherche/enregistrer/?q=m%C3%A9diation+scolaire&amp;kind=discussion"
        in page.content.decode()
    )
    address = "/recherche/enregistrer/?q=médiation+scolaire&kind=discussion"
    form = client.get(address)
    name = form.context["form"]["name"].value()
    assert "médiation scolaire" in name
    assert "Discussions" in name
    response = client.post(address, {"name": "La médiation"})
    assert response.url == reverse("saved_searches")
    search = SavedSearch.objects.get(user=searcher)
    assert (search.name, search.criteria) == (
        "La médiation",
        {
            "q": "médiation scolaire",
            "kind": ["discussion"],
            "theme": [],
            "territory": [],
        },
    )
    follow = Follow.objects.get(user=searcher, kind="search")
    assert (follow.target, follow.level) == (str(search.pk), Level.SUMMARY)
    listed = client.get(response.url).content.decode()
    assert "La médiation" in listed
    assert "kind=discussion" in listed
    assert "Résumé" in listed


def test_the_list_shows_one_s_own_searches_and_deletes_no_other(
    forum, client_for, searcher, member
):
    keep(member, "secret", name="Recherche d’une autre")
    other = SavedSearch.objects.get()
    mine = keep(searcher, "médiation", name="La mienne")
    client = client_for(searcher)
    page = client.get("/recherche/enregistrees/").content.decode()
    assert "La mienne" in page
    assert "Recherche d’une autre" not in page
    assert (
        client.post(f"/recherche/enregistrees/{other.pk}/supprimer/").status_code == 404
    )
    assert (
        client.get(f"/recherche/enregistrees/{mine.pk}/supprimer/").status_code == 405
    )
    client.post(f"/recherche/enregistrees/{mine.pk}/supprimer/")
    assert list(SavedSearch.objects.all()) == [other]
    assert not Follow.objects.filter(user=searcher, kind="search").exists()


def test_somebody_else_can_neither_see_nor_follow_a_saved_search(
    forum, client_for, searcher, member
):
    search = keep(searcher, "médiation", name="Ma recherche à moi")
    client = client_for(member)
    response = client.post(
        reverse("notifications:follow"),
        {"kind": "search", "target": str(search.pk), "level": "all"},
    )
    assert response.status_code == 404
    assert not Follow.objects.filter(user=member, kind="search").exists()


def test_visitors_log_in_and_who_waits_is_refused(forum, client, client_for, pending):
    address = "/recherche/enregistrer/?q=logement"
    response = client.get(address)
    assert response.status_code == 302
    assert "q%3Dlogement" in response.url
    assert client.post(address, {"name": "x"}).status_code == 302
    assert client.get("/recherche/enregistrees/").status_code == 302
    assert client_for(pending).get(address).status_code == 403
    assert client_for(pending).post(address, {"name": "x"}).status_code == 403
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "q=", "q=%00", "kind=rien&theme=../..", "q=-logement", "page=abc"]
)
def test_a_search_that_asks_nothing_is_not_kept_and_says_so(
    forum, client_for, searcher, query
):
    client = client_for(searcher)
    response = client.post(f"/recherche/enregistrer/?{query}", {"name": "x"})
    assert response.status_code == 302
    said = _("There is nothing to keep yet: look for words, or choose a filter.")
    assert escape(said) in client.get(response.url).content.decode()
    assert not SavedSearch.objects.exists()


def test_a_name_is_needed_and_not_too_long(forum, client_for, searcher):
    client = client_for(searcher)
    for name in ("", "   ", "n" * 81):
        response = client.post("/recherche/enregistrer/?q=logement", {"name": name})
        assert response.status_code == 422
        assert response.context["form"].errors["name"]
    assert not SavedSearch.objects.exists()


def test_the_same_search_is_kept_once_and_thirty_at_most(forum, client_for, searcher):
    client = client_for(searcher)
    keep(searcher, "mot 0", theme=["b", "a"])
    response = client.post(
        "/recherche/enregistrer/?q=mot+0&theme=a&theme=b", {"name": "La même"}
    )
    said = _("You keep this search already.")
    assert escape(said) in client.get(response.url).content.decode()
    for number in range(1, saved.MOST_SAVED):
        keep(searcher, f"mot {number}")
    response = client.post("/recherche/enregistrer/?q=de+trop", {"name": "De trop"})
    assert response.status_code == 422
    (error,) = response.context["form"].non_field_errors()
    assert "30" in error
    assert escape(error) in response.content.decode()
    assert SavedSearch.objects.count() == saved.MOST_SAVED


def test_the_list_costs_the_same_for_few_searches_and_for_many(
    forum, client_for, searcher, assert_constant_queries
):
    keep(searcher, "mot", theme=["emploi"])

    def grow():
        for number in range(20):
            keep(searcher, f"mot {number}", theme=[f"theme-{number}"])

    assert_constant_queries(client_for(searcher), "/recherche/enregistrees/", grow)


# What is told


def test_what_newly_answers_is_told_once_in_the_summary(forum, searcher, author):
    search = keep(searcher, "médiation scolaire")
    keep(searcher, "logement", name="Autre chose")
    happen(forum, author)
    happen(forum, author, title="Quel logement social ?", body="Aucun rapport.")
    now = timezone.now() + LATER
    assert look_for_new(now) == 2
    first, _second = told(searcher)
    assert (first.via, first.channel) == (f"search:{search.pk}", Channel.DIGEST)
    assert look_for_new(now) == 0
    SearchedItem.objects.all().delete()
    look_for_new(now)
    assert len(told(searcher)) == 2


def test_a_search_followed_wholly_sends_a_mail_at_once(forum, searcher, author):
    search = keep(searcher, "médiation scolaire")
    set_level(user=searcher, target=Target("search", str(search.pk)), level=Level.ALL)
    happen(forum, author)
    look_for_new(timezone.now() + LATER)
    (delivery,) = told(searcher)
    assert delivery.channel == Channel.AT_ONCE
    assert OutgoingMail.objects.filter(user=searcher, kind="item").count() == 1


def test_the_mail_says_which_search_it_answers_and_lets_it_be_silenced(
    forum, searcher, author, client
):
    search = keep(searcher, "médiation scolaire", name="Ma veille sur l’école")
    set_level(user=searcher, target=Target("search", str(search.pk)), level=Level.ALL)
    happen(forum, author)
    now = timezone.now() + LATER
    look_for_new(now)
    deliver_due(now=now)
    (message,) = [one for one in mail.outbox if one.to == [searcher.email]]
    assert "Quelle médiation scolaire ?" in message.subject
    for part in (message.body, message.alternatives[0].content):
        assert "Ma veille sur l’école" in part
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + address.split("/", 3)[3]
    page = client.get(path)
    assert page.status_code == 200
    assert "Ma veille sur l’école" in page.content.decode()
    client.post(path, {"List-Unsubscribe": "One-Click"})
    assert searcher.follows.get(kind="search").level == Level.MUTE


@pytest.mark.parametrize("level", [Level.MENTIONS, Level.MUTE, None])
def test_a_search_that_is_no_longer_followed_tells_nothing(
    forum, searcher, author, level
):
    target = Target("search", str(keep(searcher, "médiation scolaire").pk))
    if level is None:
        unfollow(user=searcher, target=target)
    else:
        set_level(user=searcher, target=target, level=level)
    happen(forum, author)
    assert look_for_new(timezone.now() + LATER) == 1
    assert told(searcher) == []


def test_an_answer_is_no_new_result_and_what_was_told_is_not_told_again(
    forum, searcher, author
):
    keep(searcher, "médiation scolaire")
    set_level(user=searcher, target=Target("forum", str(forum.pk)), level=Level.SUMMARY)
    thread = happen(forum, author)
    make_post(thread, author, body="La médiation scolaire, encore.")
    drain()
    drain()
    before = Delivery.objects.filter(user=searcher).count()
    assert before == 2
    look_for_new(timezone.now() + LATER)
    assert Delivery.objects.filter(user=searcher).count() == before
    assert told(searcher) == []


def test_a_muted_space_does_not_silence_a_search_but_a_muted_thread_does(
    forum, searcher, author
):
    keep(searcher, "médiation scolaire")
    set_level(user=searcher, target=Target("forum", str(forum.pk)), level=Level.MUTE)
    thread = happen(forum, author)
    silenced = happen(forum, author, title="La médiation scolaire, suite")
    set_level(
        user=searcher, target=Target("thread", str(silenced.pk)), level=Level.MUTE
    )
    look_for_new(timezone.now() + LATER)
    (delivery,) = told(searcher)
    assert delivery.item.path == thread.get_absolute_url()


def test_nobody_is_told_of_what_they_may_not_read(
    search_index, searcher, pending, insider, private_forum, author
):
    for user in (searcher, insider):
        keep(user, "xylophone")
        user.follows.exclude(kind="search").delete()
    # Refused since: they keep the search, and read what visitors read.
    keep(pending, "xylophone")
    pending.follows.exclude(kind="search").delete()
    author.groups.add(private_forum.group)
    happen(private_forum, author, title="Xylophone du cercle")
    look_for_new(timezone.now() + LATER)
    assert len(told(insider)) == 1
    assert told(searcher) == told(pending) == []
    members_forum = make_forum(ForumVisibility.MEMBERS)
    happen(members_forum, author, title="Xylophone des membres")
    look_for_new(timezone.now() + LATER)
    assert len(told(insider)) == 2
    assert len(told(searcher)) == 1
    assert told(pending) == []


def test_what_the_index_does_not_know_yet_waits(forum, searcher, author, store):
    keep(searcher, "médiation scolaire")
    thread = happen(forum, author)
    key = f"forums.thread:{thread.pk}"
    store.replace({key: []})
    now = timezone.now() + LATER
    assert look_for_new(now) == 0
    assert told(searcher) == []
    indexing.update([key])
    assert look_for_new(now) == 1
    assert len(told(searcher)) == 1


def test_the_job_waits_for_an_index_that_cannot_be_read(
    index_dir, searcher, author, caplog
):
    keep(searcher, "médiation scolaire")
    happen(make_forum(), author)
    with pytest.raises(IndexUnavailable):
        look_for_new(timezone.now() + LATER)
    (job,) = [
        job
        for job in timetable.declared_jobs()
        if job.name.endswith("tell_saved_searches")
    ]
    assert job.minutes == 10


def test_a_thousand_people_with_the_same_search_cost_the_queries_of_one(
    forum, make_user, author
):
    def run(count):
        for _number in range(count):
            user = make_user(None, roles.MEMBERS, status=MembershipStatus.APPROVED)
            keep(user, "médiation scolaire")
            user.follows.exclude(kind="search").delete()
        happen(forum, author)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            look_for_new(timezone.now() + LATER)
        # Synonyms are read again each second, however many ask.
        return sum("site_search_synonym" not in query["sql"] for query in queries)

    # Once first: what the process remembers must not count.
    run(2)
    few = run(2)
    many = run(20)
    assert Delivery.objects.filter(reason=Reason.SEARCH).count() == 2 + 4 + 24
    assert many <= few
