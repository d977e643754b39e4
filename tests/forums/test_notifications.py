"""Whom a message reaches, by which way, and what is said of it."""

from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail

from forums.models import Mention
from forums.notifications import shown_posts
from forums.services import (
    accept_answer,
    edit_post,
    hide_post,
    restore_post,
    withdraw_acceptance,
)
from network_site.core.addresses import absolute, site_host
from network_site.core.outbox import drain
from network_site.mailing.queue import deliver_due
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.notifications.digest import queue_due_digests
from network_site.notifications.enums import Channel
from network_site.notifications.items import happenings
from network_site.notifications.models import Delivery, DigestSchedule, Follow, Item
from network_site.registries.enums import (
    Level,
    Reason,
)
from network_site.registries.notifications import (
    followable_of,
    item_notification,
)
from network_site.taxonomies.models import Theme
from tests.forums.factories import make_post, make_thread
from tests.library.factories import make_library, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_member(make_user):
    """make_member("Samira", "Benali") returns an admitted member."""

    def make(first="", last="", *groups):
        names = {"first_name": first, "last_name": last} if first else {}
        return make_user(
            None, roles.MEMBERS, *groups, status=MembershipStatus.APPROVED, **names
        )

    return make


def follow(user, kind, pk, level=Level.SUMMARY):
    Follow.objects.create(user=user, kind=kind, target=str(pk), level=level)


def told(name="forums.post"):
    """{person: (reason, channel)} of the deliveries of one kind of item."""
    rows = Delivery.objects.filter(item__name=name).select_related("user")
    return {one.user: (one.reason, one.channel) for one in rows}


def body_of(post):
    post.refresh_from_db()
    return post.body_html


# Whom it reaches


def test_a_question_reaches_who_follows_the_space_its_theme_or_the_page_it_is_about(
    members_forum, author, make_member, home_page
):
    broad = Theme.add_root(slug="sante", name="Santé")
    narrow = broad.add_child(slug="pmi", name="PMI")
    text = make_text(make_library(home_page))
    people = {
        kind: make_member() for kind in ("thread", "forum", "theme", "page", "space")
    }
    thread = make_thread(members_forum, author, themes=[narrow], about=text)
    follow(people["thread"], "thread", thread.pk)
    follow(people["forum"], "forum", members_forum.pk)
    follow(people["theme"], "theme", broad.pk)
    follow(people["page"], "page", text.pk)
    follow(people["space"], "space", "forums")
    make_member()
    drain()
    assert told() == dict.fromkeys(people.values(), (Reason.FOLLOW, Channel.DIGEST))


@pytest.mark.parametrize("audience", ["public_forum", "members_forum", "private_forum"])
def test_only_members_who_read_the_space_are_told(
    audience, request, people, make_member
):
    forum = request.getfixturevalue(audience)
    thread = make_thread(forum, make_member())
    for user in filter(None, people.values()):
        follow(user, "forum", forum.pk)
        follow(user, "thread", thread.pk, Level.ALL)
    drain()
    expected = {
        "private_forum": {"insider", "administrator"},
    }.get(audience, set(people) - {"visitor", "pending", "former"})
    assert {people[name] for name in expected} == set(told())


def test_the_author_is_not_told_of_their_own_words_and_follows_the_thread(
    members_forum, author, make_member
):
    thread = make_thread(members_forum, author)
    # At once: the page they come back to says that they follow it.
    mine = Follow.objects.get(user=author, kind="thread", target=thread.pk)
    assert (mine.level, mine.is_automatic) == (Level.ALL, True)
    drain()
    assert author not in told()
    colleague = make_member()
    make_post(thread, colleague)
    theirs = Follow.objects.get(user=colleague, kind="thread", target=thread.pk)
    assert (theirs.level, theirs.is_automatic) == (Level.SUMMARY, True)
    drain()
    assert told() == {author: (Reason.OWN, Channel.AT_ONCE)}


