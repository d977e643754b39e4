"""The archive, the feed, the sitemap, the search, the previews: one rule for all of them."""

import pytest
from django.urls import reverse

from forums.models import Forum
from forums.services import open_thread
from network_site.members import roles
from network_site.newsletters import audience
from network_site.newsletters.contents import contents_of
from network_site.newsletters.enums import Audience
from network_site.newsletters.models import NewsletterIndexPage, NewsletterIssuePage
from network_site.registries.search import source_for
from network_site.search.indexing import rebuild
from tests.newsletters import factories
from tests.newsletters.conftest import PEERS
from tests.search.factories import restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(issue):
    issue.get_latest_revision().publish()
    issue.refresh_from_db()
    return issue


def words_in(html):
    return {
        word
        for word in (
            "zircon",
            "obsidienne",
            "Rubrique des membres",
            "Rubrique des pairs",
        )
        if word in html
    }


def test_the_archive_shows_each_what_they_may_open(
    client, live, member_client, pending_client, client_for, peer
):
    def seen(one):
        response = one.get(live.url)
        assert response.status_code == 200
        assert "Texte pour tout le monde" in response.content.decode()
        return words_in(response.content.decode())

    assert seen(client) == seen(pending_client) == set()
    assert seen(member_client) == {"zircon", "Rubrique des membres"}
    assert seen(client_for(peer)) == {
        "zircon",
        "obsidienne",
        "Rubrique des membres",
        "Rubrique des pairs",
    }


def test_a_page_taken_back_disappears_from_the_archive(client, live, pages):
    pages["public"].unpublish()
    html = client.get(live.url).content.decode()
    assert "Texte pour tout le monde" not in html
    assert "À lire" not in html


def test_an_issue_of_the_members_is_theirs_everywhere(
    client, live, member_client, member, subscriber
):
    assert audience.count(live, Audience.ALL).total == 2
    restrict(live, roles.MEMBERS)
    assert client.get(live.url).status_code == 302
    assert live.title not in client.get("/lettre/").content.decode()
    assert live.title not in client.get(reverse("newsletters:feed")).content.decode()
    assert live.url not in client.get("/sitemap.xml").content.decode()
    assert live.title in member_client.get("/lettre/").content.decode()
    reached = audience.count(live, Audience.ALL)
    assert (reached.members, reached.subscribers) == (1, 0)


def test_a_public_issue_is_in_the_feed_and_the_sitemap(client, live):
    feed = client.get(reverse("newsletters:feed"))
    assert feed.status_code == 200
    assert live.title in feed.content.decode()
    assert words_in(feed.content.decode()) == set()
    assert live.url in client.get("/sitemap.xml").content.decode()


def test_a_draft_is_nowhere(client, member_client, issue):
    for path in ("/lettre/", reverse("newsletters:feed"), "/sitemap.xml"):
        assert issue.title not in member_client.get(path).content.decode()
    assert client.get(f"/lettre/{issue.slug}/").status_code == 404


def test_search_finds_an_issue_by_its_own_words_only(client, client_for, live, peer):
    live.body.append(("heading", "Pour finir"))
    live.body.append(("words", "Un mot rare : palissandre."))
    live.save_revision().publish()
    rebuild()
    texts = " ".join(
        str(text)
        for part in source_for(NewsletterIssuePage).parts(live)
        for text in part.text
    )
    assert words_in(texts) == set()
    found = client.get("/recherche/?q=palissandre")
    assert found.context["answer"].total == 1


@pytest.mark.parametrize("visibility", ["public", "members", "group"])
def test_a_thread_is_shown_to_who_may_read_it(
    site, client, member_client, client_for, peer, visibility
):
    group = peer.groups.get(name=PEERS)
    forum = Forum.objects.create(
        name="Espace",
        slug="espace",
        visibility=visibility,
        group=group if visibility == "group" else None,
    )
    thread = open_thread(forum=forum, author=peer, title="Agate", body="Une question")
    issue = factories.make_issue(
        body=[
            ("heading", "Discussions choisies"),
            factories.link("Fil agate", thread.get_absolute_url()),
        ],
        live=True,
    )

    def sees(one):
        html = one.get(issue.url).content.decode()
        assert ("Fil agate" in html) == ("Discussions choisies" in html)
        return "Fil agate" in html

    assert sees(client) == (visibility == "public")
    assert sees(client_for(peer))
    assert sees(member_client) == (visibility != "group")


