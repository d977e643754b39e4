"""A network with its frame, and people who differ in what they read."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from tests.newsletters import factories
from tests.search.factories import make_page, restrict

PEERS = "Pairs du Sud"


@pytest.fixture
def site(db):
    ensure_site()


@pytest.fixture
def peer(make_user):
    """A member who is in a private group as well."""
    return make_user(
        "pair@exemple.fr", roles.MEMBERS, PEERS, status=MembershipStatus.APPROVED
    )


@pytest.fixture
def subscriber(db):
    return factories.make_subscription("dehors@exemple.fr")


@pytest.fixture
def pages(site):
    """One page for each audience, whose title tells it."""
    Group.objects.get_or_create(name=PEERS)
    found = {
        "public": make_page("Texte pour tout le monde", "Un résumé public."),
        "members": make_page("Texte zircon des membres", "Résumé zircon."),
        "private": make_page("Texte obsidienne des pairs", "Résumé obsidienne."),
    }
    restrict(found["members"], roles.MEMBERS)
    restrict(found["private"], PEERS)
    return found


@pytest.fixture
def issue(pages):
    """A draft with a section for each audience."""
    return factories.make_issue(
        body=[
            ("heading", "À lire"),
            factories.content(pages["public"]),
            ("heading", "Rubrique des membres"),
            factories.content(pages["members"], sentence="Une phrase sur zircon."),
            ("heading", "Rubrique des pairs"),
            factories.content(pages["private"], sentence="Une phrase sur obsidienne."),
        ]
    )


@pytest.fixture
def now():
    return timezone.now()
