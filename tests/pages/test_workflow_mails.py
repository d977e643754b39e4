"""Mails of the examination of pages: the network's own, once each, none of Wagtail's."""

from types import SimpleNamespace

import pytest
from django.core import mail
from wagtail.admin.mail import send_notification

from library.models import LibraryIndexPage
from library.services import create_record
from network_site.core.outbox import drain
from network_site.home.services import ensure_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def examined(contributor, editor, administrator):
    """A record that a contributor sent to be examined; Wagtail would tell administrators."""
    ensure_site()
    editor.language = "en"
    editor.save()
    page = create_record(
        parent=LibraryIndexPage.objects.get(),
        kind="study",
        title="Étude des médiations",
        by=contributor,
    )
    page.get_workflow().start(page, contributor)
    drain()
    return page


def test_who_examines_is_told_once_in_their_language(examined, contributor, editor):
    (message,) = mail.outbox
    assert message.to == [editor.email]
    assert message.subject == "To examine: Étude des médiations"
    assert f"/en/admin/pages/{examined.pk}/edit/" in message.body
    assert contributor.get_full_name() in message.body
    assert message.alternatives[0].content.startswith("<!doctype html>")
    drain()
    assert len(mail.outbox) == 1


def test_changes_asked_are_told_to_the_author_in_the_examiner_s_words(
    examined, contributor, editor
):
    mail.outbox.clear()
    state = examined.current_workflow_task_state
    state.reject(user=editor, comment="Il manque l’année.")
    drain()
    (message,) = mail.outbox
    assert message.to == [contributor.email]
    assert "Il manque l’année." in message.body
    assert "Il manque l’année." in message.alternatives[0].content
    assert f"/admin/pages/{examined.pk}/edit/" in message.body


def test_the_author_is_told_of_the_publication(examined, contributor, editor):
    mail.outbox.clear()
    examined.current_workflow_task_state.approve(user=editor)
    drain()
    (message,) = [one for one in mail.outbox if one.to == [contributor.email]]
    examined.refresh_from_db()
    assert examined.live
    assert examined.full_url in message.body


def test_comments_of_the_admin_are_written_in_the_frame_and_the_language(
    examined, contributor, editor
):
    mail.outbox.clear()
    changes = {
        "page": examined,
        "editor": contributor,
        "new_comments": [SimpleNamespace(text="Et la source ?")],
        "resolved_comments": [],
        "deleted_comments": [],
        "replied_comments": [
            {
                "comment": SimpleNamespace(text="Une première remarque"),
                "replies": [SimpleNamespace(text="C’est fait <b>ici</b>")],
            }
        ],
    }
    send_notification([editor], "updated_comments", changes)
    (message,) = mail.outbox
    assert message.subject == "Comments on “Étude des médiations”"
    assert "New comments:" in message.body
    assert "> Et la source ?" in message.body
    assert "C’est fait <b>ici</b>" in message.body
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert 'lang="en"' in html
    assert "Answers to this comment:" in html
    assert "C’est fait &lt;b&gt;ici&lt;/b&gt;" in html
    assert "Hello" in html
    assert "/en/admin/pages/" in html