def test_a_level_that_was_chosen_outlives_taking_part(members_forum, author):
    thread = make_thread(members_forum, None)
    follow(author, "thread", thread.pk, Level.MUTE)
    make_post(thread, author)
    drain()
    kept = Follow.objects.get(user=author, kind="thread", target=thread.pk)
    assert (kept.level, kept.is_automatic) == (Level.MUTE, False)


def test_a_message_is_told_once_whatever_is_done_with_it_afterwards(
    members_forum, author, make_member, facilitator
):
    reader = make_member()
    thread = make_thread(members_forum, author)
    follow(reader, "thread", thread.pk)
    post = make_post(thread, author)
    drain()
    edit_post(post=post, body="Une autre réponse.")
    hide_post(post=post, actor=facilitator, reason="Hors sujet.")
    drain()
    restore_post(post=post, actor=facilitator, reason="Finalement non.")
    drain()
    assert Item.objects.filter(name="forums.post", object_id=post.pk).count() == 1
    assert Delivery.objects.filter(user=reader, item__object_id=post.pk).count() == 1


def test_a_hidden_message_is_not_told_until_it_is_shown_again(
    members_forum, author, make_member, facilitator
):
    reader = make_member()
    thread = make_thread(members_forum, author)
    drain()
    follow(reader, "thread", thread.pk)
    post = make_post(thread, author)
    hide_post(post=post, actor=facilitator, reason="Hors sujet.")
    drain()
    assert reader not in told()
    restore_post(post=post, actor=facilitator, reason="Finalement non.")
    drain()
    assert reader in told()


def test_what_was_hidden_since_has_nothing_to_say(members_forum, author, facilitator):
    thread = make_thread(members_forum, author)
    post = make_post(thread, author)
    drain()
    items = list(Item.objects.filter(name="forums.post"))
    assert len(happenings(items)) == 2
    hide_post(post=post, actor=facilitator, reason="Hors sujet.")
    assert len(happenings(items)) == 1
    hide_post(post=thread.posts.get(is_first=True), actor=facilitator, reason="Idem.")
    assert happenings(items) == {}


# Accepted answers


def test_an_accepted_answer_is_told_to_its_author_and_to_the_followers(
    members_forum, author, make_member
):
    colleague, reader, stranger = make_member(), make_member(), make_member()
    thread = make_thread(members_forum, author)
    post = make_post(thread, colleague)
    follow(reader, "thread", thread.pk)
    follow(stranger, "space", "forums")
    accept_answer(post=post, actor=author)
    drain()
    assert told("forums.answer_accepted") == {
        colleague: (Reason.OWN, Channel.AT_ONCE),
        reader: (Reason.FOLLOW, Channel.DIGEST),
    }


def test_an_acceptance_taken_back_is_not_told(members_forum, author, make_member):
    thread = make_thread(members_forum, author)
    post = make_post(thread, make_member())
    accept_answer(post=post, actor=author)
    withdraw_acceptance(thread=thread)
    drain()
    assert not Item.objects.filter(name="forums.answer_accepted").exists()


# People named


def test_a_member_named_in_a_message_is_told_at_once(
    members_forum, author, make_member
):
    named = make_member("Inès", "Le Goff-d’Arc")
    thread = make_thread(members_forum, None)
    drain()
    make_post(thread, author, body="Qu’en pense @Inès Le Goff-d’Arc, à Brest ?")
    drain()
    assert told() == {named: (Reason.MENTION, Channel.AT_ONCE)}


def test_a_name_is_a_link_for_members_and_plain_words_where_visitors_read(
    members_forum, public_forum, author, make_member
):
    named = make_member("Inès", "Caron")
    words = "Qu’en pense @Inès Caron ?"
    inside = make_post(make_thread(members_forum, None), author, body=words)
    outside = make_post(make_thread(public_forum, None), author, body=words)
    assert (
        f'<a href="{named.profile.get_absolute_url()}" rel="noopener">@Inès Caron</a>'
        in body_of(inside)
    )
    assert body_of(outside) == "<p>Qu’en pense @Inès Caron ?</p>\n"
    assert Mention.objects.get(post=outside).user == named


