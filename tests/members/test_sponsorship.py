"""A member answers for a colleague: what is told to whom, and within which limits."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.urls import reverse
from django.utils import timezone

from network_site.core.outbox import drain
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.members import roles, services
from network_site.members.enums import (
    AdmissionRoute,
    MembershipStatus,
    SponsorshipStatus,
)
from network_site.members.models import EmailDomain, Profile, Sponsorship
from network_site.members.services import sponsorship
from tests.members.asking import ask, confirm

pytestmark = pytest.mark.django_db


def mails_to(user):
    return [message for message in mail.outbox if message.to == [user.email]]


def link_in(message):
    return re.search(r"https?://[^/\s]+(/adhesion/parrainage/\S+/)", message.body)[1]


def asked_by(client, member, **fields):
    """The link that `member` receives from a stranger who gave their address."""
    ask(client, sponsor_email=member.email, **fields)
    confirm(client)
    drain()
    return link_in(mails_to(member)[-1])


@pytest.fixture
def asked(pending, member):
    return services.ask_sponsor(profile=pending.profile, email=member.email)


def test_a_member_answers_and_the_person_is_admitted(client, client_for, member):
    ask(client, sponsor_email=member.email.upper())
    drain()
    assert not mails_to(member), "nobody has proven anything yet"
    confirm(client)
    drain()
    (letter,) = mails_to(member)
    assert "Claire Durand" in letter.subject
    assert "claire@ville-exemple.fr" in letter.body

    visitor = client_for(None)
    page = visitor.get(link_in(letter))
    assert page.status_code == 200
    profile = Profile.objects.get(user__email="claire@ville-exemple.fr")
    assert profile.status == MembershipStatus.PENDING, "opening a link does nothing"

    answer = {"answer": "vouch", "comment": "Nous travaillons ensemble."}
    assert visitor.post(link_in(letter), answer).status_code == 302
    # Twice, as a hand that trembles.
    page = visitor.post(link_in(letter), answer, follow=True)
    assert page.status_code == 200
    drain()
    profile.refresh_from_db()
    assert profile.status == MembershipStatus.APPROVED
    assert profile.admission_route == AdmissionRoute.SPONSOR
    assert profile.decided_by == member
    assert profile.user.groups.filter(role__code=roles.MEMBERS).exists()
    entries = Entry.objects.filter(subject=profile.user)
    assert {entry.action for entry in entries} == {
        Action.SPONSOR_ANSWERED,
        Action.MEMBER_ADMITTED,
    }
    assert entries.get(action=Action.MEMBER_ADMITTED).detail["route"] == "sponsor"
    assert len([m for m in mail.outbox if m.to == [profile.user.email]]) == 2


def test_who_does_not_answer_for_the_person_is_never_named_to_them(
    client, client_for, facilitator, member
):
    link = asked_by(client, member)
    client_for(None).post(link, {"answer": "decline", "comment": "Je ne sais pas qui."})
    page = client.get(reverse("membership")).content.decode()
    assert "Je ne sais pas qui." not in page
    assert member.get_full_name() not in page
    queue = client_for(facilitator).get(reverse("admissions")).content.decode()
    assert "Je ne sais pas qui." in queue
    assert member.get_full_name() in queue
    assert Profile.objects.pending().count() == 1


def test_the_page_is_the_same_whether_the_address_is_a_members(
    client_for, make_user, member
):
    pages = []
    for email in (member.email, "personne@ailleurs.fr"):
        user = make_user(status=MembershipStatus.PENDING, last_name="Durand")
        client = client_for(user)
        page = client.post(
            reverse("ask_sponsor"), {"sponsor_email": email}, follow=True
        )
        html = page.content.decode().replace(email, "X").replace(user.email, "Y")
        pages.append(re.sub(r'value="[A-Za-z0-9]{64}"', "", html))
    assert pages[0] == pages[1]
    drain()
    assert mails_to(member)
    assert not [m for m in mail.outbox if m.to == ["personne@ailleurs.fr"]]


def test_a_link_that_is_forged_old_or_anothers_does_nothing(client, asked, member):
    token = sponsorship.seal(asked)
    for bad in (
        "n-importe-quoi",
        token[:-2],
        signing.dumps([asked.pk, asked.sponsor_id], salt="autre"),
        signing.dumps([asked.pk, 999_999], salt=sponsorship.LINK.name),
        signing.dumps({"a": 1}, salt=sponsorship.LINK.name),
    ):
        url = reverse("answer_sponsorship", args=[bad])
        assert client.post(url, {"answer": "vouch"}).status_code == 404
    member.groups.clear()
    url = reverse("answer_sponsorship", args=[token])
    assert client.post(url, {"answer": "vouch"}).status_code == 404
    asked.refresh_from_db()
    assert asked.status == SponsorshipStatus.ASKED


def test_a_link_grows_old(client, asked, monkeypatch):
    url = reverse("answer_sponsorship", args=[sponsorship.seal(asked)])
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 29 * 86_400)
    assert client.get(url).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: now + 31 * 86_400)
    old = client.post(url, {"answer": "vouch"})
    assert old.status_code == 404
    assert "Il était valable 30 jours" in old.content.decode()
    asked.refresh_from_db()
    assert asked.status == SponsorshipStatus.ASKED


def test_an_answer_is_one_of_two_and_a_comment_too_long_is_kept(client, asked):
    url = reverse("answer_sponsorship", args=[sponsorship.seal(asked)])
    assert client.post(url, {"answer": "peut-être"}).status_code == 400
    page = client.post(url, {"answer": "vouch", "comment": "z" * 10_000})
    assert page.status_code == 400
    assert "z" * 10_000 in page.content.decode()
    asked.refresh_from_db()
    assert asked.status == SponsorshipStatus.ASKED


def test_nobody_answers_for_themselves(pending_client, pending, client):
    page = pending_client.post(
        reverse("ask_sponsor"), {"sponsor_email": pending.email.upper()}
    )
    assert page.status_code == 400
    assert 'role="alert"' in page.content.decode()
    page = ask(client, sponsor_email="claire@ville-exemple.fr")
    assert page.status_code == 200
    assert not Sponsorship.objects.exists()


def test_a_bad_address_of_a_sponsor_is_said_and_kept(pending_client):
    page = pending_client.post(
        reverse("ask_sponsor"), {"sponsor_email": "ali arobase ville"}
    )
    assert page.status_code == 400
    assert "ali arobase ville" in page.content.decode()


def test_three_people_are_asked_in_a_month_and_each_once(pending_client, pending):
    for name in ("ali", "bea", "ali", "cleo"):
        pending_client.post(
            reverse("ask_sponsor"), {"sponsor_email": f"{name}@ville.fr"}
        )
    assert pending.profile.sponsorships.count() == 3
    page = pending_client.post(
        reverse("ask_sponsor"), {"sponsor_email": "dan@ville.fr"}
    )
    assert page.status_code == 400
    assert "dan@ville.fr" in page.content.decode()
    later = timezone.now() + timedelta(days=31)
    services.ask_sponsor(profile=pending.profile, email="dan@ville.fr", now=later)
    assert pending.profile.sponsorships.count() == 4


def test_a_member_is_not_written_to_without_end(make_user, member):
    for _index in range(sponsorship.MAILS_PER_MEMBER + 2):
        user = make_user(status=MembershipStatus.PENDING)
        services.ask_sponsor(profile=user.profile, email=member.email)
        drain()
    assert len(mails_to(member)) == sponsorship.MAILS_PER_MEMBER


def test_past_the_limit_of_a_month_the_facilitators_decide(make_user, member):
    now = timezone.now()
    results = []
    for _index in range(sponsorship.ADMISSIONS_PER_MEMBER + 1):
        user = make_user(status=MembershipStatus.PENDING)
        asked = services.ask_sponsor(profile=user.profile, email=member.email)
        results.append(
            services.answer_sponsorship(
                sponsorship=asked, by=member, vouches=True, now=now
            )
        )
    assert results == [True] * sponsorship.ADMISSIONS_PER_MEMBER + [False]
    (left,) = Profile.objects.pending()
    assert left.sponsorships.get().status == SponsorshipStatus.VOUCHED


def test_a_sponsor_does_not_undo_what_facilitators_refused(
    pending, member, facilitator
):
    services.refuse(profile=pending.profile, by=facilitator, reason="Non.")
    services.correct_request(
        user=pending, first_name="A", last_name="B", sponsor_email=member.email
    )
    asked = pending.profile.sponsorships.get()
    assert not services.answer_sponsorship(sponsorship=asked, by=member, vouches=True)
    pending.profile.refresh_from_db()
    assert pending.profile.status == MembershipStatus.PENDING


def test_only_the_member_who_was_asked_answers(asked, pending, facilitator):
    for user in (facilitator, pending):
        with pytest.raises(services.admission.PermissionDenied):
            services.answer_sponsorship(sponsorship=asked, by=user, vouches=True)


def test_an_answer_after_the_decision_is_told_so(client, asked, pending, facilitator):
    url = reverse("answer_sponsorship", args=[sponsorship.seal(asked)])
    services.admit(profile=pending.profile, by=facilitator)
    assert client.get(url).status_code == 200
    page = client.post(url, {"answer": "decline"}, follow=True)
    assert page.status_code == 200
    asked.refresh_from_db()
    assert asked.status == SponsorshipStatus.ASKED


def test_a_domain_that_admits_leaves_the_sponsor_in_peace(client, member):
    EmailDomain.objects.create(domain="ville-exemple.fr")
    ask(client, sponsor_email=member.email)
    confirm(client)
    drain()
    assert not mails_to(member)


def test_a_member_finds_who_asks_on_the_page_of_their_membership(
    member_client, asked, pending
):
    page = member_client.get(reverse("membership")).content.decode()
    assert pending.get_full_name() in page
    assert "/adhesion/parrainage/" in page
