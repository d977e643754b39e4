"""An issue is composed, sent once, and reaches each reader with what they may read."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from network_site.catalogue.building import settle_all
from network_site.core.outbox import drain
from network_site.core.templatetags.date_tags import date_mid
from network_site.mailing.enums import MailStatus
from network_site.mailing.models import (
    AddressHealth,
    OutgoingMail,
)
from network_site.mailing.queue import deliver_due
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.newsletters.enums import Audience, DispatchStatus
from network_site.newsletters.letter import LetterWriter
from network_site.newsletters.mail_builders import open_batch
from network_site.newsletters.models import (
    Dispatch,
    NewsletterIssuePage,
    Subscription,
)
from network_site.newsletters.services import (
    AlreadyPlanned,
    finish_dispatches,
    plan_dispatch,
    start_dispatch,
    stop_dispatch,
)
from network_site.newsletters.timetable import send_planned_issues
from network_site.notifications.models import MailSettings
from tests.newsletters import factories

pytestmark = pytest.mark.django_db


def send_now(issue, by, audience=Audience.ALL):
    dispatch = plan_dispatch(
        issue=issue,
        revision_id=issue.get_latest_revision().pk,
        audience=audience,
        by=by,
    )
    drain()
    deliver_due()
    return dispatch


def plain(response):
    """The page with ordinary spaces only."""
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def by_recipient(sink):
    return {received.recipients[0]: received for received in sink.messages}


def dated(title):
    """The subject of an issue that leaves today, for who reads French."""
    with override("fr"):
        return f"{title}, {date_mid(timezone.localdate())}"


def form_of(issue, **values):
    return {
        "audience": "all",
        "when": "now",
        "revision": issue.get_latest_revision().pk,
        **values,
    }


def test_a_facilitator_sends_an_issue_from_the_back_office(
    facilitator_client, site, issue, member, peer, subscriber, smtp_sink, client
):
    url = reverse("newsletters_admin:send", args=[issue.pk])
    page = plain(facilitator_client.get(url))
    # The facilitator is a member too.
    assert "4 personnes : 3 membres, 1 personne abonnée sans compte." in page
    confirm = facilitator_client.post(url, form_of(issue, step="check"))
    assert not Dispatch.objects.exists()
    assert "4 personnes : 3 membres" in plain(confirm)
    facilitator_client.post(url, form_of(issue, step="send"))
    deliver_due()
    sent = by_recipient(smtp_sink)
    assert set(sent) == {
        member.email,
        peer.email,
        subscriber.email,
        "animation@exemple.fr",
    }
    issue.refresh_from_db()
    assert issue.live
    assert client.get(issue.url).status_code == 200
    assert (
        issue.full_url.partition("//")[2].partition("/")[2]
        in (sent[subscriber.email].parsed.text_plain[0])
    )


def test_a_mail_has_the_headers_of_a_list_and_two_parts_of_the_same_content(
    site, issue, member, subscriber, facilitator, smtp_sink
):
    send_now(issue, facilitator)
    parsed = by_recipient(smtp_sink)[subscriber.email].parsed
    headers = parsed.headers
    assert parsed.subject == dated("Lettre d’automne")
    assert re.search(r" <lettre\.[\w.]+>$", headers["List-Id"])
    assert headers["List-Id"].startswith("Réseau")
    assert "Lettre" in headers["List-Id"].partition("<")[0]
    assert re.fullmatch(r"<http\S+/lettre/arret/\S+>", headers["List-Unsubscribe"])
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Archive"].endswith("/lettre/>")
    text, html = parsed.text_plain[0], parsed.text_html[0]
    for words in ("Texte pour tout le monde", "Un résumé public.", "À lire"):
        assert words in text
        assert words in html
    assert "**" not in text
    # No image, and no address of one's own but the way out.
    assert "<img" not in html
    other = by_recipient(smtp_sink)[member.email].parsed.text_plain[0]
    own = headers["List-Unsubscribe"].strip("<>")
    assert own in text
    assert own in html
    addresses = set(re.findall(r"https?://[^\s<>\"]+", text)) - {own}
    assert addresses
    assert addresses <= set(re.findall(r"https?://[^\s<>\"]+", other))


def test_each_reads_in_the_mail_what_they_may_open(
    site, issue, member, peer, subscriber, facilitator, smtp_sink
):
    send_now(issue, facilitator)
    sent = by_recipient(smtp_sink)

    def seen(address):
        parsed = sent[address].parsed
        words = parsed.text_plain[0] + parsed.text_html[0]
        return {
            word
            for word in ("zircon", "obsidienne", "Rubrique des membres", "des pairs")
            if word in words
        }

    assert seen(subscriber.email) == set()
    assert seen(member.email) == {"zircon", "Rubrique des membres"}
    assert seen(facilitator.email) == {"zircon", "Rubrique des membres"}
    assert seen(peer.email) == {
        "zircon",
        "obsidienne",
        "Rubrique des membres",
        "des pairs",
    }


def test_pressed_twice_it_leaves_once(
    facilitator_client, admin_client, site, issue, member, smtp_sink
):
    url = reverse("newsletters_admin:send", args=[issue.pk])
    data = form_of(issue, step="send")
    facilitator_client.post(url, data)
    again = admin_client.post(url, data, follow=True)
    assert "déjà été envoyé ou programmé" in again.content.decode()
    facilitator_client.post(url, data)
    deliver_due()
    assert [one.recipients for one in smtp_sink.messages].count([member.email]) == 1
    assert Dispatch.objects.count() == 1


def test_what_is_sent_is_the_version_that_was_confirmed(
    site, issue, member, facilitator, smtp_sink
):
    plan_dispatch(
        issue=issue,
        revision_id=issue.get_latest_revision().pk,
        audience=Audience.ALL,
        by=facilitator,
        starts_at=timezone.now() + timedelta(hours=1),
    )
    issue.title = "Titre changé après coup"
    issue.save_revision()
    later = timezone.now() + timedelta(hours=2)
    start_dispatch(dispatch_id=Dispatch.objects.get().pk, now=later)
    deliver_due(now=later)
    assert {one.parsed.subject for one in smtp_sink.messages} == {
        dated("Lettre d’automne")
    }
    issue.refresh_from_db()
    assert (issue.live, issue.title) == (True, "Lettre d’automne")


def test_a_version_written_while_confirming_is_not_sent_unseen(
    facilitator_client, site, issue, member
):
    data = form_of(issue, step="send")
    issue.title = "Autre chose"
    issue.save_revision()
    response = facilitator_client.post(
        reverse("newsletters_admin:send", args=[issue.pk]), data
    )
    assert response.status_code == 422
    assert "été modifié pendant votre confirmation" in response.content.decode()
    assert not Dispatch.objects.exists()


def test_an_hour_that_has_passed_is_refused_and_nothing_is_lost(
    facilitator_client, site, issue, member
):
    response = facilitator_client.post(
        reverse("newsletters_admin:send", args=[issue.pk]),
        form_of(
            issue,
            step="check",
            audience="members",
            when="later",
            starts_at="2020-03-02T08:00",
        ),
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Cette date est passée." in page
    assert 'value="2020-03-02T08:00"' in page
    assert re.search(r'value="members"[^>]*checked', page)
    assert not Dispatch.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("typed", ["", "demain", "2027-03-28T02:30"])
def test_an_hour_that_does_not_exist_is_refused(
    facilitator_client, site, issue, member, typed
):
    """The last one falls in the hour that Paris skips in spring."""
    response = facilitator_client.post(
        reverse("newsletters_admin:send", args=[issue.pk]),
        form_of(issue, step="check", when="later", starts_at=typed),
    )
    assert response.status_code == 422
    assert not Dispatch.objects.exists()


def test_a_planned_issue_leaves_at_its_hour_and_can_be_cancelled_before(
    facilitator_client, site, issue, member, smtp_sink
):
    url = reverse("newsletters_admin:send", args=[issue.pk])
    day = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT08:00")
    data = form_of(issue, step="send", when="later", starts_at=day)
    facilitator_client.post(url, data)
    dispatch = Dispatch.objects.get()
    assert timezone.localtime(dispatch.starts_at).strftime("%Y-%m-%dT%H:%M") == day
    send_planned_issues()
    assert not OutgoingMail.objects.exists()
    facilitator_client.post(reverse("newsletters_admin:cancel", args=[issue.pk]))
    assert not Dispatch.objects.exists()
    facilitator_client.post(url, data)
    start_dispatch(dispatch_id=Dispatch.objects.get().pk, now=dispatch.starts_at)
    deliver_due(now=dispatch.starts_at)
    assert member.email in by_recipient(smtp_sink)
    # Too late now.
    facilitator_client.post(reverse("newsletters_admin:cancel", args=[issue.pk]))
    assert Dispatch.objects.get().status == DispatchStatus.SENDING


def test_who_changed_their_mind_meanwhile_gets_nothing(
    site, issue, make_user, facilitator, subscriber, smtp_sink
):
    def make(email):
        return make_user(email, roles.MEMBERS, status=MembershipStatus.APPROVED)

    people = {
        name: make(f"{name}@exemple.fr")
        for name in ("fidele", "desabonne", "pause", "parti", "suspendu")
    }
    plan_dispatch(
        issue=issue,
        revision_id=issue.get_latest_revision().pk,
        audience=Audience.ALL,
        by=facilitator,
    )
    drain()
    assert OutgoingMail.objects.count() == 7
    MailSettings.objects.update_or_create(
        user=people["desabonne"], defaults={"wants_newsletter": False}
    )
    today = timezone.localdate()
    MailSettings.objects.update_or_create(
        user=people["pause"], defaults={"paused_from": today, "paused_until": today}
    )
    people["parti"].groups.clear()
    AddressHealth.objects.create(
        address="suspendu@exemple.fr", suspended_at=timezone.now()
    )
    Subscription.objects.update(unsubscribed_at=timezone.now())
    deliver_due()
    assert set(by_recipient(smtp_sink)) == {"fidele@exemple.fr", facilitator.email}
    assert OutgoingMail.objects.filter(status=MailStatus.DROPPED).count() == 5
    finish_dispatches()
    dispatch = Dispatch.objects.get()
    assert dispatch.status == DispatchStatus.SENT
    assert (dispatch.sent_count, dispatch.dropped_count) == (2, 5)


def test_an_address_that_is_a_members_gets_one_mail(
    site, issue, member, facilitator, smtp_sink
):
    factories.make_subscription("Membre@Exemple.fr")
    send_now(issue, facilitator)
    addresses = [one.recipients[0].lower() for one in smtp_sink.messages]
    assert addresses.count(member.email) == 1


def test_one_mail_that_cannot_be_written_holds_back_no_other(
    site, issue, member, peer, facilitator, smtp_sink, monkeypatch, admin_client
):
    whole = LetterWriter.message_to

    def fail_for_one(self, recipient):
        if recipient.address == peer.email:
            raise ValueError("Le gabarit a échoué pour cette personne")
        return whole(self, recipient)

    monkeypatch.setattr(LetterWriter, "message_to", fail_for_one)
    smtp_sink.refuse("animation@exemple.fr")
    send_now(issue, facilitator)
    assert set(by_recipient(smtp_sink)) == {member.email}
    page = admin_client.get(
        reverse("newsletters_admin:send", args=[issue.pk])
    ).content.decode()
    assert peer.email in page
    assert "Le gabarit a échoué pour cette personne" in page
    assert "No such user here" in page


def test_what_has_not_left_can_be_kept_back_then_sent(
    facilitator_client, site, issue, make_user, smtp_sink
):
    for number in range(5):
        make_user(
            f"m{number}@exemple.fr", roles.MEMBERS, status=MembershipStatus.APPROVED
        )
    facilitator_client.post(
        reverse("newsletters_admin:send", args=[issue.pk]),
        form_of(issue, step="send"),
    )
    deliver_due(limit=2)
    facilitator_client.post(reverse("newsletters_admin:stop", args=[issue.pk]))
    deliver_due()
    assert len(smtp_sink.messages) == 2
    finish_dispatches()
    assert Dispatch.objects.get().status == DispatchStatus.STOPPED
    facilitator_client.post(reverse("newsletters_admin:resume", args=[issue.pk]))
    deliver_due()
    addresses = [one.recipients[0] for one in smtp_sink.messages]
    assert len(addresses) == len(set(addresses)) == 6
    finish_dispatches()
    assert Dispatch.objects.get().status == DispatchStatus.SENT
    assert stop_dispatch(dispatch=Dispatch.objects.get(), by=None) is None


def test_a_kill_while_addressing_doubles_nobody(site, issue, member, peer, facilitator):
    dispatch = plan_dispatch(
        issue=issue,
        revision_id=issue.get_latest_revision().pk,
        audience=Audience.ALL,
        by=facilitator,
    )
    drain()
    Dispatch.objects.update(enqueued_at=None)
    assert start_dispatch(dispatch_id=dispatch.pk)
    assert OutgoingMail.objects.filter(kind="newsletter").count() == 3
    assert not start_dispatch(dispatch_id=dispatch.pk)
    with pytest.raises(AlreadyPlanned):
        plan_dispatch(
            issue=issue,
            revision_id=issue.get_latest_revision().pk,
            audience=Audience.ALL,
            by=facilitator,
        )


def test_editors_compose_and_only_facilitators_send(
    editor_client, member_client, facilitator_client, site, issue
):
    edit = reverse("wagtailadmin_pages:edit", args=[issue.pk])
    send = reverse("newsletters_admin:send", args=[issue.pk])
    html = editor_client.get(edit).content.decode()
    assert send not in html
    assert send in facilitator_client.get(edit).content.decode()
    assert editor_client.get(send).status_code in {302, 403}
    assert editor_client.post(send, form_of(issue, step="send")).status_code in {
        302,
        403,
    }
    assert member_client.get(send).status_code in {302, 403}
    assert not Dispatch.objects.exists()


def test_a_test_shows_what_its_addressee_may_read(
    facilitator_client, site, issue, peer, smtp_sink
):
    for address in ("inconnue@exemple.fr", peer.email):
        facilitator_client.post(
            reverse("newsletters_admin:proof", args=[issue.pk]), {"address": address}
        )
    sent = by_recipient(smtp_sink)
    assert sent["inconnue@exemple.fr"].parsed.subject == dated(
        "[Essai] Lettre d’automne"
    )
    assert "zircon" not in sent["inconnue@exemple.fr"].parsed.text_plain[0]
    assert "obsidienne" in sent[peer.email].parsed.text_plain[0]
    # A test is no way to unsubscribe somebody.
    assert "List-Unsubscribe" not in sent[peer.email].parsed.headers
    assert not Dispatch.objects.exists()


def test_a_batch_costs_the_same_queries_whatever_its_size(
    site, issue, make_user, facilitator, peer
):
    def cost(mails):
        with CaptureQueriesContext(connection) as queries:
            build = open_batch(mails)
            assert all(build(mail) for mail in mails)
        return len(queries)

    for number in range(200):
        make_user(
            f"n{number}@exemple.fr", roles.MEMBERS, status=MembershipStatus.APPROVED
        )
    plan_dispatch(
        issue=issue,
        revision_id=issue.get_latest_revision().pk,
        audience=Audience.ALL,
        by=facilitator,
    )
    drain()
    # The worker has made the entries of those who came.
    settle_all()
    mails = list(OutgoingMail.objects.select_related("user").order_by("pk"))
    few = [mail for mail in mails if mail.user_id in {facilitator.pk, peer.pk}]
    cost(few)
    assert cost(mails) <= cost(few)


def test_a_page_that_would_be_published_after_its_sending_is_not_sent(
    facilitator_client, site, issue, member
):
    issue.go_live_at = timezone.now() + timedelta(days=2)
    issue.save_revision()
    issue.refresh_from_db()
    response = facilitator_client.post(
        reverse("newsletters_admin:send", args=[issue.pk]), form_of(issue, step="send")
    )
    assert response.status_code == 422
    assert "propre date de publication" in response.content.decode()
    assert not Dispatch.objects.exists()


def test_a_correction_published_before_the_hour_stays_in_the_archive(
    facilitator_client, site, issue, member, facilitator, smtp_sink
):
    hour = timezone.now() + timedelta(hours=1)
    dispatch = plan_dispatch(
        issue=issue,
        revision_id=issue.get_latest_revision().pk,
        audience=Audience.ALL,
        by=facilitator,
        starts_at=hour,
    )
    issue.title = "Titre corrigé"
    issue.save_revision().publish()
    page = reverse("newsletters_admin:send", args=[issue.pk])
    assert "a été modifié depuis" in facilitator_client.get(page).content.decode()
    latest = NewsletterIssuePage.objects.get(pk=issue.pk).latest_revision_id
    take = reverse("newsletters_admin:new_version", args=[issue.pk])
    facilitator_client.post(take, {"revision": latest - 1})
    dispatch.refresh_from_db()
    assert dispatch.content["title"] == "Lettre d’automne"
    facilitator_client.post(take, {"revision": latest})
    start_dispatch(dispatch_id=dispatch.pk, now=hour)
    deliver_due(now=hour)
    assert {one.parsed.subject for one in smtp_sink.messages} == {
        dated("Titre corrigé")
    }
    issue.refresh_from_db()
    assert issue.title == "Titre corrigé"


def test_a_subject_stays_on_one_line(site, member, facilitator, smtp_sink):
    issue = factories.make_issue("Une lettre\r\nBcc: autre@exemple.fr")
    send_now(issue, facilitator)
    for one in smtp_sink.messages:
        assert one.parsed.subject == dated("Une lettre Bcc: autre@exemple.fr")
        assert "Bcc" not in one.parsed.headers
