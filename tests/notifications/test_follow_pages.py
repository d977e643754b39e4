"""The follow control on the pages of a small network, and what it never shows."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from network_site.notifications import services
from network_site.notifications.models import Follow
from network_site.registries.enums import Level
from network_site.registries.notifications import Target

pytestmark = pytest.mark.django_db
URL = "/notifications/suivre/"


def levels(user):
    return {
        f"{one.kind}:{one.target}": one.level
        for one in Follow.objects.filter(user=user)
    }


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def choose(client, level, target="1", kind="theme", **more):
    return client.post(URL, {"kind": kind, "target": target, "level": level, **more})


def read(client, url):
    return client.get(url).content.decode()


def test_every_kind_of_page_has_the_control(shared_world, client_for):
    world = shared_world
    pages = {
        world["theme"].get_absolute_url(): "Suivre ce thème",
        world["territory"].get_absolute_url(): "Suivre ce territoire",
        world["organization"].get_absolute_url(): "Suivre cet organisme",
        world["record_public"].url: "Suivre cette page",
        world["practice_public"].url: "Suivre cette page",
        world["event_public"].url: "Suivre cette page",
        world["forum_public"].get_absolute_url(): "Suivre cet espace",
        world["thread_public"].get_absolute_url(): "Suivre ce fil",
        world["library"].url: "Suivre cet espace",
        world["practices"].url: "Suivre cet espace",
        world["days"].url: "Suivre cet espace",
        reverse("forums:index"): "Suivre cet espace",
    }
    Follow.objects.all().delete()
    member, visitor = client_for(world.users["member"]), client_for(None)
    for url, words in pages.items():
        html = member.get(url).content.decode()
        assert html.count(f'action="{URL}"') == 1, url
        assert words in html, url
        assert "own:follow" not in html, url
        html = visitor.get(url).content.decode()
        assert URL not in html, url
        assert f"/comptes/login/?next={url.replace('/', '%2F')}" in html, url


def test_what_does_not_exist_or_is_not_shown_is_not_followed(shared_world, client_for):
    world = shared_world
    member = world.users["member"]
    client = client_for(member)
    hidden = {
        "thread": world["thread_private"].pk,
        "forum": world["forum_private"].pk,
        "page": world["record_private"].pk,
    }
    for kind, pk in {
        **hidden,
        "theme": 10**14,
        "thread": "abc",
        "nothing": "1",
        "space": "attic",
        "territory": "0x1",
        "organization": "9" * 300,
        "page": "",
    }.items():
        assert choose(client, "all", pk, kind).status_code == 404, (kind, pk)
    for kind, pk in hidden.items():
        assert choose(client, "all", pk, kind).status_code == 404, (kind, pk)
    assert not Follow.objects.filter(user=member, kind__in=hidden).exists()


def test_what_one_may_no_longer_see_can_only_be_left(shared_world, client_for):
    world = shared_world
    member = world.users["member"]
    client = client_for(member)
    target = Target("thread", str(world["thread_private"].pk))
    services.set_level(user=member, target=target, level=Level.SUMMARY)
    response = choose(client, "all", target.pk, "thread")
    assert "obsidienne" not in "".join(said(response))
    assert str(target) not in levels(member)
