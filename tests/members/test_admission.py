import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse

from network_site.members import roles, services
from network_site.members.enums import MembershipStatus
from network_site.members.models import EmailDomain, Organization, Profile
from tests.members.asking import ask, confirm

pytestmark = pytest.mark.django_db


def test_a_request_is_proven_by_a_code_then_admitted_by_a_facilitator(
    client, client_for, facilitator
):
    ask(client)
    profile = Profile.objects.get(user__email="claire@ville-exemple.fr")
    assert profile.status == MembershipStatus.PENDING
    assert not Profile.objects.pending().exists(), "the address is not proven yet"

    assert confirm(client).status_code == 302
    assert list(Profile.objects.pending()) == [profile]
    assert [message.to for message in mail.outbox[1:]] == [[facilitator.email]]
    page = client.get(reverse("membership"))
    assert "en cours" in page.content.decode() or "examined" in page.content.decode()

    desk = client_for(facilitator)
    queue = desk.get(reverse("admissions")).content.decode()
    assert "claire@ville-exemple.fr" in queue
    desk.post(reverse("admission_decide", args=[profile.pk]), {"decision": "admit"})
    profile.refresh_from_db()
    assert profile.status == MembershipStatus.APPROVED
    assert profile.decided_by == facilitator
    assert profile.user.groups.filter(role__code=roles.MEMBERS).exists()
    assert mail.outbox[-1].to == ["claire@ville-exemple.fr"]


def test_an_approved_domain_admits_at_once(client):
    EmailDomain.objects.create(domain="ville-exemple.fr")
    ask(client)
    confirm(client)
    profile = Profile.objects.get(user__email="claire@ville-exemple.fr")
    assert profile.status == MembershipStatus.APPROVED
    assert profile.decided_by is None
    assert profile.user.groups.filter(role__code=roles.MEMBERS).exists()


def test_an_unproven_address_of_an_approved_domain_is_not_admitted(client):
    EmailDomain.objects.create(domain="ville-exemple.fr")
    ask(client)
    profile = Profile.objects.get(user__email="claire@ville-exemple.fr")
    assert profile.status == MembershipStatus.PENDING
    assert not profile.user.groups.exists()


def test_a_refusal_needs_a_reason_and_tells_it(client_for, facilitator, pending):
    desk = client_for(facilitator)
    url = reverse("admission_decide", args=[pending.profile.pk])
    page = desk.post(url, {"decision": "refuse", "reason": "  "})
    assert page.status_code == 200
    pending.profile.refresh_from_db()
    assert pending.profile.status == MembershipStatus.PENDING

    desk.post(url, {"decision": "refuse", "reason": "Le réseau est professionnel."})
    pending.profile.refresh_from_db()
    assert pending.profile.status == MembershipStatus.REFUSED
    assert "Le réseau est professionnel." in mail.outbox[-1].body
    assert not pending.groups.exists()


def test_the_second_facilitator_is_told_that_it_is_done(
    client_for, facilitator, pending
):
    desk = client_for(facilitator)
    url = reverse("admission_decide", args=[pending.profile.pk])
    desk.post(url, {"decision": "admit"})
    count = len(mail.outbox)
    page = desk.post(url, {"decision": "refuse", "reason": "Trop tard"}, follow=True)
    pending.profile.refresh_from_db()
    assert pending.profile.status == MembershipStatus.APPROVED
    assert len(mail.outbox) == count
    assert page.status_code == 200


def test_members_and_visitors_do_not_admit(client, member_client, pending):
    url = reverse("admission_decide", args=[pending.profile.pk])
    assert client.post(url, {"decision": "admit"}).status_code == 302
    assert member_client.post(url, {"decision": "admit"}).status_code == 403
    pending.profile.refresh_from_db()
    assert pending.profile.status == MembershipStatus.PENDING


def test_an_organisation_of_the_directory_is_recognised(client):
    body = Organization.objects.create(
        name="Ville d’Exemple", slug="ville-exemple", kind="municipality"
    )
    ask(client, organization_name=" ville  D’EXEMPLE ")
    profile = Profile.objects.get(user__email="claire@ville-exemple.fr")
    assert profile.organization == body
    assert profile.organization_name == ""


def test_a_known_address_is_not_given_away(client, member):
    page = ask(client, email=member.email)
    assert page.status_code == 302
    assert get_user_model().objects.filter(email=member.email).count() == 1
    assert mail.outbox[-1].to == [member.email]


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "pas-une-adresse"},
        {"first_name": "x" * 300},
        {"organization_name": ""},
        {"password1": "123"},
        {"territory": "99999"},
    ],
)
def test_a_bad_field_is_said_and_nothing_typed_is_lost(client, fields):
    page = ask(client, **fields)
    assert page.status_code == 200
    html = page.content.decode()
    assert 'role="alert"' in html
    assert "Je prépare un plan de lutte" in html
    assert not get_user_model().objects.exists()


def test_a_robot_that_fills_every_field_makes_no_account(client):
    ask(client, website_address="http://spam.example")
    assert not get_user_model().objects.exists()


def test_the_queue_costs_the_same_for_two_and_for_many(
    client_for, facilitator, make_user, assert_constant_queries
):
    def grow(number=20):
        for _index in range(number):
            user = make_user(status=MembershipStatus.PENDING)
            Profile.objects.filter(user=user).update(organization_name="Une école")
            for email in (facilitator.email, "ailleurs@exemple.fr"):
                services.ask_sponsor(profile=user.profile, email=email)

    grow(2)
    assert_constant_queries(client_for(facilitator), reverse("admissions"), grow)


def test_a_mailbox_that_anybody_opens_is_never_made_to_admit(admin_client):
    url = reverse("wagtailsnippets_members_emaildomain:add")
    page = admin_client.post(url, {"domain": "@Gmail.com", "admits_at_once": "on"})
    assert page.status_code == 200
    assert not EmailDomain.objects.exists()
    admin_client.post(url, {"domain": "@Ville.fr.", "admits_at_once": "on"})
    assert EmailDomain.objects.get().domain == "ville.fr"