def test_an_address_of_which_the_site_cannot_tell_is_hidden_and_the_composer_told(
    site, client, client_for, peer, member, facilitator_client
):
    """A private space is its people's; what a thread that is gone was called, nobody's."""
    forum = Forum.objects.create(
        name="Espace", slug="espace", visibility="group", group=peer.groups.first()
    )
    thread = open_thread(forum=forum, author=peer, title="Agate", body="Une question")
    gone = thread.get_absolute_url()
    thread.delete()
    issue = factories.make_issue(
        body=[
            factories.link("Espace agate", forum.get_absolute_url()),
            factories.link("Fil agate", gone),
        ],
        live=True,
    )
    assert "agate" not in client.get(issue.url).content.decode()
    html = facilitator_client.get(
        reverse("newsletters_admin:send", args=[issue.pk])
    ).content.decode()
    assert html.count("ne verront pas cet élément") == 1
    assert "Espace agate" in client_for(peer).get(issue.url).text


@pytest.mark.parametrize(
    "url",
    [
        "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000588617/",
        "/recherche/?q=emploi",
    ],
)
def test_other_addresses_are_for_everybody(site, url):
    issue = factories.make_issue(body=[factories.link("Ailleurs", url)])
    assert "public" in contents_of(issue).tokens


@pytest.mark.parametrize("url", ["/themes/nexiste-pas/", "/nulle/part/", "/en/a-venir"])
def test_an_address_of_ours_that_leads_nowhere_is_nobody_s(site, client, url):
    issue = factories.make_issue(body=[factories.link("Zeugme", url)], live=True)
    for language in ("", "/en"):
        assert "Zeugme" not in client.get(f"{language}{issue.url}").text


def test_the_archive_costs_the_same_for_2_and_for_200_issues(
    client, site, assert_constant_queries
):
    index = NewsletterIndexPage.objects.get()

    def grow(many=40):
        for number in range(many):
            factories.make_issue(f"Numéro {number}", live=True)

    grow(2)
    assert_constant_queries(client, index.url, grow)


def test_an_issue_costs_the_same_for_few_and_many_pages(
    client, live, pages, assert_constant_queries
):
    def grow():
        for _number in range(30):
            live.body.append(factories.content(pages["public"]))
        live.save_revision().publish()

    assert_constant_queries(client, live.url, grow)


@pytest.mark.parametrize("page", ["abc", "0", "999", "-1"])
def test_a_page_number_that_means_nothing_is_no_error(client, site, page):
    assert client.get(f"/lettre/?page={page}").status_code == 200


# Previews


def test_the_editor_sees_the_mail_of_three_readers(
    editor_client, issue, member, peer, subscriber
):
    path = reverse("wagtailadmin_pages:view_draft", args=[issue.pk])
    assert editor_client.get(path).status_code == 200

    def seen(mode):
        response = issue.make_preview_request(preview_mode=mode)
        assert response.status_code == 200
        return response, words_in(response.content.decode())

    _page, words = seen("")
    assert words == set()
    assert seen("subscriber")[1] == set()
    assert seen("member")[1] == {"zircon", "Rubrique des membres"}
    response, words = seen("other")
    assert {"obsidienne", "zircon"} <= words
    # The styles of a mail stand in it; the way out is nobody's own.
    assert "style-src 'self' 'unsafe-inline'" in response["Content-Security-Policy"]
    assert "/lettre/arret/" not in response.content.decode()
    text, words = seen("text")
    assert text["Content-Type"].startswith("text/plain")
    assert "zircon" in words


def test_the_sending_page_says_what_the_three_do_not_see(
    facilitator_client, issue, member, peer, subscriber
):
    html = facilitator_client.get(
        reverse("newsletters_admin:send", args=[issue.pk])
    ).content.decode()
    assert (
        f"groupe « {PEERS} »".replace(" »", "\u00a0»").replace("« ", "«\u00a0") in html
    )
    assert member.get_full_name() not in html
    sample = reverse("newsletters_admin:sample", args=[issue.pk, "subscriber"])
    assert sample in html
    response = facilitator_client.get(sample)
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert words_in(response.content.decode()) == set()
    text = facilitator_client.get(f"{sample}?partie=texte")
    assert text["Content-Type"].startswith("text/plain")
    missing = reverse("newsletters_admin:sample", args=[issue.pk, "personne"])
    assert facilitator_client.get(missing).status_code == 404
