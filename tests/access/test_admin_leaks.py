"""Nothing in the back office tells of what is kept for a group one is not in, nor of a draft
that nobody has sent, and nothing there can be done with it.

One person holds every role of the staff at once: groups only add rights, so that what this
person is not told is told to none of them.
"""

import re

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone, translation
from wagtail.models import (
    Page,
    PageLogEntry,
    PageViewRestriction,
    ReferenceIndex,
    TaskState,
)
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from good_practices.models import GoodPracticePage
from library.models import LegalStatusEntry, Provision
from network_site.home.admin_guards.addresses import ADDRESSES, ADMINISTRATORS, CLOSED
from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.pages.models import RelatedPage
from network_site.search import indexing
from tests.access.world import PEERS, WORDS
from tests.support.client import SiteClient
from tests.support.people import UserMaker

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]

SECRET = WORDS["private"]
UNSENT = "brouillonjamaisenvoye"
# More than was asked for in a search, which its answer repeats.
NAMES = re.compile(rf"{SECRET}[a-z]+|En cours, {UNSENT}|{PEERS}")


KEPT = ("record_private", "practice_private", "event_private", "issue_private", "draft")


@pytest.fixture
def world(shared_world, settings, tmp_path):
    """The small network with more that tells of what is kept: every way found so far."""
    world = shared_world
    ensure_site()
    kept = world["record_private"]
    draft = GoodPracticePage.objects.get(pk=world["draft"].pk)
    draft.title = draft.draft_title = f"En cours, {UNSENT}"
    draft.save()
    draft.save_revision()
    world.objects["status"] = LegalStatusEntry.objects.create(
        page_id=kept.pk, status="in_force"
    )
    world.objects["provision"] = Provision.objects.create(
        page_id=kept.pk, article="1", subject="Sujet", status="in_force"
    )
    open_page = world["practice_public"]
    RelatedPage.objects.create(page_id=open_page.pk, target_id=kept.pk, kind="related")
    ReferenceIndex.create_or_update_for_object(Page.objects.get(pk=kept.pk).specific)
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    indexing.rebuild()
    return world


def person(email, *groups, **fields):
    return UserMaker()(email, *groups, status=MembershipStatus.APPROVED, **fields)


def client_of(user):
    client = SiteClient()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def colleague(world):
    """Somebody with every role of the staff, in no group of a space, who once worked on all."""
    user = person("tous-les-roles@exemple.fr", roles.MEMBERS, *roles.STAFF)
    for kind in KEPT:
        page = Page.objects.get(pk=world[kind].pk)
        PageLogEntry.objects.create(
            page=page,
            content_type=page.content_type,
            label=page.title,
            action="wagtail.edit",
            user=user,
            timestamp=timezone.now(),
        )
        Page.objects.filter(pk=page.pk).update(
            locked=True, locked_by=user, locked_at=timezone.now()
        )
    return user


def staff_addresses():
    """{name: the names of its arguments} of what some role may ask for."""
    found = {}

    def walk(resolver, namespace):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                walk(pattern, namespace + inner)
            elif pattern.name:
                name = namespace + pattern.name
                who = ADDRESSES.get(name, CLOSED)
                if who is not CLOSED and who != ADMINISTRATORS:
                    arguments = getattr(pattern.pattern, "converters", {}) or (
                        pattern.pattern.regex.groupindex
                    )
                    found[name] = tuple(arguments)

    walk(get_resolver(), "")
    return found


def addresses(world, kinds):
    """Every address that may be asked for, of each kept page of `kinds`: (name, url)."""
    of_a_thing = {
        "legal_statuses": world["status"],
        "provisions": world["provision"],
        "wagtailsnippets_members_organization": world["organization"],
        "wagtailsnippetchoosers_members_organization": world["organization"],
        "body_spaces": world["organization"],
        "wagtailsnippets_forums_forum": world["forum_private"],
        "newsletters_admin": world["issue_private"],
    }
    # Who may choose a file is asked elsewhere (tests/media).
    document = world["document_public"]
    task = TaskState.objects.first()
    rows = set()
    for name, arguments in staff_addresses().items():
        for kind in kinds:
            page = Page.objects.get(pk=world[kind].pk)
            thing = of_a_thing.get(name.partition(":")[0], page)
            model = page.specific_class._meta
            values = {
                **dict.fromkeys(
                    ("page_id", "parent_page_id", "page_to_move_id", "page_pk"), page.pk
                ),
                "destination_id": page.get_parent().pk,
                "revision_id": page.latest_revision_id,
                "revision_id_a": "earliest",
                "revision_id_b": "latest",
                "task_state_id": task.pk if task else 1,
                "workflow_state_id": task.workflow_state_id if task else 1,
                "task_id": task.task_id if task else 1,
                "action_name": "approve",
                **dict.fromkeys(
                    ("content_type_app_name", "app_label"), model.app_label
                ),
                **dict.fromkeys(
                    ("content_type_model_name", "model_name"), model.model_name
                ),
                "app_name": "taggit",
                "object_id": page.pk,
                "pk": document.pk if "document" in name else thing.pk,
                "key": "visitor",
                "action": "delete",
                "role": "curator",
                **dict.fromkeys(
                    ("session_id", "uploaded_file_id", "image_id", "user_id"), 1
                ),
                **dict.fromkeys(("document_id", "doc_id"), document.pk),
            }
            if name == "admin_bulk_action":
                for action in ("delete", "move", "publish", "unpublish"):
                    url = reverse(name, args=["wagtailcore", "page", action])
                    parent = page.get_parent().pk
                    rows.add((name, f"{url}?id={page.pk}"))
                    rows.add((name, f"{url}?id=all&childOf={parent}"))
                continue
            url = reverse(name, kwargs={one: values[one] for one in arguments})
            rows.add((name, url))
            if "search" in name or name.endswith(
                (":index_results", ":list_results", ":choose_results")
            ):
                rows.update((name, f"{url}?q={word}") for word in (SECRET, UNSENT))
            if name == "admin_chosen_pages":
                rows.add((name, f"{url}?id={page.pk}"))
            if name == "wagtailadmin_api:pages:listing":
                parent = page.get_parent().pk
                rows.add((name, f"{url}?child_of={parent}&for_explorer=1"))
            if name == "admin_choose_page":
                kind = f"{model.app_label}.{model.model_name}"
                rows.add((name, f"{url}?page_type={kind}"))
    rows.add(("public edit", edit_url(world["practice_public"])))
    return sorted(rows)


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def telling(client, rows):
    """Those of `rows` whose answer names something kept, or breaks."""
    found = []
    for name, url in rows:
        response = client.get(url)
        body = b"".join(response) if response.streaming else response.content
        told = NAMES.findall(body.decode(errors="replace"))
        if told or response.status_code >= 500:
            found.append((name, url, response.status_code, set(told)))
    return found


