"""No way of the back office publishes what the form refuses; a draft is never lost for it."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow

from good_practices.models import GoodPracticePage, PracticeIndexPage
from good_practices.services import create_draft, create_practice, submit_practice
from library.models import LibraryIndexPage, RegulatoryTextPage
from library.services import create_record
from network_site.core.housekeeping import publish_scheduled_pages
from network_site.home.services import ensure_site
from network_site.pages.models import RelatedPage
from tests.good_practices.factories import make_theme
from tests.library.test_editor import _form as text_form
from tests.support.admin_forms import filled_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(home_page):
    ensure_site()


@pytest.fixture
def practice(site):
    return create_practice(parent=PracticeIndexPage.objects.get(), title="Vide")


@pytest.fixture
def decision(site):
    return create_record(
        parent=LibraryIndexPage.objects.get(), title="Décision", text_type="decision"
    )


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def is_live(page):
    return Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("when", ["now", "later", "in moderation"])
def test_the_form_says_what_an_empty_practice_lacks(admin_client, practice, when):
    data = filled_form(admin_client, edit_url(practice)) | {"context": "Un souci"}
    if when == "later":
        data["go_live_at"] = timezone.now() + timedelta(days=3)
        data["go_live_at"] = data["go_live_at"].strftime("%d/%m/%Y %H:%M")
    data["action-submit" if when == "in moderation" else "action-publish"] = "1"
    answer = admin_client.post(edit_url(practice), data)
    assert answer.status_code == 200
    words = answer.content.decode()
    assert "Un souci" in words
    for sentence in ("au moins un obstacle", "au moins un thème", "Dites où"):
        assert sentence in words
    practice.refresh_from_db()
    assert not practice.live
    assert practice.approved_schedule is False
    assert practice.current_workflow_state is None
    # As a draft, it is kept.
    del data["action-submit" if when == "in moderation" else "action-publish"]
    assert admin_client.post(edit_url(practice), data).status_code == 302
    draft = GoodPracticePage.objects.get().get_latest_revision_as_object()
    assert draft.context == "Un souci"


def test_what_is_told_from_a_source_may_be_silent(admin_client, practice):
    theme = make_theme()
    data = filled_form(admin_client, edit_url(practice)) | {
        "summary": "Deux phrases.",
        "actions": "Ce qui a été fait.",
        "source_citation": "Lettre de l’Acsé, 2009",
        "theme_links-TOTAL_FORMS": 1,
        "theme_links-0-theme": theme.pk,
        "theme_links-0-ORDER": 1,
        "action-publish": "1",
    }
    assert admin_client.post(edit_url(practice), data).status_code == 302
    assert is_live(practice)


def test_a_decision_with_a_title_alone_is_refused(admin_client, decision):
    library = LibraryIndexPage.objects.get()
    url = reverse(
        "wagtailadmin_pages:add", args=["library", "regulatorytextpage", library.pk]
    )
    data = text_form(
        title="Une décision", slug="une-decision", text_type="decision"
    ) | {"action-publish": "1"}
    answer = admin_client.post(url, data)
    assert answer.status_code == 200
    assert "son numéro ou sa date" in answer.content.decode()
    assert not RegulatoryTextPage.objects.filter(slug="une-decision").exists()
    answer = admin_client.post(url, data | {"document_date": "2024-03-05"})
    assert answer.status_code == 302
    assert RegulatoryTextPage.objects.get(slug="une-decision").live


def test_bulk_publication_refuses_and_says_why(admin_client, practice, decision):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    for page, words in ((practice, "au moins un thème"), (decision, "sa date")):
        answer = admin_client.post(f"{url}?id={page.pk}", follow=True)
        assert answer.redirect_chain[-1][0] == edit_url(page)
        assert "n’est pas publiée" in answer.content.decode()
        assert words in answer.content.decode()
        assert not is_live(page)
    # Their parent, with what is below it.
    parent = practice.get_parent()
    admin_client.post(f"{url}?id={parent.pk}", {"include_descendants": "on"})
    assert not is_live(practice)


@pytest.fixture
def sent(site, member):
    """A practice of two lines, which a program sent for examination."""
    page, _created = create_draft(
        author=member,
        form_token=uuid.uuid4(),
        data={"title": "Deux lignes", "context": "Un souci"},
    )
    submit_practice(page=page, by=member)
    return GoodPracticePage.objects.get(pk=page.pk)


@pytest.mark.parametrize("is_window", [False, True])
def test_approval_publishes_nothing_incomplete(
    sent, facilitator, client_for, is_window
):
    client = client_for(facilitator)
    task = sent.current_workflow_task_state
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[sent.pk, "approve", task.pk]
    )
    headers = {"X-Requested-With": "XMLHttpRequest"} if is_window else {}
    answer = client.post(url, {"comment": "Très bien"}, headers=headers)
    if is_window:
        assert answer.json() == {"step": "success", "redirect": edit_url(sent)}
    else:
        assert answer["Location"] == edit_url(sent)
    assert "n’est pas publiée" in client.get(edit_url(sent)).content.decode()
    sent.refresh_from_db()
    assert not sent.live
    assert sent.current_workflow_task_state == task
    # It can be handed back, incomplete as it is.
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[sent.pk, "reject", task.pk]
    )
    client.post(url, {"comment": "Complétez."})
    assert GoodPracticePage.objects.get(pk=sent.pk).current_workflow_state.status == (
        "needs_changes"
    )


def test_a_draft_that_says_what_it_may_not_is_published_by_no_way(
    admin_client, administrator, practice, decision
):
    """A draft of before, whose link the form would refuse now."""
    RelatedPage.objects.create(page=practice, target=decision, kind="replaces")
    practice.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin_client.post(f"{url}?id={practice.pk}", follow=True)
    assert answer.status_code == 200
    assert "Seules les personnes qui publient" in answer.content.decode()
    assert not is_live(practice)
    workflow = Workflow.objects.filter(active=True).first()
    workflow.start(practice, administrator)
    task = practice.current_workflow_task_state
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[practice.pk, "approve", task.pk]
    )
    answer = admin_client.post(url, {"comment": "Très bien"}, follow=True)
    assert answer.status_code == 200
    assert "Seules les personnes qui publient" in answer.content.decode()
    assert not is_live(practice)


def test_the_examination_of_the_site_refuses_too(sent, facilitator, client_for):
    url = reverse("good_practices:review", args=[sent.pk])
    client = client_for(facilitator)
    answer = client.post(url, {"decision": "publish", "level": "described"})
    assert answer.status_code == 200
    assert "au moins un thème" in answer.content.decode()
    assert not is_live(sent)
    client.post(url, {"decision": "changes", "comment": "Complétez."})
    assert not is_live(sent)


def test_a_copy_is_a_draft(admin_client, decision):
    decision.live = True
    decision.save(clean=False)
    url = reverse("wagtailadmin_pages:copy", args=[decision.pk])
    form = admin_client.get(url).content.decode()
    assert "publish_copies" not in form
    assert "alias" not in form
    data = {
        "new_title": "Copie",
        "new_slug": "copie",
        "new_parent_page": decision.get_parent().pk,
        "publish_copies": "on",
        "alias": "on",
    }
    admin_client.post(url, data)
    copy = Page.objects.get(slug="copie")
    assert not copy.live
    assert copy.alias_of_id is None


def test_an_old_version_is_not_brought_back_to_readers_empty(admin_client, practice):
    old = practice.latest_revision
    url = reverse("wagtailadmin_pages:revisions_revert", args=[practice.pk, old.pk])
    assert admin_client.get(url).status_code == 200
    data = filled_form(admin_client, edit_url(practice)) | {
        "revision": old.pk,
        "action-publish": "1",
    }
    assert admin_client.post(edit_url(practice), data).status_code == 200
    assert not is_live(practice)


def test_what_can_no_longer_be_published_on_its_date_holds_back_nothing(site):
    library = LibraryIndexPage.objects.get()
    pages = [
        create_record(
            parent=library,
            title=title,
            slug=title.lower(),
            text_type="circular",
            nor=nor,
            go_live_at=timezone.now() + timedelta(minutes=number + 1),
        )
        for number, (title, nor) in enumerate(
            [
                ("Premier", "ABCD1026518C"),
                ("Second", "ABCD1026518C"),
                ("Autre", "ABCD1026519C"),
            ]
        )
    ]
    for page in pages:
        page.latest_revision.publish()
    past = timezone.now() - timedelta(minutes=1)
    for number, page in enumerate(pages):
        revision = page.latest_revision
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past + timedelta(seconds=number)
        revision.save()
    publish_scheduled_pages()
    assert [is_live(page) for page in pages] == [True, False, True]
    publish_scheduled_pages()
