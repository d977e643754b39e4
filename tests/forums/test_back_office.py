"""Spaces in the back office: a private one is there for those who read it alone."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import translation

from forums.enums import ForumVisibility
from forums.models import Forum
from network_site.core.outbox import drain
from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.members.models import SpaceGrant
from network_site.members.services import spaces
from tests.forums.factories import make_thread

pytestmark = pytest.mark.django_db
NAMES = "wagtailsnippets_forums_forum"
LANGUAGES = ["", "/en"]


@pytest.fixture(autouse=True)
def kept_pages(settings, db):
    settings.READER_CACHE_SECONDS = 60
    ensure_site()


@pytest.fixture
def runner(make_user, private_forum):
    """A facilitator of the network who is in the group of the private space."""
    user = make_user(
        "dedans@exemple.fr",
        roles.MEMBERS,
        roles.FACILITATORS,
        status=MembershipStatus.APPROVED,
    )
    user.groups.add(private_forum.group)
    return user


@pytest.fixture
def powers(db):
    """A group that an administrator made to open the back office."""
    group = Group.objects.create(name="Gestion")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


def form_of(forum, **changes):
    """What the browser sends of the form of a space."""
    data = {
        "name": forum.name,
        "slug": forum.slug,
        "description": forum.description,
        "visibility": forum.visibility,
        "group": forum.group_id or "",
        "facilitators": [user.pk for user in forum.facilitators.all()],
        "position": forum.position,
        "name_en": "",
        "description_en": "",
    }
    return data | changes


def address(view, *args):
    with translation.override("fr"):
        return reverse(f"{NAMES}:{view}", args=args)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_facilitator_outside_finds_no_trace_of_it(
    language, facilitator, insider, private_forum, members_forum, client_for
):
    thread = make_thread(private_forum, insider, title="Zibeline")
    client = client_for(facilitator)
    key, name = private_forum.pk, private_forum.name
    for view in ("edit", "delete", "usage", "history", "history_results"):
        for method in ("get", "post"):
            response = getattr(client, method)(language + address(view, key))
            # Usage, history: there is nothing to post.
            assert response.status_code == 404 or method == "post", view
            assert response.status_code in {403, 404, 405, 302}, view
            assert name not in response.text, view
    listed = client.get(language + address("list")).text
    assert name not in listed
    assert members_forum.name in listed
    for path in (
        f"/admin/snippets/forums/forum/copy/{key}/",
        f"/admin/snippets/choose/forums/forum/chosen/{key}/",
        "/admin/snippets/choose/forums/forum/",
        *(
            f"/admin/bulk/forums/{model}/{action}/?id={one}"
            for model, one in (("forum", key), ("thread", thread.pk))
            for action in ("delete", "publish", "move")
        ),
        "/admin/reports/site-history/",
        "/admin/reports/site-history/results/",
        f"/admin/snippets/choose/forums/forum/chosen-multiple/?id={key}",
        f"{address('list')}?q=secret",
        f"{address('list')}?visibility=group",
        "/admin/",
        "/a-traiter/",
        "/mon-espace/",
    ):
        answer = client.get(language + path)
        assert name not in answer.text, path
        assert "Zibeline" not in answer.text, path


def test_it_cannot_be_opened_by_a_form_that_was_made_up(
    facilitator, private_forum, members_forum, client_for
):
    client, key = client_for(facilitator), private_forum.pk
    data = form_of(private_forum, visibility=ForumVisibility.MEMBERS, group="")
    assert client.post(address("edit", key), data).status_code == 404
    private_forum.refresh_from_db()
    assert private_forum.visibility == ForumVisibility.GROUP

    data = form_of(members_forum, visibility=ForumVisibility.PUBLIC, name="Renommé")
    assert client.post(address("edit", members_forum.pk), data).status_code == 302
    members_forum.refresh_from_db()
    assert (members_forum.name, members_forum.visibility) == ("Renommé", "members")

    data = form_of(members_forum, slug="neuf", name="Neuf", visibility="group")
    data["group"] = private_forum.group_id
    assert client.post(address("add"), data).status_code == 302
    new = Forum.objects.get(slug="neuf")
    assert (new.visibility, new.group) == (ForumVisibility.MEMBERS, None)


def test_a_facilitator_inside_keeps_it_and_does_not_choose_its_readers(
    runner, private_forum, powers, client_for
):
    client, url = client_for(runner), address("edit", private_forum.pk)
    page = client.get(url).text
    assert 'name="visibility"' not in page
    assert 'name="group"' not in page
    assert "Seul un administrateur change qui lit un espace" in page
    data = form_of(private_forum, name="Entre nous", group=powers.pk)
    assert client.post(url, data | {"visibility": "public"}).status_code == 302
    forum = Forum.objects.get(pk=private_forum.pk)
    assert (forum.name, forum.visibility) == ("Entre nous", ForumVisibility.GROUP)
    assert forum.group == private_forum.group


def test_an_administrator_chooses_among_groups_without_rights(
    admin_client, private_forum, members_forum, powers
):
    url = address("edit", members_forum.pk)
    for group in (powers, roles.group_of(roles.REVIEWERS)):
        data = form_of(members_forum, visibility="group", group=group.pk)
        response = admin_client.post(url, data)
        assert response.status_code == 200
        assert "Ce groupe donne un rôle ou des droits" in response.text
        members_forum.refresh_from_db()
        assert members_forum.group is None
    data = form_of(members_forum, visibility="group", group=private_forum.group_id)
    assert admin_client.post(url, data).status_code == 302
    members_forum.refresh_from_db()
    assert members_forum.group == private_forum.group


def test_powers_are_neither_given_nor_taken_by_the_people_of_a_space(
    insider, member, private_forum, powers, client_for
):
    """A space whose group got rights all the same, by another way than the back office."""
    private_forum.group = powers
    private_forum.save()
    private_forum.facilitators.add(insider)
    insider.groups.add(powers)
    client = client_for(insider)
    base = f"/discussions/{private_forum.slug}"
    response = client.post(f"{base}/personnes/ajouter/", {"person": member.email})
    assert response.status_code == 400
    assert "donne un rôle ou des droits" in response.text
    assert powers not in member.groups.all()
    with pytest.raises(spaces.NotASpace):
        spaces.grant_space(user=member, group=powers, by=insider)
    for path in (f"{base}/personnes/{insider.pk}/retirer/", f"{base}/quitter/"):
        assert client.post(path).status_code == 302
        assert powers in insider.groups.all()


def test_spaces_of_before_get_a_group_without_rights(
    insider, private_forum, powers, client_for
):
    insider.groups.add(powers)
    SpaceGrant.objects.create(user=insider, group=powers)
    Forum.objects.filter(pk=private_forum.pk).update(group=powers)
    migration = import_module("forums.migrations.0003_groups_without_rights")
    for _time in range(2):
        migration.give_groups_of_their_own(apps, None)
    forum = Forum.objects.get(pk=private_forum.pk)
    assert forum.group.name == private_forum.name
    assert forum.group != powers
    assert list(forum.group.user_set.all()) == [insider]
    assert SpaceGrant.objects.get().group == forum.group
    drain()
    assert client_for(insider).get(forum.get_absolute_url()).status_code == 200
