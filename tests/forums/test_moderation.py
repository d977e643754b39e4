"""Reports, hiding, closing, contesting: reasons, mails, and nothing that leaks."""

import pytest
from django.core import mail
from django.urls import reverse

from forums import limits
from forums.models import ModerationAction, Report
from forums.pending import reports_awaiting, unanswered_questions
from forums.search_sources import ThreadSource
from forums.services import accept_answer, hide_post, report_post, restore_post
from tests.forums.factories import make_post, make_thread


@pytest.fixture
def thread(public_forum, author):
    return make_thread(public_forum, author, answers=1)


@pytest.fixture
def bad_post(thread, author):
    return make_post(thread, author, body="Un propos inacceptable.")


def report_data(**more):
    return {"reason": "discrimination", "comment": "Voyez la 2e phrase.", **more}


def test_a_visitor_reports_a_post_and_gets_a_receipt(bad_post, client, facilitator):
    address = reverse("forums:report", args=[bad_post.pk])
    response = client.post(address, report_data(email="visiteuse@exemple.fr"))
    assert response.status_code == 302
    report = Report.objects.get()
    assert (report.post, report.reporter, report.reporter_email) == (
        bad_post,
        None,
        "visiteuse@exemple.fr",
    )
    recipients = {message.to[0]: message for message in mail.outbox}
    assert set(recipients) == {"visiteuse@exemple.fr", facilitator.email}
    assert "Voyez la 2e phrase." in recipients[facilitator.email].body
    assert "/discussions/signalements/" in recipients[facilitator.email].body


def test_the_facilitators_of_a_space_are_told_before_those_of_the_network(
    bad_post, client, facilitator, member
):
    bad_post.thread.forum.facilitators.add(member)
    client.post(reverse("forums:report", args=[bad_post.pk]), report_data())
    assert [message.to for message in mail.outbox] == [[member.email]]


def test_a_report_on_a_private_space_is_told_to_nobody_outside(
    private_forum, insider, facilitator, administrator, client_for
):
    post = make_post(make_thread(private_forum, insider), insider)
    client_for(insider).post(reverse("forums:report", args=[post.pk]), report_data())
    assert [message.to for message in mail.outbox] == [[administrator.email]]


def test_robots_and_repetitions_report_nothing(bad_post, client, member_client):
    address = reverse("forums:report", args=[bad_post.pk])
    client.post(address, report_data(website="http://spam.example"))
    assert not Report.objects.exists()
    member_client.post(address, report_data())
    member_client.post(address, report_data())
    assert Report.objects.count() == 1
    for _number in range(limits.REPORTS_PER_WINDOW - 1):
        assert client.post(address, report_data()).status_code == 302
    assert client.post(address, report_data()).status_code == 429


def test_a_report_without_a_reason_is_explained(bad_post, client):
    address = reverse("forums:report", args=[bad_post.pk])
    for data in ({}, {"reason": "nonsense"}, {"reason": "contest"}):
        assert client.post(address, data).status_code == 200
    assert not Report.objects.exists()


def test_hiding_needs_a_reason_and_tells_the_author(
    bad_post, facilitator_client, author, thread
):
    report_post(post=bad_post, reason="discrimination", email="v@exemple.fr")
    mail.outbox.clear()
    address = reverse("forums:hide", args=[bad_post.pk])
    assert facilitator_client.post(address, {"reason": " "}).status_code == 200
    bad_post.refresh_from_db()
    assert not bad_post.is_hidden
    facilitator_client.post(address, {"reason": "Règle 2 : propos discriminatoires."})
    bad_post.refresh_from_db()
    thread.refresh_from_db()
    assert bad_post.is_hidden
    assert thread.answer_count == 1
    assert Report.objects.get().handled_at is not None
    mails = {message.to[0]: message.body for message in mail.outbox}
    assert "Règle 2" in mails[author.email]
    assert reverse("forums:contest", args=[bad_post.pk]) in mails[author.email]
    assert "Règle 2" in mails["v@exemple.fr"]


