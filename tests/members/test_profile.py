"""One's own sheet: written, read, found, and never overwritten unseen."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from forums.enums import ForumVisibility
from forums.models import Forum
from forums.services import add_post, open_thread
from network_site.core.models import OutboxEntry
from network_site.members import roles
from network_site.members.enums import FieldVisibility
from network_site.members.models import Profile
from network_site.members.services import update_profile, version_of
from network_site.taxonomies.models import Theme

pytestmark = pytest.mark.django_db

URL = "/adhesion/ma-fiche/"


@pytest.fixture
def theme():
    return Theme.add_root(name="Emploi", slug="emploi")


def sheet(profile, **fields):
    """What the form sends, as it was opened now."""
    return {
        "first_name": "Claire",
        "last_name": "Durand",
        "organization_name": "Mairie d’Exemple",
        "job_title": "Médiatrice",
        "accepts_contact": "on",
        "version": version_of(Profile.objects.get(pk=profile.pk)),
        **fields,
    }


def body(response):
    return response.content.decode().split("<main")[1]


def test_a_member_writes_every_field_and_who_reads_it(member_client, member, theme):
    profile = member.profile
    response = member_client.post(
        URL,
        sheet(
            profile,
            help_topics="Monter un accueil\nen plusieurs langues",
            languages=["wo", "fsl"],
            themes=[theme.pk],
            presentation="Je travaille à la mairie.",
            sheet_visibility="3",
            languages_visibility="3",
            presentation_visibility="0",
        ),
    )
    assert response["Location"] == profile.get_absolute_url()
    profile.refresh_from_db()
    assert profile.sheet_visibility == FieldVisibility.EVERYONE
    assert profile.languages_visibility == FieldVisibility.EVERYONE
    assert profile.presentation_visibility == FieldVisibility.NOBODY
    # What the form did not say has not changed.
    assert profile.job_title_visibility == FieldVisibility.MEMBERS
    assert {one.code for one in profile.languages.all()} == {"wo", "fsl"}
    assert profile.accepts_contact
    assert OutboxEntry.objects.filter(
        kind="object.changed",
        payload__model="members.profile",
        payload__pk=profile.pk,
    ).exists()
    page = body(member_client.get(profile.get_absolute_url()))
    assert "langue des signes française, wolof" in page
    assert "Monter un accueil" in page
    form = body(member_client.get(URL))
    ticked = re.findall(r'<input[^>]*name="languages"[^>]*checked', form)
    assert len(ticked) == 2


def test_a_form_with_faults_says_so_and_keeps_everything(member_client, member, theme):
    response = member_client.post(
        URL,
        sheet(
            member.profile,
            last_name="n" * 300,
            help_topics="x" * 401,
            languages=["wo", "klingon"],
            themes=[theme.pk],
            sheet_visibility="9",
            presentation="À garder",
        ),
    )
    assert response.status_code == 200
    page = body(response)
    assert "n" * 300 in page
    assert "x" * 401 in page
    assert "À garder" in page
    assert "klingon" in page
    # The four faults are listed first, each with the way to its field.
    for name in ("last_name", "help_topics", "languages", "sheet_visibility"):
        assert f'href="#id_{name}' in page, name
    member.profile.refresh_from_db()
    assert member.profile.help_topics == ""
    assert not member.profile.languages.exists()


def test_two_tabs_do_not_overwrite_each_other_unseen(member_client, member):
    profile = member.profile
    first = sheet(profile, help_topics="Du premier onglet")
    second = sheet(profile, help_topics="Du second onglet", languages=["ta"])
    assert member_client.post(URL, first).status_code == 302

    refused = member_client.post(URL, second)
    assert refused.status_code == 200
    page = body(refused)
    assert "Du second onglet" in page
    assert "another tab" in page or "un autre onglet" in page
    profile.refresh_from_db()
    assert profile.help_topics == "Du premier onglet"
    assert not profile.languages.exists()

    # Read again and sent again, it is what the person wants.
    version = page.split('name="version" value="')[1].split('"')[0]
    assert member_client.post(URL, {**second, "version": version}).status_code == 302
    profile.refresh_from_db()
    assert profile.help_topics == "Du second onglet"


def test_the_same_form_sent_twice_is_written_once(member_client, member):
    sent = sheet(member.profile, help_topics="Une fois", languages=["wo"])
    assert member_client.post(URL, sent).status_code == 302
    assert member_client.post(URL, sent).status_code == 302
    assert member.profile.languages.count() == 1


def test_a_session_that_ends_meanwhile_loses_nothing_of_the_sheet(
    client, client_for, member, theme
):
    opened = client_for(member).get(URL).content.decode()
    owner = re.search(r'name="owner" value="([^"]+)"', opened)[1]
    fields = sheet(
        member.profile,
        owner=owner,
        presentation="Un long texte.",
        languages=["wo", "fsl"],
        themes=[theme.pk],
    )
    response = client.post(URL, fields)
    assert response.status_code == 302
    assert "/comptes/login/" in response["Location"]
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    page = body(client.get(URL))
    assert "Un long texte." in page
    for value in ("wo", "fsl", str(theme.pk)):
        assert re.search(rf'value="{value}"[^>]* checked', page), value
    assert not Profile.objects.get(pk=member.profile.pk).presentation
    assert client.post(URL, fields).status_code == 302
    assert Profile.objects.get(pk=member.profile.pk).presentation == "Un long texte."
    # Sent, it no longer waits; nor was it anybody else's to read.
    assert "Voici le texte que vous aviez écrit" not in body(client.get(URL))


def test_saving_the_sheet_keeps_what_was_written_beside_it_meanwhile(member):
    stale = Profile.objects.select_related("user").get(pk=member.profile.pk)
    Profile.objects.filter(pk=stale.pk).update(portrait="unecle", text_size="l")
    update_profile(
        profile=stale, first_name="Claire", last_name="Durand", job_title="Agente"
    )
    kept = Profile.objects.get(pk=stale.pk)
    assert (kept.portrait, kept.text_size, kept.job_title) == ("unecle", "l", "Agente")


def test_a_visitor_reads_an_open_sheet_and_is_sent_to_log_in_for_another(
    client, member, make_user
):
    url = member.profile.get_absolute_url()
    assert "login" in client.get(url)["Location"]
    Profile.objects.filter(pk=member.profile.pk).update(sheet_visibility=3)
    page = client.get(url)
    assert member.last_name in body(page)
    # The address of a mail is nowhere.
    assert member.email not in page.content.decode()


def test_the_sheet_tells_what_its_person_wrote_where_the_reader_may_go(
    client_for, client, member, make_user
):
    Profile.objects.filter(pk=member.profile.pk).update(sheet_visibility=3)
    Group.objects.get_or_create(name="Pairs")[0].user_set.add(member)
    reader = make_user("lit@exemple.fr", roles.MEMBERS, status="approved")
    forums = {
        "ouverte": Forum.objects.create(
            name="Public", slug="public", visibility=ForumVisibility.PUBLIC
        ),
        "secrete": Forum.objects.create(
            name="Pairs",
            slug="pairs",
            visibility=ForumVisibility.GROUP,
            group=Group.objects.get(name="Pairs"),
        ),
    }
    for title, forum in forums.items():
        open_thread(
            author=member, forum=forum, title=f"Question {title}", body="Bonjour"
        )
    answered = open_thread(
        author=reader, forum=forums["ouverte"], title="Question suivie", body="Bonjour"
    )
    add_post(thread=answered, author=member, body="Une réponse")
    url = member.profile.get_absolute_url()
    seen = body(client_for(reader).get(url))
    assert "Question ouverte" in seen
    assert "Question suivie" in seen
    assert "secrete" not in seen
    # Visitors read authors without their family name: nothing here undoes it.
    assert "Question" not in body(client.get(url))
    own = client_for(member)
    assert "Question secrete" in body(own.get(url))
    assert "Question secrete" not in body(own.get(url, {"voir": "membre"}))
    assert "Question" not in body(own.get(url, {"voir": "visiteur"}))


def test_a_sheet_costs_the_same_whatever_its_person_wrote(
    client_for, member, make_user, assert_constant_queries, theme
):
    reader = make_user("lit@exemple.fr", roles.MEMBERS, status="approved")
    forum = Forum.objects.create(name="Public", slug="public")

    def write():
        for rank in range(4):
            open_thread(
                author=member, forum=forum, title=f"Question {rank}", body="Bonjour"
            )

    write()
    update_profile(
        profile=member.profile,
        first_name="Claire",
        last_name="Durand",
        languages=["wo"],
        themes=[theme],
    )

    def grow():
        write()
        update_profile(
            profile=member.profile,
            first_name="Claire",
            last_name="Durand",
            languages=["wo", "ta", "tr"],
        )

    count = assert_constant_queries(
        client_for(reader), member.profile.get_absolute_url(), grow
    )
    assert count <= 16


def test_the_button_to_write_stands_where_a_message_would_be_received(
    client_for, client, member, make_user
):
    Profile.objects.filter(pk=member.profile.pk).update(sheet_visibility=3)
    url = member.profile.get_absolute_url()
    reader = client_for(make_user("lit@exemple.fr", roles.MEMBERS, status="approved"))
    write = reverse("person_contact", args=[member.profile.pk])
    assert write in body(reader.get(url))
    assert reader.get(write).status_code == 200
    assert write not in body(client.get(url))
    assert write not in body(client_for(member).get(url))
    Profile.objects.filter(pk=member.profile.pk).update(accepts_contact=False)
    assert write not in body(reader.get(url))


def test_somebody_who_waits_sees_their_sheet_and_that_nobody_else_does(
    pending_client, client, member_client, pending
):
    Profile.objects.filter(user=pending).update(sheet_visibility=3)
    url = pending.profile.get_absolute_url()
    page = pending_client.get(url)
    assert "alert warning" in body(page)
    assert page.context["is_approved"] is False
    assert member_client.get(url).status_code == 404
    assert "login" in client.get(url)["Location"]