def test_a_space_opened_to_visitors_no_longer_links_to_people(
    members_forum, author, make_member, admin_client
):
    make_member("Inès", "Caron")
    post = make_post(make_thread(members_forum, None), author, body="@Inès Caron ?")
    assert "href" in body_of(post)
    data = {
        "name": members_forum.name,
        "slug": members_forum.slug,
        "visibility": "public",
        "position": 0,
    }
    path = f"/admin/snippets/forums/forum/edit/{members_forum.pk}/"
    assert admin_client.post(path, data).status_code == 302
    assert "href" not in body_of(post)
    admin_client.post(path, {**data, "visibility": "members"})
    assert "href" in body_of(post)


@pytest.mark.parametrize(
    "words",
    [
        "`@Inès Caron`",
        "```\n@Inès Caron\n```",
        "Ainsi :\n\n    @Inès Caron",
        "> @Inès Caron a écrit",
        "[@Inès Caron](https://exemple.fr/)",
        "ines@Inès Caron",
        "@Inès",
        "@Inès Carron",
        "@ Inès Caron",
    ],
)
def test_code_quotes_links_and_near_names_name_nobody(
    words, members_forum, author, make_member
):
    make_member("Inès", "Caron")
    post = make_post(make_thread(members_forum, None), author, body=words)
    assert not post.mentions.exists()
    assert "/annuaire/" not in body_of(post)


def test_naming_somebody_who_may_not_read_the_space_tells_nobody(
    private_forum, insider, make_member, make_user
):
    make_member("Inès", "Caron")
    make_user(None, status=MembershipStatus.PENDING, first_name="Léo", last_name="Roy")
    thread = make_thread(private_forum, None)
    post = make_post(
        thread, insider, body="@Inès Caron et @Léo Roy, qu’en dites-vous ?"
    )
    drain()
    assert not Delivery.objects.exclude(user=insider).exists()
    assert not Mention.objects.exists()
    assert "href" not in body_of(post)


def test_a_name_that_two_people_bear_names_nobody_unless_one_of_them_takes_part(
    members_forum, author, make_member
):
    one, _other = make_member("Inès", "Caron"), make_member("Inès", "Caron")
    thread = make_thread(members_forum, None)
    assert not make_post(thread, author, body="@Inès Caron ?").mentions.exists()
    make_post(thread, one)
    # Among those who write in a thread, accents and capitals do not matter.
    post = make_post(thread, author, body="@ines caron ?")
    assert post.mentions.get().user == one


@pytest.mark.parametrize(
    "words",
    [
        "@Camille R. et vous ?",
        "Bonjour @Camille R.",
        "(@Camille R.)",
        "@Camille R., merci.",
    ],
)
def test_a_name_may_end_with_an_initial(words, members_forum, author, make_member):
    named = make_member("Camille", "R.")
    post = make_post(make_thread(members_forum, None), author, body=words)
    assert post.mentions.get().user == named
    assert ">@Camille R.</a>" in body_of(post)


def test_the_end_of_a_sentence_is_not_part_of_a_name(
    members_forum, author, make_member
):
    named = make_member("Inès", "Caron")
    body = "Demandez à @Inès Caron. Elle sait."
    post = make_post(make_thread(members_forum, None), author, body=body)
    assert post.mentions.get().user == named
    assert ">@Inès Caron</a>. Elle" in body_of(post)


def test_at_most_ten_people_are_named(members_forum, author, make_member):
    people = [make_member("Inès", f"Caron{letter}") for letter in "abcdefghijkl"]
    body = ", ".join(f"@{one.get_full_name()}" for one in people)
    post = make_post(make_thread(members_forum, None), author, body=body)
    assert [one.user for one in post.mentions.order_by("pk")] == people[:10]
    assert body_of(post).count("<a ") == 10


