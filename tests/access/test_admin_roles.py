"""Each address of the back office, asked by each role of the staff, against docs/permissions.md.

The table there names the addresses that some role opens and who does; whatever is not in it is
open to administrators alone. Addresses that every part of the back office uses (its styles, its
choosers' answers, its pages of results) are left out, and so are those of Wagtail's own log-in.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from events.models import EventIndexPage
from events.services import create_event
from forums.models import Forum
from good_practices.models import PracticeIndexPage
from good_practices.services import create_practice
from library.models import LibraryIndexPage
from library.services import create_record, give_body_role, open_body_space
from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.enums import BodyRole, MembershipStatus
from network_site.members.models import Organization
from network_site.newsletters.models import NewsletterIndexPage
from network_site.newsletters.services import create_issue
from network_site.pages.models import StandardPage
from tests.library.factories import make_document
from tests.support.client import SiteClient
from tests.support.unrendered import answer_with_statuses_alone

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]

TABLE = Path(__file__).parents[2] / "docs" / "permissions.md"
STAFF = (
    "contributor",
    "body contributor",
    "body curator",
    "curator",
    "reviewer",
    "editor",
    "facilitator",
)
LINE = re.compile(r"^\| `([\w:]+)` \| ([\w ]*?) ?\|((?: (?:yes|–) \|){7})$")
# What any page of the back office asks for, and the ways in and out.
LEFT_OUT = re.compile(
    r"_results$|^admin_account$|choose_results$|admin_choose_page|admin_chosen|_api:"
    r"|javascript_catalog|sprite|log(in|out)|password_reset|error_test|dismissibles"
    r"|block_preview|tag_autocomplete|wagtailembeds|editing_sessions|revisions_compare"
    r"|wagtailsnippetchoosers|task_chooser|_chooser:|add_multiple"
)


def make_world(make_user):
    """(people by role, objects by name)."""
    ensure_site()
    body, other = (
        Organization.objects.create(name=name, slug=name.lower(), kind="association")
        for name in ("Alpha", "Beta")
    )
    sections = {one: open_body_space(organization=one) for one in (body, other)}
    named = {
        "contributor": [roles.CONTRIBUTORS],
        "curator": [roles.CURATORS],
        "reviewer": [roles.REVIEWERS],
        "editor": [roles.EDITORS],
        "facilitator": [roles.FACILITATORS],
    }
    people = {"all at once": make_user(None, roles.MEMBERS, *roles.STAFF)}
    for role in STAFF:
        people[role] = make_user(
            None, roles.MEMBERS, *named.get(role, []), status=MembershipStatus.APPROVED
        )
    for role, kind in (
        ("body contributor", BodyRole.CONTRIBUTOR),
        ("body curator", BodyRole.CURATOR),
    ):
        people[role].profile.organization = body
        people[role].profile.save()
        give_body_role(user=people[role], organization=body, role=kind)
        people["all at once"].groups.add(*people[role].groups.all())
    return people, _objects(body, sections)


def _objects(body, sections):
    (own, foreign) = sections.values()
    library = LibraryIndexPage.objects.get()
    home = library.get_parent()
    site_page = home.add_child(instance=StandardPage(title="Mentions", slug="mentions"))
    # The rights of the editors reach the pages that stand.
    ensure_site()
    now = timezone.now()
    return {
        "home": home,
        "library": library,
        "record": create_record(parent=library, kind="study", title="Étude"),
        "own space": own,
        "own record": create_record(parent=own, kind="study", title="D’Alpha"),
        "other space": foreign,
        "other record": create_record(parent=foreign, kind="study", title="De Beta"),
        "practice": create_practice(
            parent=PracticeIndexPage.objects.get(), title="Pratique", summary="…"
        ),
        "day": create_event(
            parent=EventIndexPage.objects.get(),
            title="Journée",
            starts_at=now + timedelta(days=9),
            ends_at=now + timedelta(days=9, hours=6),
            capacity=1,
        ),
        "issue": create_issue(
            slug="lettre", title="Lettre", summary="", intro="", body=[], by=None
        ),
        "newsletter": NewsletterIndexPage.objects.get(),
        "site page": site_page,
        "organisation": body,
        "space": Forum.objects.create(name="Espace", slug="espace"),
        "document": make_document(),
        "own document": make_document(collection=own.collection),
        "other document": make_document(collection=foreign.collection),
        "group": roles.group_of(roles.EDITORS),
    }


def addresses(world):
    """(name, object, url): every address without an argument, and those of our objects."""
    rows = []

    def walk(resolver, namespace="", route=""):
        for pattern in resolver.url_patterns:
            whole = route + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                walk(pattern, namespace + inner, whole)
            elif "admin/" in whole and pattern.name and not pattern.pattern.converters:
                name = namespace + pattern.name
                if not LEFT_OUT.search(name):
                    rows.append((name, "", reverse(name)))

    walk(get_resolver())
    for kind, thing in world.items():
        if hasattr(thing, "url_path"):
            for action in ("edit", "delete"):
                name = f"wagtailadmin_pages:{action}"
                rows.append((name, kind, reverse(name, args=[thing.pk])))
            rows.append(
                (
                    "wagtailadmin_explore",
                    kind,
                    reverse("wagtailadmin_explore", args=[thing.pk]),
                )
            )
    for kind in ("library", "own space", "other space"):
        name = "wagtailadmin_pages:add"
        args = ["library", "studypage", world[kind].pk]
        rows.append((name, kind, reverse(name, args=args)))
    for name, kind in (
        ("wagtailsnippets_members_organization:edit", "organisation"),
        ("wagtailsnippets_forums_forum:edit", "space"),
        ("wagtaildocs:edit", "document"),
        ("wagtaildocs:edit", "own document"),
        ("wagtaildocs:edit", "other document"),
        ("wagtailusers_groups:edit", "group"),
        ("body_spaces:body", "organisation"),
        ("newsletters_admin:send", "issue"),
    ):
        rows.append((name, kind, reverse(name, args=[world[kind].pk])))
    return sorted(set(rows))


def opened_by(people, rows):
    """{(name, object): the roles that get the page}.

    Groups only add rights: what somebody in all of them is refused is open to none of them.
    """
    opened = {}
    people = dict(people)
    everything = _opened(people.pop("all at once"), rows)
    for role, user in people.items():
        for name, kind, _url in _opened(user, everything):
            opened.setdefault((name, kind), set()).add(role)
    return opened


def _opened(user, rows):
    """Those of `rows` whose page `user` gets."""
    client = SiteClient()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return [row for row in rows if client.get(row[2]).status_code == 200]


def as_lines(opened):
    """The lines of the table, as docs/permissions.md holds them."""
    return [
        f"| `{name}` | {kind} | "
        + " | ".join("yes" if role in opened[name, kind] else "–" for role in STAFF)
        + " |"
        for name, kind in sorted(opened)
    ]


def test_each_role_of_the_staff_opens_what_the_table_says_and_nothing_else(
    make_user, settings, monkeypatch
):
    answer_with_statuses_alone(settings, monkeypatch)
    people, world = make_world(make_user)
    got = as_lines(opened_by(people, addresses(world)))
    told = [line for line in TABLE.read_text().splitlines() if LINE.match(line)]
    assert sorted(set(got) - set(told)) == []
    assert sorted(set(told) - set(got)) == []


def test_a_member_opens_nothing_of_the_back_office(member_client):
    assert member_client.get(reverse("wagtailadmin_home")).status_code != 200
