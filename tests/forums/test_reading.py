"""Lists and threads: pages, permalinks, filters, unread marks, growth, bad input."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from forums.services import accept_answer, hide_post, lock_thread
from network_site.taxonomies.models import Theme
from tests.forums.factories import make_forum, make_post, make_thread


def hour(number):
    return (
        timezone.now() - timezone.timedelta(days=10) + timezone.timedelta(hours=number)
    )


@pytest.fixture
def long_thread(public_forum, author):
    """A question with 65 answers: three pages."""
    thread = make_thread(public_forum, author, created_at=hour(0))
    for number in range(1, 66):
        make_post(thread, author, body=f"Réponse n° {number}.", created_at=hour(number))
    return thread


def test_answers_are_shown_thirty_a_page(long_thread, client):
    address = long_thread.get_absolute_url()
    pages = [client.get(address, {"page": n}).context for n in (1, 2, 3)]
    assert [len(page["posts"]) for page in pages] == [30, 30, 5]
    assert pages[0]["first"] is not None
    assert pages[1]["first"] is None


def test_a_permalink_leads_to_the_right_page(long_thread, client):
    posts = list(long_thread.posts.all())
    address = long_thread.get_absolute_url()
    for index, page in ((0, ""), (1, ""), (30, ""), (31, "?page=2"), (65, "?page=3")):
        post = posts[index]
        response = client.get(post.get_absolute_url())
        assert response.url == f"{address}{page}#message-{post.pk}"
        assert f'id="message-{post.pk}"' in client.get(response.url).content.decode()


def test_permalinks_follow_what_each_reader_is_shown(
    long_thread, client, facilitator_client, author
):
    posts = list(long_thread.posts.all())
    hide_post(post=posts[1], actor=None, reason="x")
    accept_answer(post=posts[65], actor=author)
    address = long_thread.get_absolute_url()
    assert client.get(posts[31].get_absolute_url()).url.startswith(f"{address}#")
    assert "?page=2" in facilitator_client.get(posts[31].get_absolute_url()).url
    assert client.get(posts[65].get_absolute_url()).url.startswith(f"{address}#")
    assert client.get(posts[1].get_absolute_url()).status_code == 404


def test_an_old_slug_leads_to_the_thread(public_forum, author, client):
    thread = make_thread(public_forum, author)
    old = reverse("forums:thread", args=[thread.pk, "ancien-titre"])
    response = client.get(old, {"page": "2"})
    assert response.status_code == 301
    assert response.url == thread.get_absolute_url() + "?page=2"


def test_the_filters_and_their_counts_agree(
    public_forum, members_forum, author, member_client
):
    work = Theme.add_root(slug="emploi", name="Emploi")
    hiring = work.add_child(slug="recrutement", name="Recrutement")
    make_thread(public_forum, author, themes=[hiring])
    answered = make_thread(public_forum, author, answers=1)
    solved = make_thread(members_forum, author, answers=1, themes=[work, hiring])
    accept_answer(post=solved.posts.last(), actor=author)
    make_thread(members_forum, author, kind="discussion")
    closed = make_thread(public_forum, author)
    lock_thread(thread=closed, actor=None, reason="x")
    address = reverse("forums:index")

    def titles(**query):
        context = member_client.get(address, query).context
        return context["total"], {thread.title for thread in context["page_obj"]}

    assert titles()[0] == 5
    assert titles(etat="repondues") == (1, {answered.title})
    assert titles(etat="resolues") == (1, {solved.title})
    assert titles(etat="sans-reponse")[0] == 1
    assert titles(etat="echanges")[0] == 1
    assert titles(theme="emploi")[0] == 2
    assert titles(theme="recrutement")[0] == 2
    assert titles(espace="membres", theme="emploi") == (1, {solved.title})
    groups = {
        group.name: {option.value: option.count for option in group.options}
        for group in member_client.get(address, {"espace": "membres"})
        .context["filters"]
        .groups
    }
    assert set(groups) == {"espace", "etat", "theme"}
    for state, count in groups["etat"].items():
        assert titles(espace="membres", etat=state)[0] == count
    for space, count in groups["espace"].items():
        assert titles(espace=space)[0] == count
    for theme, count in groups["theme"].items():
        assert titles(espace="membres", theme=theme)[0] == count


@pytest.mark.parametrize(
    "query",
    ["page=abc", "page=-1", "page=99999999999999999999", "etat=xyz", "theme=%00",
     "espace=..%2F..", "etat=&theme=&espace=", "espace=a&espace=b", "etat=%F0%9F%92%A9"],
)  # fmt: skip
def test_nonsense_in_the_address_is_ignored(query, public_forum, author, client):
    thread = make_thread(public_forum, author, answers=1)
    for path in (
        reverse("forums:index"),
        public_forum.get_absolute_url(),
        thread.get_absolute_url(),
    ):
        assert client.get(f"{path}?{query}").status_code == 200


def test_pages_stand_in_both_languages(public_forum, author, client):
    address = make_thread(public_forum, author).get_absolute_url()
    public_forum.name_en = "Open space"
    public_forum.save()
    assert "Open space" in client.get("/en/discussions/").content.decode()
    assert client.get(f"/en{address}").status_code == 200


def test_empty_lists_say_what_to_do(db, client, member_client):
    assert 'class="empty"' in client.get(reverse("forums:index")).content.decode()
    forum = make_forum()
    page = member_client.get(forum.get_absolute_url()).content.decode()
    assert 'class="empty"' in page
    assert reverse("forums:new") in page
    page = member_client.get(forum.get_absolute_url(), {"etat": "resolues"})
    assert page.context["filters"].is_set


def test_what_is_new_is_marked_until_it_is_read(
    public_forum, author, member, member_client, client
):
    member.date_joined = timezone.now() - timezone.timedelta(days=5)
    member.save()
    old = make_thread(public_forum, author, created_at=hour(0))
    thread = make_thread(public_forum, author)

    def unread():
        html = member_client.get(reverse("forums:index")).content.decode()
        return {
            one.pk
            for one in (old, thread)
            if 'class="unread"'
            in html.partition(f">{one.title}</a>")[2].partition("</li>")[0]
        }

    assert unread() == {thread.pk}
    member_client.get(thread.get_absolute_url())
    assert unread() == set()
    make_post(thread, author)
    assert unread() == {thread.pk}
    assert 'class="unread"' not in client.get(reverse("forums:index")).content.decode()
    assert old.pk not in unread()


def test_visitors_read_first_names_only(public_forum, author, client, member_client):
    thread = make_thread(public_forum, author)
    address = thread.get_absolute_url()
    assert "Benali" not in client.get(address).content.decode()
    assert "Samira\u00a0B." in client.get(address).content.decode()
    assert "Samira Benali" in member_client.get(address).content.decode()
    author.delete()
    assert member_client.get(address).status_code == 200


def test_the_lists_cost_the_same_for_two_threads_and_two_hundred(
    public_forum, members_forum, author, client, member_client, assert_constant_queries
):
    theme = Theme.add_root(slug="emploi", name="Emploi")
    make_thread(public_forum, author, themes=[theme])
    make_thread(members_forum, author, themes=[theme])

    def grow():
        for number in range(200):
            make_thread(
                (public_forum, members_forum)[number % 2], author, themes=[theme]
            )

    assert_constant_queries(member_client, reverse("forums:index"), grow)
    assert_constant_queries(client, public_forum.get_absolute_url(), lambda: None)
    assert_constant_queries(client, reverse("forums:feed"), lambda: None)


def test_a_thread_costs_the_same_for_two_pages_and_five(
    public_forum, author, facilitator_client, assert_constant_queries
):
    # More than one page: what is read of it is noted message by message.
    thread = make_thread(public_forum, author, answers=35)
    hide_post(post=thread.posts.last(), actor=None, reason="x")

    def grow():
        for _number in range(60):
            make_post(thread, author)

    assert_constant_queries(facilitator_client, thread.get_absolute_url(), grow)


def test_the_list_is_ordered_by_the_last_message(public_forum, author, client):
    first = make_thread(public_forum, author, created_at=hour(0))
    second = make_thread(public_forum, author, created_at=hour(1))
    make_post(first, author, created_at=hour(2))
    page = client.get(reverse("forums:index")).context["page_obj"]
    assert list(page) == [first, second]


def test_pages_linked_to_are_cited_in_the_margin(
    public_forum, author, client, member_client, home_page
):
    from wagtail.models import PageViewRestriction

    from network_site.members import roles
    from network_site.pages.models import StandardPage

    page = home_page.add_child(instance=StandardPage(title="Le guide", slug="guide"))
    thread = make_thread(
        public_forum,
        author,
        body="Voir [ici](/guide/), [là](http://testserver/en/guide) et"
        " [ailleurs](https://exemple.fr/guide/) ou [rien](//[x).",
    )
    address = thread.get_absolute_url()
    cited = client.get(address).context["cited"]
    assert [group["pages"] for group in cited] == [[page]]
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(roles.group_of(roles.MEMBERS))
    assert client.get(address).context["cited"] == []
    assert len(member_client.get(address).context["cited"]) == 1


def test_who_asked_is_offered_no_answer_to_their_own_question(
    members_forum, author, member, client_for
):
    thread = make_thread(members_forum, author)
    answer = make_post(thread, member)
    asker, other = client_for(author), client_for(member)
    address = thread.get_absolute_url()
    # What the page says of following is true before the worker has passed.
    assert "Vous suivez ce fil" in asker.get(address).content.decode()
    assert "Ajouter quelque chose à votre question</h2>" in asker.get(address).text
    assert "Votre réponse</h2>" not in asker.get(address).text
    accept_answer(post=answer, actor=author)
    settled = asker.get(address).text
    # Folded, and as usable without script.
    assert "<summary>Ajouter quelque chose à votre question</summary>" in settled
    assert "Votre réponse</h2>" in other.get(address).text
    sent = form_of(asker.get(address), "Merci, c’est réglé.")
    assert (
        asker.post(f"/discussions/fil/{thread.pk}/repondre/", sent).status_code == 302
    )
    assert thread.posts.filter(body="Merci, c’est réglé.").exists()


def form_of(page, body):
    token = re.search(r'name="form_token" value="([^"]+)"', page.text)[1]
    return {"body": body, "form_token": token, "action": "send"}