def test_a_text_made_of_names_is_posted_like_another(members_forum, author):
    names = " ".join(f"@Nom{n} Prénom{n} X{n}. Y{n}. Z{n}.," for n in range(500))
    for body in (names, "@" + "a-" * 9000, "@a " * 6000):
        post = make_post(make_thread(members_forum, None), author, body=body)
        assert not post.mentions.exists()


def test_a_correction_that_names_somebody_tells_them_once(
    members_forum, author, make_member
):
    first, second = make_member("Inès", "Caron"), make_member("Léo", "Roy")
    thread = make_thread(members_forum, None)
    drain()
    post = make_post(thread, author, body="@Inès Caron ?")
    drain()
    for body in ("@Inès Caron, @Léo Roy ?", "Personne.", "@Léo Roy ? @Inès Caron ?"):
        edit_post(post=post, body=body)
        drain()
    assert told() == {first: (Reason.MENTION, Channel.AT_ONCE)}
    assert told("forums.mention") == {second: (Reason.MENTION, Channel.AT_ONCE)}
    assert Delivery.objects.count() == 2


def test_a_name_taken_out_before_it_is_told_is_not_told(
    members_forum, author, make_member
):
    make_member("Inès", "Caron")
    thread = make_thread(members_forum, None)
    drain()
    post = make_post(thread, author, body="Bonjour.")
    edit_post(post=post, body="@Inès Caron ?")
    edit_post(post=post, body="Bonjour à vous.")
    drain()
    assert told("forums.mention") == told() == {}


def test_the_form_says_how_to_name_somebody(
    members_forum, author, member, member_client, make_member
):
    thread = make_thread(members_forum, author)
    make_post(thread, make_member("Inès", "Caron"))
    make_post(thread, member)
    for path in (thread.get_absolute_url(), f"/discussions/fil/{thread.pk}/repondre/"):
        page = member_client.get(path).content.decode()
        hint = page.partition('id="id_body_helptext"')[2].partition("</")[0]
        assert "@Samira Benali" in hint
        assert "@Inès Caron" in hint
        # Oneself is not among those one may name, and a name is never HTML.
        assert member.get_full_name() not in hint


def test_a_message_read_again_says_who_will_be_told(
    members_forum, author, member_client, make_member
):
    make_member("Inès", "Caron")
    thread = make_thread(members_forum, author)
    page = member_client.post(
        f"/discussions/fil/{thread.pk}/repondre/",
        {"body": "@Inès Caron et @Personne Dici ?", "action": "preview"},
    ).content.decode()
    preview = page.partition('class="preview"')[2].partition("</section>")[0]
    told = preview.partition("seront prévenues")[2]
    assert "Inès Caron" in told
    assert "Personne Dici" not in told
    assert not Mention.objects.exists()


def test_a_name_in_the_hint_is_never_html(members_forum, member_client, make_member):
    thread = make_thread(members_forum, make_member("<b>Inès</b>", "Caron"))
    page = member_client.get(thread.get_absolute_url()).content.decode()
    assert "@&lt;b&gt;Inès&lt;/b&gt; Caron" in page
    assert "<b>Inès</b>" not in page


# What is said


def line_of(post):
    kind = item_notification("forums.post")
    loaded = kind.load([post.pk])[post.pk]
    return kind.line(loaded), kind.mail_line(loaded)


def test_a_line_says_who_says_what(members_forum, author):
    thread = make_thread(members_forum, author, title="Qui paie l’interprète ?")
    post = make_post(thread, author, body="**Le Département**, " + "souvent " * 40)
    line, mail_line = line_of(post)
    assert (line.mark, line.title) == ("discussion", "Qui paie l’interprète ?")
    assert line.context.startswith("Samira Benali")
    assert "Le Département, souvent" in line.context
    assert line.context.endswith("souvent…")
    assert len(line.context) < 200
    assert line.path == f"/discussions/message/{post.pk}/"
    # A page of the members is a bare refusal to who has not logged in.
    assert mail_line.path == f"/comptes/login/?next=/discussions/message/{post.pk}/"


