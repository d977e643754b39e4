"""What facilitators decide is written: hidden posts, closed threads, spaces, domains, lists."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from events.services import register
from forums import services
from forums.models import Forum
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.members import roles
from network_site.members.models import EmailDomain
from tests.events.factories import make_event

pytestmark = pytest.mark.django_db


def written():
    return [
        (one.action, one.actor, one.subject, one.object_kind, one.detail)
        for one in Entry.objects.order_by("pk")
    ]


@pytest.fixture
def forum():
    return Forum.objects.create(name="Espace", slug="espace", visibility="public")


def test_what_is_hidden_shown_again_closed_and_reopened(forum, member, facilitator):
    thread = services.open_thread(
        forum=forum, author=member, title="Question", body="Comment faire ?"
    )
    post = thread.posts.get()
    for _twice in range(2):
        services.hide_post(post=post, actor=facilitator, reason="Un nom propre.")
    services.restore_post(post=post, actor=facilitator, reason="Nom retiré.")
    services.lock_thread(thread=thread, actor=facilitator, reason="Réglé.")
    services.unlock_thread(thread=thread, actor=facilitator, reason="Du nouveau.")
    people = (facilitator, member)
    assert written() == [
        (Action.CONTENT_HIDDEN, *people, "forums.post", {}),
        (Action.CONTENT_RESTORED, *people, "forums.post", {}),
        (Action.DISCUSSION_CLOSED, *people, "forums.thread", {}),
        (Action.DISCUSSION_REOPENED, *people, "forums.thread", {}),
    ]


def test_who_reads_a_space_and_who_looks_after_it(
    admin_client, administrator, forum, member
):
    group = Group.objects.create(name="Pairs")
    url = reverse("wagtailsnippets_forums_forum:edit", args=[forum.pk])
    form = {"name": "Espace", "slug": "espace", "position": 0}
    closed = {"visibility": "group", "group": group.pk, "facilitators": [member.pk]}
    for data in (form | closed, form | closed, form | {"visibility": "public"}):
        response = admin_client.post(url, data)
        assert response.status_code == 302, response.context["form"].errors
    by = (administrator, None, "forums.forum")
    about = (administrator, member, "forums.forum", {"role": "facilitator"})
    assert written() == [
        (
            Action.VISIBILITY_CHANGED,
            *by,
            {"before": ["public"], "after": [group.pk]},
        ),
        (Action.ROLE_GIVEN, *about),
        (
            Action.VISIBILITY_CHANGED,
            *by,
            {"before": [group.pk], "after": ["public"]},
        ),
        (Action.ROLE_WITHDRAWN, *about),
    ]


def test_which_domains_admit(client_for, facilitator):
    group = roles.group_of(roles.FACILITATORS)
    group.permissions.set(
        Permission.objects.filter(codename="access_admin")
        | Permission.objects.filter(content_type__model="emaildomain")
    )
    client = client_for(facilitator)
    name = "wagtailsnippets_members_emaildomain:"
    client.post(
        reverse(name + "add"), {"domain": "ville.example", "admits_at_once": "on"}
    )
    domain = EmailDomain.objects.get(domain="ville.example")
    edit = reverse(name + "edit", args=[domain.pk])
    client.post(edit, {"domain": "ville.example", "note": "Vérifié"})
    client.post(edit, {"domain": "ville.example", "note": "Vérifié deux fois"})
    client.post(reverse(name + "delete", args=[domain.pk]))
    by = (Action.RIGHTS_CHANGED, facilitator, None, "members.emaildomain")
    admits, waits = ["ville.example", True, None], ["ville.example", False, None]
    assert written() == [
        (*by, {"before": [], "after": admits}),
        (*by, {"before": admits, "after": waits}),
        (*by, {"deleted": True, "before": waits}),
    ]


def test_lists_of_people_that_leave_the_site(client_for, facilitator, member):
    day = make_event()
    register(event=day, user=member, mode="on_site")
    client = client_for(facilitator)
    for name in ("participants", "participants_csv", "attendance_sheet"):
        response = client.get(reverse(f"events:{name}", args=[day.slug]))
        assert response.status_code == 200
    by = (Action.LIST_EXPORTED, facilitator, None, "events.eventpage")
    # Looking at the list on the site takes nothing away.
    assert written() == [
        (*by, {"list": "participants", "rows": 1}),
        (*by, {"list": "attendance", "rows": 1}),
    ]