@pytest.mark.parametrize(("language", "kinds"), [("fr", KEPT), ("en", KEPT[::4])])
def test_nothing_is_told_of_what_is_kept(world, colleague, language, kinds):
    with translation.override(language):
        rows = addresses(world, kinds)
    assert len(rows) > 150
    told = telling(client_of(colleague), rows)
    assert not told, "\n".join(map(str, told))


def state_of(world):
    """What could be changed of the kept pages."""
    return [
        (
            *Page.objects.values_list(
                "path", "title", "live", "locked", "latest_revision", "go_live_at"
            ).get(pk=world[kind].pk),
            PageViewRestriction.objects.filter(page=world[kind].pk).count(),
        )
        for kind in KEPT
    ] + [Page.objects.count(), LegalStatusEntry.objects.count()]


def test_nothing_can_be_done_with_what_is_kept(world, colleague):
    client = client_of(colleague)
    before = state_of(world)
    library = world["library"].pk
    for kind in KEPT:
        page = Page.objects.get(pk=world[kind].pk)
        posts = [
            ("wagtailadmin_pages:edit", [page.pk], {"title": "Autre"}),
            ("wagtailadmin_pages:delete", [page.pk], {}),
            ("wagtailadmin_pages:unpublish", [page.pk], {}),
            ("wagtailadmin_pages:move_confirm", [page.pk, library], {}),
            (
                "wagtailadmin_pages:copy",
                [page.pk],
                {
                    "new_title": "Copie",
                    "new_slug": "copie",
                    "new_parent_page": page.get_parent().pk,
                },
            ),
            ("wagtailadmin_pages:unlock", [page.pk], {}),
            ("admin_page_privacy", [page.pk], {"restriction_type": "none"}),
            ("wagtailadmin_pages:preview_on_edit", [page.pk], {"title": "Autre"}),
        ]
        for name, arguments, data in posts:
            response = client.post(reverse(name, args=arguments), data)
            assert response.status_code == 302, (kind, name)
            assert response["Location"] == reverse("wagtailadmin_home"), (kind, name)
        for action in ("delete", "unpublish", "publish", "move"):
            url = reverse("admin_bulk_action", args=["wagtailcore", "page", action])
            response = client.post(f"{url}?id={page.pk}", {"chooser": library})
            assert response.status_code == 404, (kind, action)
    # What is written about one from elsewhere.
    kept = world["record_private"].pk
    for name in ("legal_statuses:add", "provisions:add"):
        data = {"page": kept, "status": "repealed", "article": "1", "subject": "…"}
        answer = client.post(reverse(name), data | {"position": 0})
        assert answer.status_code == 200
        assert not NAMES.search(answer.content.decode())
    assert state_of(world) == before


def test_a_link_to_what_is_kept_is_refused_and_one_that_stands_is_left(
    world, colleague
):
    """The form of another page would tell a title to whoever tries keys."""
    client = client_of(colleague)
    page, kept = world["practice_public"], world["event_private"]
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "summary": page.summary,
            "lang": "fr",
            **{
                f"{name}_links": inline_formset([])
                for name in (
                    "theme",
                    "territory",
                    "target_group",
                    "ground",
                    "programme",
                )
            },
            "figures": inline_formset([]),
            "files": inline_formset([]),
            "comments": inline_formset([]),
            "related_links": inline_formset(
                [{"kind": "related", "target": kept.pk, "note": "", "id": ""}]
            ),
        }
    )
    answer = client.post(edit_url(page), data)
    assert answer.status_code == 200
    assert not NAMES.search(answer.content.decode())
    assert not RelatedPage.objects.filter(target=kept.pk).exists()


def test_who_is_in_the_group_works_on_it_and_so_do_administrators(world):
    insider = person("dans-le-groupe@exemple.fr", roles.MEMBERS, roles.EDITORS, PEERS)
    administrator = person("admin-fuites@exemple.fr", is_superuser=True)
    kept = world["record_private"]
    for user in (insider, administrator):
        client = client_of(user)
        answer = client.get(edit_url(kept))
        assert answer.status_code == 200
        assert NAMES.search(answer.content.decode())
        explorer = reverse("wagtailadmin_explore", args=[world["library"].pk])
        assert NAMES.search(client.get(explorer).content.decode())