def test_an_item_is_read_by_opening_its_thread(members_forum, author):
    thread = make_thread(members_forum, author)
    drain()
    assert Item.objects.get(name="forums.post").path == thread.get_absolute_url()


def test_lines_cost_the_same_number_of_queries_for_many(
    members_forum, author, django_assert_num_queries, make_member
):
    theme = Theme.add_root(slug="sante", name="Santé")
    make_member("Inès", "Caron")

    def read():
        kind = item_notification("forums.post")
        posts = kind.load(shown_posts().values_list("pk", flat=True))
        for post in posts.values():
            kind.line(post), kind.mail_line(post), kind.mail_headers(post)
            kind.tokens(post), list(kind.targets(post)), kind.addressed_to(post)
            kind.mail_context(post)
        return len(posts)

    make_thread(members_forum, author, themes=[theme], body="@Inès Caron ?")
    with django_assert_num_queries(4):
        assert read() == 1
    for _n in range(3):
        make_thread(members_forum, author, answers=2, themes=[theme])
    with django_assert_num_queries(4):
        assert read() == 10


@pytest.fixture
def mails_to(member):
    """mails_to(thread) sends what waits; the mails of `member`, who follows the thread at all
    times, as their program parses them."""

    def send(thread):
        follow(member, "thread", thread.pk, Level.ALL)
        mail.outbox.clear()
        drain()
        deliver_due()
        return [
            message_from_bytes(one.message().as_bytes(), policy=default)
            for one in mail.outbox
            if one.to == [member.email]
        ]

    return send


def test_mails_of_one_thread_form_a_thread(members_forum, author, mails_to):
    thread = make_thread(members_forum, author, title="Qui paie ?", body="La question.")
    make_post(thread, author)
    make_post(thread, author)
    mails = mails_to(thread)
    ids = [mail["Message-ID"] for mail in mails]
    assert len(set(ids)) == 3
    assert all(
        one.startswith("<post-") and one.endswith(f"@{site_host()}>") for one in ids
    )
    assert mails[0]["In-Reply-To"] is None
    assert mails[1]["In-Reply-To"] == mails[1]["References"] == ids[0]
    assert mails[2]["In-Reply-To"] == ids[1]
    assert mails[2]["References"].split() == ids[:2]
    assert mails[0]["Subject"] == "[Espace membres] Qui paie ?"
    assert mails[2]["Subject"] == "Re: [Espace membres] Qui paie ?"


def test_a_mail_holds_the_whole_post_as_text_and_as_html(
    members_forum, author, mails_to, make_member
):
    named = make_member("Inès", "Caron")
    body = (
        "Chère @Inès Caron,\n\n> Le texte cité\n\n- un\n- deux\n\n<b>tel quel</b>"
        "\n\n[la page](/bibliotheque/x/)"
    )
    thread = make_thread(members_forum, author, body=body)
    post = thread.posts.get()
    (received,) = mails_to(thread)
    text = received.get_body(("plain",)).get_content()
    html = received.get_body(("html",)).get_content()
    # Words and whole addresses, without marks; HTML stays as it was typed.
    assert (
        "Chère @Inès Caron,\n\n«\u00a0Le texte cité\u00a0»\n\n- un\n- deux\n\n"
        f"<b>tel quel</b>\n\nla page ({absolute('/bibliotheque/x/')})"
    ) in text
    assert "Samira Benali" in text
    assert f"/comptes/login/?next=/discussions/message/{post.pk}/" in text
    address = f"{absolute(named.profile.get_absolute_url())}"
    assert f'href="{address}"' in html
    assert f'href="{absolute("/bibliotheque/x/")}"' in html
    assert "<blockquote" in html
    assert "&lt;b&gt;tel quel" in html