def test_hiding_twice_changes_nothing(bad_post, facilitator):
    assert hide_post(post=bad_post, actor=facilitator, reason="a")
    assert not hide_post(post=bad_post, actor=facilitator, reason="b")
    assert ModerationAction.objects.count() == 1
    assert restore_post(post=bad_post, actor=facilitator, reason="c")
    assert not restore_post(post=bad_post, actor=facilitator, reason="d")


def test_a_hidden_post_is_nothing_to_its_readers(
    bad_post, thread, people, author, client_for
):
    hide_post(post=bad_post, actor=None, reason="Motif confidentiel.")
    people = {**people, "author": author}
    for role, user in people.items():
        client = client_for(user)
        page = client.get(thread.get_absolute_url()).content.decode()
        informed = role in {"author", "facilitator", "administrator"}
        assert ("inacceptable" in page) == informed, role
        assert ("Motif confidentiel." in page) == informed, role
        assert (f"message-{bad_post.pk}" in page) == informed, role
        status = client.get(bad_post.get_absolute_url()).status_code
        assert status == (302 if informed else 404), role
        for name in ("report", "accept"):
            address = reverse(f"forums:{name}", args=[bad_post.pk])
            assert client.post(address, report_data()).status_code in {302, 404}
    thread.refresh_from_db()
    assert thread.accepted_post is None
    assert not Report.objects.exists()


def test_hiding_the_opening_post_hides_the_thread(thread, people, author, client_for):
    hide_post(post=thread.posts.first(), actor=None, reason="x")
    for role, user in {**people, "author": author}.items():
        client = client_for(user)
        informed = role in {"author", "facilitator", "administrator"}
        status = client.get(thread.get_absolute_url()).status_code
        assert status == (200 if informed else 404), role
        assert client.get(reverse("forums:index")).context["total"] == 0
        assert thread.title not in client.get(reverse("forums:feed")).content.decode()
    restore_post(post=thread.posts.first(), actor=None, reason="x")
    assert client_for(None).get(thread.get_absolute_url()).status_code == 200


def test_a_hidden_post_lends_no_word_to_search(bad_post, thread):
    source = ThreadSource()

    def words():
        found = source.queryset().filter(pk=thread.pk).first()
        return " ".join(part.text for part in source.parts(found)) if found else ""

    assert "inacceptable" in words()
    hide_post(post=bad_post, actor=None, reason="x")
    assert "inacceptable" not in words()
    assert "inacceptable" not in " ".join(p.text for p in source.parts(thread))
    hide_post(post=thread.posts.first(), actor=None, reason="x")
    assert words() == ""
    thread.refresh_from_db()
    assert list(source.parts(thread)) == []


def test_search_files_each_space_under_its_readers(
    public_forum, members_forum, private_forum, author
):
    expected = {
        public_forum: {"public"},
        members_forum: {"member"},
        private_forum: {f"member-group:{private_forum.group_id}"},
    }
    for forum, tokens in expected.items():
        thread = make_thread(forum, author, answers=2)
        parts = list(ThreadSource().parts(thread))
        assert len(parts) == 3
        assert all(set(part.tokens) == tokens for part in parts)


def test_the_author_contests_once_and_is_answered(
    bad_post, author, client_for, member_client, facilitator, facilitator_client
):
    hide_post(post=bad_post, actor=facilitator, reason="x")
    address = reverse("forums:contest", args=[bad_post.pk])
    assert member_client.get(address).status_code == 404
    client = client_for(author)
    mail.outbox.clear()
    client.post(address, {"reason": "Je citais la loi."})
    client.post(address, {"reason": "Je citais la loi."})
    report = Report.objects.get()
    assert [message.to for message in mail.outbox] == [[facilitator.email]]
    mail.outbox.clear()
    facilitator_client.post(
        reverse("forums:dismiss", args=[report.pk]), {"reason": "La phrase visait X."}
    )
    assert [message.to for message in mail.outbox] == [[author.email]]
    assert "La phrase visait X." in mail.outbox[0].body
    bad_post.refresh_from_db()
    assert bad_post.is_hidden


