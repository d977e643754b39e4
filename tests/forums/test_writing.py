"""Opening, answering, correcting: nothing is lost, nothing is doubled."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forums import limits
from forums.models import MAX_BODY, MAX_TITLE, Post, Thread
from forums.services import accept_answer, add_post, hide_post, lock_thread
from network_site.taxonomies.models import Theme
from tests.forums.factories import make_post, make_thread


def hidden_value(response, name):
    found = re.search(
        rf'name="{name}" value="([^"]*)"|value="([^"]*)"[^>]*name="{name}"',
        response.content.decode(),
    )
    return found.group(1) or found.group(2)


def thread_data(forum, **more):
    return {
        "forum": forum.slug,
        "kind": "question",
        "title": "Qui paie l’interprète en PMI ?",
        "body": "Bonjour,\r\n\r\n**merci** d’avance.",
        "action": "send",
        "form_token": str(uuid.uuid4()),
        **more,
    }


def test_a_member_opens_a_thread(public_forum, member_client, member):
    theme = Theme.add_root(slug="sante", name="Santé")
    response = member_client.post(
        reverse("forums:new"), thread_data(public_forum, theme="sante")
    )
    thread = Thread.objects.get()
    assert response.url == thread.get_absolute_url()
    assert (thread.author, thread.forum, list(thread.themes.all())) == (
        member,
        public_forum,
        [theme],
    )
    page = member_client.get(thread.get_absolute_url()).content.decode()
    assert "<strong>merci</strong> d’avance" in page


def test_the_same_form_sent_twice_makes_one_thread(public_forum, member_client):
    data = thread_data(public_forum)
    first = member_client.post(reverse("forums:new"), data)
    second = member_client.post(reverse("forums:new"), data)
    assert first.url == second.url
    assert Thread.objects.count() == Post.objects.count() == 1


def test_the_same_answer_sent_twice_makes_one_post(public_forum, member_client, author):
    thread = make_thread(public_forum, author)
    data = {"body": "Une fois", "action": "send", "form_token": str(uuid.uuid4())}
    address = reverse("forums:answer", args=[thread.pk])
    first = member_client.post(address, data)
    # Closed between the two sendings: the second one still finds the first.
    lock_thread(thread=thread, actor=None, reason="x")
    second = member_client.post(address, data)
    assert first.url == second.url
    thread.refresh_from_db()
    assert (thread.answer_count, Post.objects.count()) == (1, 2)


def test_the_token_of_somebody_else_gives_nothing_of_theirs(
    public_forum, member, author
):
    token = uuid.uuid4()
    thread = make_thread(public_forum, author)
    add_post(thread=thread, author=author, body="À moi", form_token=token)
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        add_post(thread=thread, author=member, body="À moi aussi", form_token=token)


def test_a_preview_keeps_nothing_and_shows_what_is_close(
    public_forum, private_forum, member_client, author
):
    close = make_thread(public_forum, author, title="Interprète en PMI, comment faire")
    make_thread(private_forum, author, title="Interprète secret")
    response = member_client.post(
        reverse("forums:new"),
        thread_data(public_forum, action="preview", body="Appelez le 06 12 34 56 78"),
    )
    page = response.content.decode()
    assert Thread.objects.count() == 2
    assert response.context["similar"] == [close]
    assert "06 12 34 56 78" in response.context["contacts"]
    assert "Appelez le 06 12 34 56 78</textarea>" in page


def test_text_survives_the_end_of_the_session(public_forum, author, client_for, member):
    thread = make_thread(public_forum, author)
    client = client_for(member)
    page = client.get(thread.get_absolute_url())
    data = {
        "body": "Un long texte à ne pas perdre",
        "action": "send",
        "form_token": hidden_value(page, "form_token"),
        "owner": hidden_value(page, "owner"),
    }
    address = reverse("forums:answer", args=[thread.pk])
    client.cookies.pop("sessionid")
    response = client.post(address, data)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
    assert Post.objects.count() == 1
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(address)
    assert "Un long texte à ne pas perdre</textarea>" in page.content.decode()
    assert hidden_value(page, "form_token") == data["form_token"]
    client.post(address, {**data, "owner": hidden_value(page, "owner")})
    assert Post.objects.filter(body=data["body"], author=member).count() == 1
    assert "ne pas perdre" not in client.get(address).content.decode()


def test_a_kept_thread_comes_back_whole(public_forum, client_for, member):
    Theme.add_root(slug="sante", name="Santé")
    client = client_for(member)
    form = client.get(reverse("forums:new"))
    data = thread_data(
        public_forum,
        theme="sante",
        kind="discussion",
        owner=hidden_value(form, "owner"),
    )
    client.cookies.pop("sessionid")
    assert client.post(reverse("forums:new"), data).status_code == 302
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("forums:new")).content.decode()
    assert "Qui paie l’interprète en PMI ?" in page
    assert re.search(r'value="sante"\s+selected', page)
    assert re.search(r'value="discussion"[^>]*checked', page)


def test_a_kept_text_is_shown_to_its_author_only(
    public_forum, author, client_for, member, contributor
):
    thread = make_thread(public_forum, author)
    client = client_for(member)
    owner = hidden_value(client.get(thread.get_absolute_url()), "owner")
    address = reverse("forums:answer", args=[thread.pk])
    client.cookies.pop("sessionid")
    client.post(address, {"body": "Personnel", "owner": owner, "action": "send"})
    client.force_login(contributor, backend="django.contrib.auth.backends.ModelBackend")
    assert "Personnel" not in client.get(address).content.decode()


def test_a_visitor_without_a_form_of_ours_keeps_nothing(public_forum, author, client):
    thread = make_thread(public_forum, author)
    for owner in ("", "forged:token"):
        response = client.post(
            reverse("forums:answer", args=[thread.pk]),
            {"body": "Indésirable", "owner": owner, "action": "send"},
        )
        assert response.status_code == 403
    assert "sessionid" not in client.cookies
    assert Post.objects.count() == 1


def test_the_session_of_a_private_space_ends_without_betraying_it(
    private_forum, insider, member, client_for
):
    thread = make_thread(private_forum, insider)
    client = client_for(insider)
    owner = hidden_value(client.get(thread.get_absolute_url()), "owner")
    client.cookies.pop("sessionid")
    address = reverse("forums:answer", args=[thread.pk])
    assert client.post(address, {"body": "x", "owner": owner}).status_code == 302
    stranger = client_for(member)
    owner = hidden_value(stranger.get(reverse("forums:new")), "owner")
    stranger.cookies.pop("sessionid")
    assert stranger.post(address, {"body": "x", "owner": owner}).status_code == 404


def test_a_stale_security_token_shows_the_text_again(public_forum, author, member):
    thread = make_thread(public_forum, author)
    client = Client(enforce_csrf_checks=True)
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("forums:answer", args=[thread.pk])
    response = client.post(
        address,
        {"body": "Toujours là", "action": "send", "csrfmiddlewaretoken": "x" * 64},
    )
    assert response.status_code == 200
    assert "Toujours là</textarea>" in response.content.decode()
    assert Post.objects.count() == 1
    good = hidden_value(response, "csrfmiddlewaretoken")
    response = client.post(
        address, {"body": "Toujours là", "action": "send", "csrfmiddlewaretoken": good}
    )
    assert response.status_code == 302
    assert Post.objects.count() == 2


@pytest.mark.parametrize("name", ["accept", "hide"])
def test_other_forms_refuse_a_stale_security_token(
    name, public_forum, author, facilitator
):
    post = make_post(make_thread(public_forum, author), author)
    client = Client(enforce_csrf_checks=True)
    client.force_login(facilitator, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(reverse(f"forums:{name}", args=[post.pk]), {"reason": "x"})
    assert response.status_code == 403


def test_people_who_may_not_write_are_told_what_to_do(
    public_forum, author, client, pending_client
):
    thread = make_thread(public_forum, author)
    for address in (reverse("forums:new"), reverse("forums:answer", args=[thread.pk])):
        response = client.get(address)
        assert response.url.startswith(reverse("account_login"))
        assert "Les membres du réseau" in client.get(response.url).content.decode()
        response = pending_client.get(address)
        assert response.status_code == 403
        page = response.content.decode()
        assert "cours d’examen" in page
        assert "textarea" not in page
        assert pending_client.post(address, {"body": "x"}).status_code == 403


def test_twenty_thousand_characters_pass_and_one_more_is_explained(
    public_forum, author, member_client
):
    thread = make_thread(public_forum, author)
    address = reverse("forums:answer", args=[thread.pk])
    # A browser sends two characters for each end of line; they count for one.
    text = ("é" * 99 + "\r\n") * (MAX_BODY // 100)
    assert (
        member_client.post(address, {"body": text, "action": "send"}).status_code == 302
    )
    response = member_client.post(
        address, {"body": "é" * (MAX_BODY + 1), "action": "send"}
    )
    assert response.status_code == 200
    assert "é" * (MAX_BODY + 1) + "</textarea>" in response.content.decode()
    assert "20" in str(response.context["form"].errors["body"])
    assert (
        'maxlength="'
        not in response.content.decode().split("<textarea")[1].split(">")[0]
    )


def test_a_title_too_long_is_explained_and_kept(public_forum, member_client):
    title = "Pourquoi " * 34
    response = member_client.post(
        reverse("forums:new"), thread_data(public_forum, title=title)
    )
    assert response.status_code == 200
    assert not Thread.objects.exists()
    assert str(MAX_TITLE) in str(response.context["form"].errors["title"])
    assert "merci" in response.content.decode()


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\n\n\x07"])
def test_nothing_is_not_a_message(text, public_forum, author, member_client):
    thread = make_thread(public_forum, author)
    response = member_client.post(
        reverse("forums:answer", args=[thread.pk]), {"body": text, "action": "send"}
    )
    assert response.status_code == 200
    assert response.context["form"].errors["body"]
    assert Post.objects.count() == 1


def test_control_and_direction_characters_are_dropped(public_forum, member_client):
    member_client.post(
        reverse("forums:new"),
        thread_data(
            public_forum, title="Un\x00 \x1btitre\u202e inversé", body="a\x08b\x0cc"
        ),
    )
    thread = Thread.objects.get()
    assert thread.title == "Un titre inversé"
    assert thread.posts.get().body == "abc"


def test_html_is_shown_as_text(public_forum, member_client):
    member_client.post(
        reverse("forums:new"),
        thread_data(
            public_forum,
            title="<script>alert(1)</script>",
            body="<script>alert(1)</script> [x](javascript:alert(1)) ![](http://a/b.png)",
        ),
    )
    page = member_client.get(Thread.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "b.png" not in page.split("<article")[1].split("</article>")[0] or (
        "<img" not in page.split("<article")[1].split("</article>")[0]
    )


def test_a_social_security_number_is_refused_with_the_text_kept(
    public_forum, author, member_client
):
    thread = make_thread(public_forum, author)
    response = member_client.post(
        reverse("forums:answer", args=[thread.pk]),
        {"body": "Elle a le 2 69 05 49 588 157 80", "action": "send"},
    )
    assert response.context["form"].errors["body"]
    assert "588 157 80</textarea>" in response.content.decode()
    assert Post.objects.count() == 1


def test_ten_messages_in_ten_minutes_are_enough(public_forum, author, member_client):
    thread = make_thread(public_forum, author)
    address = reverse("forums:answer", args=[thread.pk])
    for number in range(limits.POSTS_PER_WINDOW):
        data = {"body": f"Message {number}", "action": "send"}
        assert member_client.post(address, data).status_code == 302
    response = member_client.post(address, {"body": "De trop", "action": "send"})
    assert response.status_code == 429
    assert "De trop</textarea>" in response.content.decode()
    assert Post.objects.count() == limits.POSTS_PER_WINDOW + 1


def test_reading_one_s_text_again_is_counted_too(
    public_forum, author, member_client, monkeypatch
):
    monkeypatch.setattr(limits, "PREVIEWS_PER_WINDOW", 2)
    thread = make_thread(public_forum, author)
    address = reverse("forums:answer", args=[thread.pk])
    data = {"body": "À relire", "action": "preview"}
    for _number in range(2):
        assert member_client.post(address, data).context["preview"]
    response = member_client.post(address, data)
    assert response.status_code == 429
    assert not response.context["preview"]
    assert "À relire</textarea>" in response.content.decode()
    # What was written can still be sent.
    assert member_client.post(address, {**data, "action": "send"}).status_code == 302


def test_a_thread_closed_meanwhile_gives_the_text_back(
    public_forum, author, member_client
):
    thread = make_thread(public_forum, author)
    lock_thread(thread=thread, actor=None, reason="Sujet clos")
    response = member_client.post(
        reverse("forums:answer", args=[thread.pk]),
        {"body": "Trop tard", "action": "send"},
    )
    assert response.status_code == 409
    assert "Trop tard</textarea>" in response.content.decode()
    page = member_client.get(thread.get_absolute_url()).content.decode()
    assert "Sujet clos" in page
    assert "<textarea" not in page


def test_an_archived_space_is_read_only(public_forum, author, member_client):
    thread = make_thread(public_forum, author)
    public_forum.is_archived = True
    public_forum.save()
    assert (
        "<textarea" not in member_client.get(thread.get_absolute_url()).content.decode()
    )
    member_client.post(
        reverse("forums:answer", args=[thread.pk]), {"body": "x", "action": "send"}
    )
    member_client.post(reverse("forums:new"), thread_data(public_forum))
    assert (Thread.objects.count(), Post.objects.count()) == (1, 1)


def test_a_correction_is_marked_after_half_an_hour(public_forum, author, client_for):
    client = client_for(author)
    thread = make_thread(public_forum, author)
    post = thread.posts.get()
    address = reverse("forums:edit", args=[post.pk])
    client.post(address, {"body": "Corrigé tout de suite", "action": "send"})
    post.refresh_from_db()
    assert (post.body, post.edited_at) == ("Corrigé tout de suite", None)
    Post.objects.update(created_at=timezone.now() - timezone.timedelta(minutes=31))
    client.post(address, {"body": "Corrigé tout de suite", "action": "send"})
    post.refresh_from_db()
    assert post.edited_at is None
    client.post(address, {"body": "Corrigé **plus tard**", "action": "send"})
    post.refresh_from_db()
    assert post.edited_at is not None
    assert "<strong>plus tard</strong>" in post.body_html


def test_nobody_corrects_what_somebody_else_wrote(
    public_forum, author, facilitator_client, member_client, client, client_for
):
    thread = make_thread(public_forum, author)
    post = thread.posts.get()
    address = reverse("forums:edit", args=[post.pk])
    for someone in (member_client, facilitator_client):
        assert someone.get(address).status_code == 404
        assert someone.post(address, {"body": "x", "action": "send"}).status_code == 404
    assert client.get(address).url.startswith(reverse("account_login"))
    client.post(address, {"body": "x", "action": "send"})
    hide_post(post=post, actor=None, reason="x")
    assert client_for(author).get(address).status_code == 404
    response = client_for(author).post(address, {"body": "Tapé", "action": "send"})
    assert response.status_code == 409
    assert "Tapé</textarea>" in response.content.decode()
    post.refresh_from_db()
    assert post.body == "Le corps de la question."


def test_the_author_of_a_question_accepts_an_answer(
    public_forum, author, member, client_for, member_client
):
    thread = make_thread(public_forum, author, answers=1)
    good = make_post(thread, member, body="La bonne.")
    address = reverse("forums:accept", args=[good.pk])
    assert member_client.post(address).status_code == 404
    assert client_for(author).get(address).status_code == 405
    assert client_for(author).post(address).status_code == 302
    thread.refresh_from_db()
    assert (thread.accepted_post, thread.accepted_by) == (good, author)
    page = member_client.get(thread.get_absolute_url())
    assert page.context["accepted"] == good
    assert good not in page.context["posts"]
    content = page.content.decode()
    assert content.index("La bonne.") < content.index("Réponse 1.")
    client_for(author).post(address, {"withdraw": "1"})
    thread.refresh_from_db()
    assert thread.accepted_post is None


def test_a_discussion_and_an_opening_post_have_nothing_to_accept(public_forum, author):
    question = make_thread(public_forum, author)
    assert not accept_answer(post=question.posts.get(), actor=author)
    talk = make_thread(public_forum, author, kind="discussion", answers=1)
    assert not accept_answer(post=talk.posts.last(), actor=author)


def test_the_post_keeps_the_function_held_when_it_was_written(public_forum, author):
    author.profile.job_title = "conseillère"
    author.profile.organization_name = "Mission locale"
    author.profile.save()
    thread = make_thread(public_forum, author)
    author.profile.job_title = "directrice"
    author.profile.save()
    assert thread.posts.get().author_title == "conseillère, Mission locale"


def test_counters_follow_posts(public_forum, author):
    thread = make_thread(
        public_forum, author, created_at=timezone.now() - timezone.timedelta(days=3)
    )
    opened = thread.last_post_at
    post = make_post(thread, author)
    assert (thread.answer_count, thread.last_post_at) == (1, post.created_at)
    hide_post(post=post, actor=None, reason="x")
    thread.refresh_from_db()
    assert (thread.answer_count, thread.last_post_at) == (0, opened)
