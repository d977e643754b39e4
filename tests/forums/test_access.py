"""Who reads what: every address of a space, and every count, for every role."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from forums.enums import ForumVisibility
from forums.models import Forum, Post, Report, Thread
from forums.permissions import can_view_forum, can_view_post, can_view_thread
from forums.services import hide_post, report_post
from tests.forums.factories import make_post, make_thread

ADMITTED = {
    "member",
    "contributor",
    "editor",
    "facilitator",
    "insider",
    "administrator",
}
READERS = {
    ForumVisibility.PUBLIC: {"visitor", "pending", "former", *ADMITTED},
    ForumVisibility.MEMBERS: ADMITTED,
    ForumVisibility.GROUP: {"insider", "administrator"},
}
SLUGS = {
    ForumVisibility.PUBLIC: "public",
    ForumVisibility.MEMBERS: "membres",
    ForumVisibility.GROUP: "prive",
}


@pytest.fixture
def threads(public_forum, members_forum, private_forum, author):
    """One thread with one answer in each space."""
    made = {}
    for forum in (public_forum, members_forum, private_forum):
        thread = make_thread(forum, author, title=f"Fil {forum.visibility}")
        post = make_post(thread, author, body="Mot unique : xylophone.")
        made[forum.visibility] = (forum, thread, post)
    return made


def addresses(forum, thread, post):
    """GET addresses of a space that its readers may open, whatever their role."""
    return [
        forum.get_absolute_url(),
        thread.get_absolute_url(),
        post.get_absolute_url(),
        reverse("forums:report", args=[post.pk]),
        reverse("forums:answer", args=[thread.pk]),
    ]


def refusal(visibility, user):
    """A private space does not exist; a space of the members asks for an admitted account."""
    if visibility == ForumVisibility.MEMBERS:
        return 403 if user else 302
    return 404


def moderation(thread, post):
    return [
        reverse("forums:hide", args=[post.pk]),
        reverse("forums:restore", args=[post.pk]),
        reverse("forums:lock", args=[thread.pk]),
        reverse("forums:unlock", args=[thread.pk]),
    ]


@pytest.mark.parametrize("visibility", list(ForumVisibility))
def test_a_space_does_not_exist_for_who_may_not_read_it(
    visibility, threads, people, client_for
):
    forum, thread, post = threads[visibility]
    for role, user in people.items():
        client = client_for(user)
        for address in addresses(forum, thread, post):
            response = client.get(address)
            status = response.status_code
            sent_to_login = status == 302 and "/comptes/login/" in response.url
            if role not in READERS[visibility]:
                assert status == refusal(visibility, user), (role, address, status)
                assert sent_to_login == (status == 302)
            elif address == reverse("forums:answer", args=[thread.pk]):
                writes = role in ADMITTED
                assert status == (200 if writes else 403 if user else 302)
            else:
                assert status in {200, 302}, (role, address, status)
                assert not sent_to_login


@pytest.mark.parametrize("visibility", list(ForumVisibility))
def test_only_moderators_who_read_the_space_reach_its_moderation(
    visibility, threads, people, client_for
):
    _forum, thread, post = threads[visibility]
    moderators = {"facilitator", "administrator"} & READERS[visibility]
    for role, user in people.items():
        client = client_for(user)
        for address in moderation(thread, post):
            for method in (client.get, client.post):
                status = method(address).status_code
                assert (status == 200) == (role in moderators), (role, address, status)
                if role not in moderators:
                    expected = 404
                    if role not in READERS[visibility]:
                        expected = refusal(visibility, user)
                    assert status == expected, (role, address, status)


@pytest.mark.parametrize("visibility", list(ForumVisibility))
def test_nobody_writes_where_they_may_not_read(visibility, threads, people, client_for):
    forum, thread, post = threads[visibility]
    for role, user in people.items():
        client = client_for(user)
        posts = Post.objects.count()
        may_write = role in READERS[visibility] & ADMITTED
        response = client.post(
            reverse("forums:answer", args=[thread.pk]),
            {"body": f"Par {role}", "action": "send"},
        )
        assert Post.objects.count() == posts + may_write, (role, response.status_code)
        response = client.post(
            reverse("forums:new"),
            {
                "forum": forum.slug,
                "kind": "question",
                "title": f"Par {role}",
                "body": "Bonjour",
                "action": "send",
            },
        )
        made = Thread.objects.filter(title=f"Par {role}").exists()
        assert made == may_write, (role, response.status_code)


def test_lists_and_single_objects_follow_one_rule(threads, people, author):
    hide_post(post=threads[ForumVisibility.PUBLIC][2], actor=None, reason="x")
    for role, user in people.items():
        user = user or AnonymousUser()
        listed = set(Forum.objects.visible_to(user))
        assert listed == {f for f in Forum.objects.all() if can_view_forum(user, f)}
        listed = set(Thread.objects.visible_to(user))
        assert listed == {t for t in Thread.objects.all() if can_view_thread(user, t)}
        listed = set(Post.objects.visible_to(user))
        shown = {
            p for p in Post.objects.all() if can_view_post(user, p) and not p.is_hidden
        }
        assert listed == shown, role


def test_the_list_counts_what_its_reader_may_open(threads, people, client_for):
    for role, user in people.items():
        expected = {
            visibility for visibility, readers in READERS.items() if role in readers
        }
        response = client_for(user).get(reverse("forums:index"))
        context = response.context
        assert context["total"] == len(expected), role
        assert {f.visibility for f in context["forums"]} == expected
        assert sum(f.thread_count for f in context["forums"]) == len(expected)
        # All wait for an answer: the states cannot narrow the list, the spaces can.
        counts = {
            group.name: [option.count for option in group.options]
            for group in context["filters"].groups
        }
        assert counts == (
            {"espace": [len(expected)] + [1] * len(expected)}
            if len(expected) > 1
            else {}
        )
        page = response.content.decode()
        for visibility in ForumVisibility:
            assert (f"Fil {visibility}" in page) == (visibility in expected)
        assert ("Espace secret" in page) == (ForumVisibility.GROUP in expected)


def test_the_names_of_a_private_space_cannot_be_filtered_for(threads, member_client):
    page = member_client.get(reverse("forums:index"), {"espace": "prive"})
    assert page.context["total"] == 2
    assert "secret" not in page.content.decode()


def test_a_facilitator_of_one_space_moderates_only_that_one(
    threads, member, member_client
):
    forum, thread, post = threads[ForumVisibility.PUBLIC]
    forum.facilitators.add(member)
    other = threads[ForumVisibility.MEMBERS]
    assert member_client.get(reverse("forums:hide", args=[post.pk])).status_code == 200
    assert (
        member_client.get(reverse("forums:hide", args=[other[2].pk])).status_code == 404
    )


def test_facilitating_a_private_space_without_its_group_opens_nothing(
    threads, member, member_client
):
    forum, thread, post = threads[ForumVisibility.GROUP]
    forum.facilitators.add(member)
    assert member_client.get(thread.get_absolute_url()).status_code == 404
    assert member_client.get(reverse("forums:reports")).status_code == 403


def test_the_queue_of_reports_shows_only_the_spaces_one_moderates(
    threads, people, client_for
):
    for _forum, _thread, post in threads.values():
        report_post(post=post, reason="other")
    seen = {}
    for role, user in people.items():
        response = client_for(user).get(reverse("forums:reports"))
        seen[role] = (
            response.status_code,
            response.context["page_obj"].paginator.count
            if response.status_code == 200
            else None,
        )
        for report in Report.objects.all():
            status = (
                client_for(user)
                .get(reverse("forums:dismiss", args=[report.pk]))
                .status_code
            )
            assert (status == 200) == (
                role == "administrator"
                or (
                    role == "facilitator"
                    and report.post.thread.forum.visibility != ForumVisibility.GROUP
                )
            )
    assert seen["facilitator"] == (200, 2)
    assert seen["administrator"] == (200, 3)
    assert seen["visitor"] == (302, None)
    for role in ("pending", "former", "member", "insider", "contributor", "editor"):
        assert seen[role] == (403, None)


def test_the_thread_of_a_restricted_page_does_not_name_it(
    public_forum, author, client, member_client, home_page
):
    from wagtail.models import PageViewRestriction

    from network_site.members import roles
    from network_site.pages.models import StandardPage

    page = home_page.add_child(
        instance=StandardPage(title="Note confidentielle", slug="note")
    )
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(roles.group_of(roles.MEMBERS))
    thread = make_thread(public_forum, author, about=page)
    assert (
        "confidentielle" not in client.get(thread.get_absolute_url()).content.decode()
    )
    assert (
        "confidentielle"
        in member_client.get(thread.get_absolute_url()).content.decode()
    )
    form = reverse("forums:new") + f"?about={page.pk}"
    assert "confidentielle" in member_client.get(form).content.decode()
    restriction.groups.clear()
    assert "confidentielle" not in member_client.get(form).content.decode()
    for nonsense in ("abc", "-1", "9" * 40, "²", ""):
        assert (
            member_client.get(reverse("forums:new"), {"about": nonsense}).status_code
            == 200
        )


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_private_space_is_not_found_as_what_never_was(
    language, threads, people, client_for
):
    """The same answer, but for the words of the address that was asked."""
    forum, thread, post = threads[ForumVisibility.GROUP]
    pairs = [
        (forum.get_absolute_url(), "/discussions/jamais/"),
        (f"{forum.get_absolute_url()}flux.atom", "/discussions/jamais/flux.atom"),
        (thread.get_absolute_url(), f"/discussions/fil/{10**6}-{thread.slug}/"),
        (post.get_absolute_url(), f"/discussions/message/{10**6}/"),
        (
            reverse("forums:answer", args=[thread.pk]),
            "/discussions/fil/1000000/repondre/",
        ),
    ]
    for role in ("visitor", "pending", "member", "facilitator"):
        client = client_for(people[role])
        for path, missing in pairs:
            answers = [client.get(language + one) for one in (path, missing)]
            assert {one.status_code for one in answers} == {404}, (role, path)
            bare = [_bare(one, forum, thread, post) for one in answers]
            assert bare[0] == bare[1], (role, path)
            heads = [
                {**one.headers, "Content-Length": "", "ETag": ""} for one in answers
            ]
            assert heads[0] == heads[1], (role, path)


def _bare(answer, *things):
    html = answer.content.decode()
    for thing in things:
        for word in (getattr(thing, "slug", ""), str(thing.pk)):
            html = re.sub(rf"\b{re.escape(word)}\b", "X", html) if word else html
    html = re.sub(r"\b(jamais|1000000)\b", "X", html)
    html = re.sub(r'value="[^"]*"', "", html)
    return re.sub(r"nonce-\S+|[A-Za-z0-9]{64}", "", html)