def test_the_mail_speaks_the_language_of_its_reader(
    members_forum, author, member, mails_to
):
    member.language = "en"
    member.save()
    (received,) = mails_to(make_thread(members_forum, author, body="Le texte."))
    text = received.get_body(("plain",)).get_content()
    assert "Read and answer on the site" in text
    assert "/en/comptes/login/?next=/en/discussions/message/" in text
    assert '<div lang="fr"><p>Le texte.' in received.get_body(("html",)).get_content()


def test_a_space_may_say_nothing_by_mail(members_forum, author, mails_to):
    members_forum.mails_without_content = True
    members_forum.save()
    thread = make_thread(
        members_forum, author, title="Un secret", body="Le corps du secret."
    )
    post = thread.posts.get()
    on_site, in_mails = line_of(post)
    assert on_site.title == "Un secret"
    (received,) = mails_to(thread)
    said = " ".join(
        [
            str(in_mails),
            *map(str, received.values()),
            received.get_body(("plain",)).get_content(),
            received.get_body(("html",)).get_content(),
        ]
    )
    for secret in ("secret", "Samira", "Benali"):
        assert secret not in said
    assert "Espace membres" in received["Subject"]
    assert f"/discussions/message/{post.pk}/" in said


def test_the_administration_says_whether_a_space_sends_its_words(
    admin_client, members_forum
):
    page = admin_client.get(f"/admin/snippets/forums/forum/edit/{members_forum.pk}/")
    assert 'name="mails_without_content"' in page.content.decode()


def test_an_accepted_answer_and_a_late_mention_stand_under_the_message(
    members_forum, author, member, mails_to, make_member
):
    thread = make_thread(members_forum, author)
    post = make_post(thread, make_member(), body="Voici.")
    drain()
    edit_post(post=post, body=f"Voici, @{member.get_full_name()}.")
    accept_answer(post=post, actor=author)
    named, accepted = mails_to(thread)
    for received, words in ((named, "cite"), (accepted, "retenue")):
        assert received["In-Reply-To"].startswith(f"<post-{post.pk}@")
        assert words in received.get_body(("plain",)).get_content()
        assert "Voici" in received.get_body(("html",)).get_content()
    assert len({named["Message-ID"], accepted["Message-ID"], named["In-Reply-To"]}) == 3


def test_a_summary_tells_a_lively_thread_in_one_line(
    members_forum, author, member, make_member
):
    follow(member, "forum", members_forum.pk)
    lively = make_thread(members_forum, author, title="Qui paie ?")
    make_thread(members_forum, author, title="Où se former ?")
    for number in range(25):
        make_post(lively, make_member(), body=f"Réponse numéro {number}.")
    drain()
    mail.outbox.clear()
    due = DigestSchedule.objects.get(user=member).due_at
    queue_due_digests(due)
    deliver_due(now=due)
    (received,) = [one for one in mail.outbox if one.to == [member.email]]
    for words in (received.body, received.alternatives[0][0]):
        assert words.count("Qui paie ?") <= 2
        assert words.count("Où se former ?") >= 1
        assert "Réponse numéro 24" in words
        assert "Réponse numéro 23" not in words
        assert "et 25 autres au même endroit" in words
        # Nothing was left out: nothing else waits on the site.
        assert "parmi vos notifications" not in words
    told = Delivery.objects.filter(user=member, mailed_at__isnull=False)
    assert told.count() == 27


# Following


def test_a_thread_and_a_space_are_followed_by_who_reads_them(
    private_forum, insider, member
):
    thread = make_thread(private_forum, insider)
    for kind, obj in (("thread", thread), ("forum", private_forum)):
        followed = followable_of(kind)
        assert followed.load([str(obj.pk)], insider) == {str(obj.pk): obj}
        assert followed.url(obj) == obj.get_absolute_url()
        assert followed.load([str(obj.pk)], member) == {}
        assert followed.load(["abc", "9" * 300, ""], insider) == {}
