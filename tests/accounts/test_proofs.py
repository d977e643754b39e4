"""Whoever proves an address first ends what somebody else had left at it, by any way."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse

from network_site.accounts.proofs import is_proven
from network_site.members.enums import MembershipStatus
from network_site.members.models import EmailDomain, Profile
from tests.accounts.conftest import PASSWORD as OF_TESTS
from tests.accounts.conftest import log_in
from tests.members.asking import PASSWORD, ask, confirm, last_code, said
from tests.support.client import SiteClient

pytestmark = pytest.mark.django_db
EMAIL = "claire@ville-exemple.fr"
OWN = "celui-que-claire-choisit"


def by_login_code(client, email=EMAIL):
    client.post(reverse("account_request_login_code"), {"email": email})
    return client.post(
        reverse("account_confirm_login_code"), {"code": last_code()}, follow=True
    )


def by_forgotten_password(client, email=EMAIL):
    client.post(reverse("account_reset_password"), {"email": email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": last_code()})
    return client.post(
        reverse("account_complete_password_reset"),
        {"password1": OWN, "password2": OWN},
        follow=True,
    )


@pytest.fixture
def squatted(db):
    """An account at Claire's address, opened by a stranger who has a session in it."""
    ask(SiteClient(), email=EMAIL)
    user = get_user_model().objects.get()
    session = SiteClient()
    session.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    UserSession.objects.create(
        user=user, ip="192.0.2.1", session_key=session.session.session_key
    )
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "x"})
    assert session.get(reverse("membership_request")).status_code == 200
    user.stranger = session
    return user


@pytest.mark.parametrize("prove", [by_login_code, by_forgotten_password])
def test_nothing_of_the_stranger_serves_after_the_owner_came(squatted, prove):
    owner = SiteClient()
    prove(owner)
    squatted.refresh_from_db()
    assert is_proven(squatted)
    assert not squatted.check_password(PASSWORD)
    assert squatted.check_password(OWN) is (prove is by_forgotten_password)
    assert not Authenticator.objects.filter(user=squatted).exists()
    answer = squatted.stranger.get(reverse("membership_request"))
    assert answer["Location"].startswith(reverse("account_login"))
    _client, answer = log_in(EMAIL, PASSWORD)
    assert answer.status_code == 200, "the password of the stranger opens nothing"


@pytest.mark.parametrize("prove", [by_login_code, by_forgotten_password])
def test_a_domain_admits_whichever_way_the_address_is_proven(squatted, prove):
    EmailDomain.objects.create(domain="ville-exemple.fr", admits_at_once=True)
    prove(SiteClient())
    assert Profile.objects.get().status == MembershipStatus.APPROVED


@pytest.mark.parametrize("prove", [by_login_code, by_forgotten_password])
def test_facilitators_are_told_whichever_way_the_address_is_proven(
    facilitator, client_for, prove
):
    ask(SiteClient(), email=EMAIL)
    queue = client_for(facilitator)
    assert EMAIL not in queue.get(reverse("admissions")).content.decode()
    mail.outbox.clear()
    prove(SiteClient())
    assert EMAIL in queue.get(reverse("admissions")).content.decode()
    assert [one for one in mail.outbox if one.to == [facilitator.email]]
    # Proven already: nobody is told twice.
    mail.outbox.clear()
    client = SiteClient()
    by_login_code(client)
    assert client.get(reverse("membership")).context["user"].email == EMAIL
    assert not [one for one in mail.outbox if one.to == [facilitator.email]]


def test_whoever_logs_in_by_a_code_is_told_what_became_of_the_password(db):
    ask(SiteClient(), email=EMAIL)
    page = by_login_code(SiteClient())
    assert "mot de passe" in said(page)
    assert "mot de passe" not in said(by_login_code(SiteClient()))


@pytest.mark.parametrize("way", ["sign-up", "password"])
def test_whoever_chose_the_password_keeps_it(client, way):
    ask(client, email=EMAIL)
    if way == "password":
        client, _answer = log_in(EMAIL, PASSWORD)
    confirm(client)
    assert is_proven(get_user_model().objects.get())
    _client, answer = log_in(EMAIL, PASSWORD)
    assert answer.status_code == 302


def change_to(client, email):
    answer = client.post(reverse("account_email"), {"action_add": "", "email": email})
    if "reauthenticate" in answer["Location"]:
        client.post(answer["Location"], {"password": OF_TESTS})
    return confirm(client, client.session["account_email_verification_code"]["code"])


def test_another_address_of_mine_is_not_held_by_a_stranger(member, proven):
    ask(SiteClient(), email=EMAIL)
    client, _answer = log_in(proven(member).email, OF_TESTS)
    change_to(client, EMAIL)
    member.refresh_from_db()
    assert member.email == EMAIL
    assert get_user_model().objects.get() == member
    assert member.check_password(OF_TESTS), "what was one's own stays"


def test_an_address_that_is_somebody_s_is_refused_in_words(member, proven, make_user):
    other = make_user("autre@exemple.fr", status=MembershipStatus.APPROVED)
    client, _answer = log_in(proven(member).email, OF_TESTS)
    page = change_to(client, other.email)
    assert page.status_code == 200
    assert "déjà" in str(page.context["form"].errors)
    member.refresh_from_db()
    assert member.email != other.email


def test_a_second_address_proven_ends_nothing(member, proven):
    client, _answer = log_in(proven(member).email, OF_TESTS)
    elsewhere, _answer = log_in(member.email, OF_TESTS)
    change_to(client, "neuve@exemple.fr")
    assert elsewhere.get("/mon-espace/").status_code == 200
    member.refresh_from_db()
    assert (member.email, member.check_password(OF_TESTS)) == ("neuve@exemple.fr", True)


def test_an_account_made_in_the_back_office_is_asked_for_one_code(make_user):
    user = make_user("neuve@exemple.fr")
    mail.outbox.clear()
    client = SiteClient()
    by_login_code(client, user.email)
    assert client.get(reverse("membership")).wsgi_request.user == user
    assert len([one for one in mail.outbox if one.to == [user.email]]) == 1


def test_a_request_asked_again_after_a_refusal_is_never_admitted_by_a_domain(
    make_user,
):
    EmailDomain.objects.create(domain="exemple.fr", admits_at_once=True)
    user = make_user("refusee@exemple.fr", status=MembershipStatus.PENDING)
    profile = user.profile
    profile.decided_at = profile.requested_at
    profile.save()
    user.emailaddress_set.update(verified=False)
    by_login_code(SiteClient(), user.email)
    profile.refresh_from_db()
    assert profile.status == MembershipStatus.PENDING
