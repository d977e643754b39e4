"""A contributor of centre A submits, a curator of A publishes, a curator of B cannot see A's
drafts, and the reader sees "Source : centre A"."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

from library.models import LibrarySectionPage, RecordPage, StudyPage
from library.services import (
    NotOfTheBody,
    create_record,
    give_body_role,
    open_body_space,
    publish_record,
    withdraw_body_role,
)
from network_site.core.outbox import drain
from network_site.home.services import ensure_site
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.members import roles
from network_site.members.enums import BodyRole, MembershipStatus
from network_site.members.models import BodyGroup, Organization
from network_site.search import indexing
from tests.library.factories import make_document, make_study
from tests.library.test_editor import _form

pytestmark = pytest.mark.django_db

SECRET = "Zibeline"


def make_body(letter):
    return Organization.objects.create(
        name=f"Centre {letter}", slug=f"centre-{letter.lower()}", kind="resource_centre"
    )


@pytest.fixture
def bodies(library):
    """Two centres, each with its space."""
    centres = [make_body("A"), make_body("B")]
    for centre in centres:
        open_body_space(organization=centre)
    return centres


@pytest.fixture
def works_for(make_user):
    """works_for(body, role) returns a member who has the role there; without one, none."""

    def make(body, role=None, *groups):
        user = make_user(None, roles.MEMBERS, *groups, status=MembershipStatus.APPROVED)
        user.profile.organization = body
        user.profile.save()
        if role is not None:
            give_body_role(user=user, organization=body, role=role)
        return user

    return make


@pytest.fixture
def team(bodies, works_for):
    """The contributor and the curator of A, the curator of B."""
    a, b = bodies
    return (
        works_for(a, BodyRole.CONTRIBUTOR),
        works_for(a, BodyRole.CURATOR),
        works_for(b, BodyRole.CURATOR),
    )


def section_of(body):
    return LibrarySectionPage.objects.get(organization=body)


def study_form(**fields):
    return _form(
        title=f"Note {SECRET}",
        slug="etude",
        study_type="study",
        text_type="",
        **fields,
    )


def add_url(section):
    return reverse("wagtailadmin_pages:add", args=["library", "studypage", section.pk])


def test_from_the_draft_of_a_contributor_to_the_reader(
    bodies, team, client_for, client, settings, tmp_path
):
    a, b = bodies
    contributor, curator, other = team
    section = section_of(a)
    # The contributor of A writes and submits; the button "publish" is not theirs.
    writing = client_for(contributor)
    opened = writing.get(add_url(section))
    # It is issued by the body unless told otherwise.
    assert opened.context["form"].initial["publisher"] == a.pk
    form = opened.content.decode()
    assert 'name="action-submit"' in form
    assert 'name="action-publish"' not in form
    drain()
    mail.outbox.clear()
    writing.post(add_url(section), study_form(**{"action-submit": "1"}))
    study = StudyPage.objects.get()
    assert (study.live, study.get_parent().pk) == (False, section.pk)
    # The curator of A is told; nobody of B, nobody of the network.
    drain()
    assert {to for one in mail.outbox for to in one.to} == {curator.email}
    # The curator of B finds nothing of it.
    edit = reverse("wagtailadmin_pages:edit", args=[study.pk])
    assert client_for(other).get(edit).status_code in {302, 403}
    # The contributor may correct, and not publish by another way.
    writing.post(edit, study_form(**{"action-publish": "1"}))
    study.refresh_from_db()
    assert not study.live
    # The curator of A approves: it is published.
    approving = client_for(curator)
    assert SECRET in approving.get(edit).content.decode()
    task_state = study.current_workflow_task_state
    approving.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[study.pk, "approve", task_state.pk],
        )
    )
    study.refresh_from_db()
    assert study.live
    # The reader sees it and who brought it: on the record, in the list, in the search.
    drain()
    page = client.get(study.url).content.decode()
    assert "Centre A" in page
    assert section.url in page
    listing = client.get(section.get_parent().url).content.decode()
    assert "Source : Centre A" in listing.replace("\xa0", " ")
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    indexing.rebuild()
    found = client.get(f"/recherche/?q={SECRET}").content.decode()
    assert "Source : Centre A" in found.replace("\xa0", " ")


@pytest.fixture
def draft(bodies, team):
    """A draft of A, with a file, that only its body works on."""
    contributor, _curator, _other = team
    section = section_of(bodies[0])
    document = make_document(
        title=f"Annexe {SECRET}",
        collection=section.collection,
        uploaded_by_user=contributor,
    )
    page = create_record(
        parent=section,
        kind="study",
        title=f"Note {SECRET}",
        files=[document],
        by=contributor,
    )
    page.get_workflow().start(page, contributor)
    drain()
    return page


def test_nothing_in_the_admin_tells_another_body_of_a_draft(
    bodies, team, draft, works_for, client_for, client
):
    _contributor, curator, other = team
    ensure_site()
    # Wagtail's rights on the library reach down to its branches.
    of_the_network = works_for(None, None, roles.CONTRIBUTORS, roles.REVIEWERS)
    document = draft.files.get().document
    section, library = draft.get_parent(), draft.get_parent().get_parent()
    addresses = [
        "/admin/",
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore", args=[library.pk]),
        reverse("wagtailadmin_explore", args=[section.pk]),
        reverse("wagtailadmin_pages:search") + f"?q={SECRET}",
        reverse("wagtailadmin_pages:history", args=[draft.pk]),
        reverse("wagtailadmin_pages:usage", args=[draft.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[draft.pk]),
        reverse("wagtailadmin_pages:workflow_history", args=[draft.pk]),
        reverse("wagtailadmin_pages:copy", args=[draft.pk]),
        reverse("wagtailadmin_pages:move", args=[draft.pk]),
        reverse("wagtailadmin_pages:delete", args=[draft.pk]),
        reverse("wagtailadmin_pages:type_use", args=["library", "studypage"]),
        reverse("studies:index"),
        reverse("texts:index"),
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_child", args=[library.pk]),
        reverse("wagtailadmin_choose_page_child", args=[section.pk]),
        reverse("wagtailadmin_choose_page_search") + f"?q={SECRET}",
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_reports:page_types_usage"),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtailadmin_api:pages:listing"),
        reverse("wagtailadmin_api:pages:detail", args=[draft.pk]),
        reverse("wagtailadmin_api:documents:listing"),
        reverse("wagtailadmin_api:documents:detail", args=[document.pk]),
        reverse("wagtaildocs_chooser:chosen", args=[document.pk]),
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={draft.pk}",
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtaildocs_chooser:choose_results") + f"?q={SECRET}",
        document.url,
    ]

    def telling(reading):
        """The addresses whose answer names the draft or its file."""
        found = set()
        for address in addresses:
            response = reading.get(address)
            body = (
                b"".join(response.streaming_content)
                if response.streaming
                else response.content
            )
            if f"Note {SECRET}".encode() in body or f"Annexe {SECRET}".encode() in body:
                found.add(address)
        return found

    assert sorted(telling(client_for(other))) == []
    assert sorted(telling(client_for(of_the_network))) == []
    assert telling(client) == set()
    # The colleague finds it nearly everywhere: the words asked for are the right ones.
    assert len(telling(client_for(curator))) > 15


def test_a_body_writes_in_its_own_space_only(bodies, team, client_for, library):
    a, b = bodies
    for user in team[:2]:
        client = client_for(user)
        assert client.get(add_url(section_of(a))).status_code == 200
        for parent in (section_of(b), library):
            assert client.get(add_url(parent)).status_code in {302, 403}


def test_contributors_of_the_network_write_in_no_space_of_a_body(
    bodies, works_for, client_for, library
):
    ensure_site()
    user = works_for(None, None, roles.CONTRIBUTORS)
    assert client_for(user).get(add_url(library)).status_code == 200
    assert client_for(user).get(add_url(section_of(bodies[0]))).status_code in {
        302,
        403,
    }
    curator = works_for(None, None, roles.CURATORS)
    assert client_for(curator).get(add_url(section_of(bodies[0]))).status_code == 200


def test_the_space_itself_is_moved_removed_or_unpublished_by_none_of_its_people(
    bodies, team, client_for
):
    section = section_of(bodies[0])
    for user in team:
        client = client_for(user)
        for name in ("edit", "delete", "unpublish", "move", "copy", "set_privacy"):
            url = reverse(f"wagtailadmin_pages:{name}", args=[section.pk])
            assert client.get(url).status_code in {302, 403}, name
        for action in ("delete", "unpublish", "move"):
            url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
            client.post(f"{url}?id={section.pk}")
    section.refresh_from_db()
    assert section.live


def test_opening_twice_changes_nothing_and_mends_what_is_missing(bodies, facilitator):
    a = bodies[0]

    def everything():
        return (
            LibrarySectionPage.objects.count(),
            Group.objects.count(),
            BodyGroup.objects.count(),
            GroupPagePermission.objects.count(),
            GroupCollectionPermission.objects.count(),
            Workflow.objects.count(),
            Entry.objects.count(),
        )

    before = everything()
    open_body_space(organization=a, by=facilitator)
    assert everything() == before
    group = Group.objects.get(name="Curation — Centre A")
    group.page_permissions.all().delete()
    open_body_space(organization=a, by=facilitator)
    assert everything() == before


def test_opening_is_for_facilitators_and_is_written(library, facilitator, member):
    body = make_body("C")
    with pytest.raises(PermissionDenied):
        open_body_space(organization=body, by=member)
    section = open_body_space(organization=body, by=facilitator)
    entry = Entry.objects.get(action=Action.BODY_SPACE_OPENED)
    assert (entry.actor, entry.object_id) == (facilitator, str(body.pk))
    assert section.url == "/bibliotheque/centre-c/"


def test_bodies_with_one_long_name_do_not_share_their_groups(library):
    name = (
        "Direction régionale de l’économie, de l’emploi, du travail et des solidarités"
    )
    bodies = [
        Organization.objects.create(
            name=f"{name} {name} {place}"[-200:], slug=place, kind="state_service"
        )
        for place in ("sud", "nord")
    ]
    for body in bodies:
        open_body_space(organization=body)
    groups = {one.group_id for one in BodyGroup.objects.all()}
    assert len(groups) == 4
    assert all(len(group.name) <= 150 for group in Group.objects.all())


def test_a_role_is_for_members_who_work_there(bodies, works_for, pending, facilitator):
    a, b = bodies
    stranger = works_for(b)
    pending.profile.organization = a
    pending.profile.save()
    for user in (stranger, pending):
        with pytest.raises(NotOfTheBody):
            give_body_role(
                user=user, organization=a, role=BodyRole.CURATOR, by=facilitator
            )
    assert not Entry.objects.filter(action=Action.ROLE_GIVEN).exists()


def test_a_role_given_then_withdrawn_is_written_and_told_each_time(
    bodies, works_for, facilitator, member
):
    a = bodies[0]
    user = works_for(a)
    about = {"user": user, "organization": a, "role": BodyRole.CURATOR}
    with pytest.raises(PermissionDenied):
        give_body_role(**about, by=member)
    drain()
    mail.outbox.clear()
    for _again in range(2):
        assert give_body_role(**about, by=facilitator)
        assert not give_body_role(**about, by=facilitator)
        drain()
        assert withdraw_body_role(**about, by=facilitator)
        assert not withdraw_body_role(**about, by=facilitator)
        drain()
    assert [one.to for one in mail.outbox] == [[user.email]] * 4
    assert mail.outbox[0].subject == "Vous publiez dans la bibliothèque pour Centre A"
    kinds = [
        (entry.action, entry.actor, entry.subject, entry.detail)
        for entry in Entry.objects.filter(subject=user).order_by("pk")
    ]
    detail = {"role": "curator", "body": a.pk}
    assert (
        kinds
        == [
            (Action.ROLE_GIVEN, facilitator, user, detail),
            (Action.ROLE_WITHDRAWN, facilitator, user, detail),
        ]
        * 2
    )


def test_a_mail_of_a_role_taken_back_meanwhile_is_not_sent(bodies, works_for):
    a = bodies[0]
    user = works_for(a)
    drain()
    mail.outbox.clear()
    about = {"user": user, "organization": a, "role": BodyRole.CURATOR}
    give_body_role(**about)
    withdraw_body_role(**about)
    drain()
    assert [one.subject for one in mail.outbox] == [
        "Vous ne publiez plus dans la bibliothèque pour Centre A"
    ]


def test_readers_refine_the_list_by_source(bodies, library, client, restrict):
    a, b = bodies
    make_study(section_of(a), title="De A")
    make_study(section_of(b), title="De B")
    make_study(library, title="Du réseau")
    restrict(make_study(section_of(b), title="Pour les membres"))
    response = client.get(section_of(a).url, follow=True)
    assert response.redirect_chain == [("/bibliotheque/?source=centre-a", 302)]
    page = response.content.decode()
    assert "De A" in page
    assert "De B" not in page
    assert "Du réseau" not in page
    options = {
        option.label: (option.count, option.checked)
        for option in response.context["filters"].groups[-1].options
    }
    # A count is content: what the reader may not open is not counted.
    assert options == {"Centre A": (1, True), "Centre B": (1, False)}
    both = client.get("/bibliotheque/?source=centre-a&source=centre-b&source=x")
    assert both.context["filters"].total == 2
    assert client.get("/bibliotheque/?source=%00").status_code == 200
    table = client.get("/bibliotheque/tableau.csv?source=centre-b").getvalue().decode()
    assert "De B" in table
    assert "De A" not in table


def test_the_list_costs_the_same_whatever_the_bodies(
    bodies, client, assert_constant_queries
):
    make_study(section_of(bodies[0]))

    def grow():
        for body in bodies:
            for _number in range(6):
                make_study(section_of(body))

    assert_constant_queries(client, "/bibliotheque/", grow)


def test_a_space_has_no_page_of_its_own(bodies, client):
    make_study(section_of(bodies[0]), slug="etude")
    plan = client.get("/sitemap.xml").content.decode()
    assert "/bibliotheque/centre-a/etude/" in plan
    assert "/bibliotheque/centre-a/</loc>" not in plan


def test_what_others_may_not_read_is_offered_to_no_chooser(
    bodies, team, library, restrict, client_for
):
    hidden = make_study(section_of(bodies[1]), title="Note tenue")
    restrict(hidden, group_name=roles.REVIEWERS)
    shown = make_study(section_of(bodies[1]), title="Note ouverte")
    url = reverse("wagtailadmin_choose_page_child", args=[section_of(bodies[1]).pk])
    words = client_for(team[0]).get(url).content.decode()
    assert shown.title in words
    assert hidden.title not in words


def test_the_back_office_opens_a_space_and_says_who_works_in_it(
    library, works_for, client_for, facilitator
):
    ensure_site()
    body = make_body("D")
    colleague, stranger = works_for(body), works_for(None)
    client = client_for(facilitator)
    index, page = (
        reverse("body_spaces:index"),
        reverse("body_spaces:body", args=[body.pk]),
    )
    assert index in client.get("/admin/").content.decode()
    assert "Ouvrir l’espace" in client.get(page).content.decode()
    response = client.post(index, {"organization": body.pk})
    assert response["Location"] == page
    # Pressed twice: the second time is told that the choice is no longer there.
    assert client.post(index, {"organization": body.pk}).status_code == 422
    assert client.post(index, {"organization": "x"}).status_code == 422
    refused = client.post(page, {"profile": stranger.profile.pk, "role": "curator"})
    assert refused.status_code == 422
    assert "qui travaille pour cet organisme" in refused.content.decode()
    for _twice in range(2):
        client.post(page, {"profile": colleague.profile.pk, "role": "curator"})
    group = BodyGroup.objects.get(organization=body, role="curator").group
    assert list(group.user_set.all()) == [colleague]
    assert str(colleague) in client.get(page).content.decode()
    withdraw = reverse("body_spaces:withdraw", args=[body.pk, "curator", colleague.pk])
    assert client.get(withdraw).status_code == 405
    for _twice in range(2):
        assert client.post(withdraw)["Location"] == page
    assert not group.user_set.exists()
    for bad in ([body.pk, "x", colleague.pk], [body.pk, "curator", 10**9]):
        url = reverse("body_spaces:withdraw", args=bad)
        assert client.post(url).status_code in {302, 404}
    assert client.get(reverse("body_spaces:body", args=[10**9])).status_code == 404


def test_the_back_office_page_of_spaces_is_for_facilitators(
    bodies, team, client_for, editor
):
    for user in (*team, editor):
        client = client_for(user)
        for url in (
            reverse("body_spaces:index"),
            reverse("body_spaces:body", args=[bodies[0].pk]),
        ):
            assert client.get(url).status_code in {302, 403}
            assert client.post(url).status_code in {302, 403}


def test_an_organisation_leads_to_its_space(admin_client, bodies):
    url = reverse("body_spaces:body", args=[bodies[0].pk])
    name = "wagtailsnippets_members_organization:"
    assert url in admin_client.get(reverse(name + "list")).content.decode()
    edit = reverse(name + "edit", args=[bodies[0].pk])
    assert url in admin_client.get(edit).content.decode()


def test_records_keep_their_section_when_published_by_program(bodies):
    record = create_record(parent=section_of(bodies[0]), kind="study", title="Note")
    record = publish_record(page=record)
    assert record.section.organization == bodies[0]
    annotated = RecordPage.objects.with_source().get(pk=record.pk)
    assert annotated.source_name == "Centre A"
    assert Page.objects.get(pk=record.pk).url == "/bibliotheque/centre-a/note/"