def test_restoring_answers_a_contest_with_one_mail(
    bad_post, author, client_for, facilitator, facilitator_client
):
    hide_post(post=bad_post, actor=facilitator, reason="x")
    client_for(author).post(
        reverse("forums:contest", args=[bad_post.pk]), {"reason": "À tort."}
    )
    mail.outbox.clear()
    facilitator_client.post(
        reverse("forums:restore", args=[bad_post.pk]), {"reason": "Vous avez raison."}
    )
    assert [message.to for message in mail.outbox] == [[author.email]]
    assert "Vous avez raison." in mail.outbox[0].body
    assert not reports_awaiting(facilitator)


def test_the_link_to_contest_says_so_once_the_message_is_shown_again(
    bad_post, author, client_for, facilitator
):
    client, address = (
        client_for(author),
        reverse("forums:contest", args=[bad_post.pk]),
    )
    assert client.get(address).status_code == 404
    hide_post(post=bad_post, actor=facilitator, reason="x")
    restore_post(post=bad_post, actor=facilitator, reason="y")
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    assert "plus rien à contester" in answer.content.decode()


def test_setting_a_report_aside_is_done_once(bad_post, facilitator_client, member):
    report = report_post(post=bad_post, reason="error", reporter=member)
    facilitator_client.get(reverse("forums:reports"))
    mail.outbox.clear()
    address = reverse("forums:dismiss", args=[report.pk])
    for _time in range(2):
        facilitator_client.post(address, {"reason": "Le propos est exact."})
    assert [message.to for message in mail.outbox] == [[member.email]]
    assert ModerationAction.objects.count() == 1


def test_closing_and_opening_a_thread_again(
    thread, facilitator_client, member_client, author
):
    address = thread.get_absolute_url()
    facilitator_client.post(
        reverse("forums:lock", args=[thread.pk]), {"reason": "Repris ailleurs."}
    )
    page = member_client.get(address).content.decode()
    assert "Repris ailleurs." in page
    assert "<textarea" not in page
    assert "Repris ailleurs." in mail.outbox[-1].body
    assert mail.outbox[-1].to == [author.email]
    facilitator_client.post(
        reverse("forums:unlock", args=[thread.pk]), {"reason": "Du nouveau."}
    )
    assert "<textarea" in member_client.get(address).content.decode()


def test_mails_have_two_bodies_and_a_one_line_subject(
    bad_post, facilitator, facilitator_client, client
):
    client.post(
        reverse("forums:report", args=[bad_post.pk]), report_data(email="v@exemple.fr")
    )
    facilitator_client.post(
        reverse("forums:hide", args=[bad_post.pk]), {"reason": "<b>Règle</b> & motif"}
    )
    assert len(mail.outbox) == 4
    for message in mail.outbox:
        assert "\n" not in message.subject
        assert message.subject
        html = message.alternatives[0].content
        assert "<b>Règle" not in html
        assert "&amp;lt;" not in html
        assert "{{" not in html + message.body
        assert "http" in message.body


def test_reports_awaiting_and_unanswered_questions_have_their_ages(
    public_forum, private_forum, facilitator, author, member
):
    from django.utils import timezone

    old = make_thread(
        public_forum, author, created_at=timezone.now() - timezone.timedelta(days=5)
    )
    make_thread(public_forum, author)
    make_thread(
        private_forum, author, created_at=timezone.now() - timezone.timedelta(days=5)
    )
    waiting = unanswered_questions(facilitator)
    assert [thread.pk for thread in waiting] == [old.pk]
    assert waiting[0].age.days == 5
    assert not unanswered_questions(member)
    report_post(post=old.posts.get(), reason="other")
    assert len(reports_awaiting(facilitator)) == 1
    assert not reports_awaiting(member)


def test_hiding_the_accepted_answer_says_that_the_question_is_open_again(
    public_forum, author, facilitator_client
):
    thread = make_thread(public_forum, author)
    answer = make_post(thread, author)
    accept_answer(post=answer, actor=author)
    address = f"/discussions/message/{answer.pk}/masquer/"
    page = facilitator_client.get(address).content.decode()
    assert "la question sera de nouveau ouverte" in page
    response = facilitator_client.post(address, {"reason": "Une règle"}, follow=True)
    html = response.content.decode()
    assert "sans réponse retenue" in html
    # Nobody is told of answers where the only one is hidden.
    assert "0 réponse" not in html
