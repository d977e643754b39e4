"""Staff prove who they are twice; others need not."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.journal.services import record
from network_site.members import roles, second_factor
from network_site.members.enums import BodyRole
from network_site.members.models import BodyGroup, Organization
from tests.accounts.conftest import PASSWORD, code_now, log_in

pytestmark = pytest.mark.django_db
SECURITY = "/comptes/securite/"


@pytest.fixture(autouse=True)
def no_grace(settings):
    settings.SECOND_FACTOR_GRACE_DAYS = 0


def test_each_staff_role_and_no_other_asks_for_it(make_user, administrator, pending):
    for role in roles.STAFF:
        assert second_factor.is_staff_person(make_user(None, roles.MEMBERS, role))
    assert second_factor.is_staff_person(administrator)
    member = make_user(None, roles.MEMBERS, "Salon privé")
    assert not second_factor.is_staff_person(member)
    assert not second_factor.is_staff_person(pending)

    body = make_user(None, roles.MEMBERS, "Contributeurs de Bidule")
    BodyGroup.objects.create(
        group=Group.objects.get(name="Contributeurs de Bidule"),
        organization=Organization.objects.create(name="Bidule"),
        role=BodyRole.CONTRIBUTOR,
    )
    assert second_factor.is_staff_person(body)

    made_in_admin = make_user(None, roles.MEMBERS, "Groupe maison")
    Group.objects.get(name="Groupe maison").permissions.add(
        Permission.objects.get(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
    )
    assert second_factor.is_staff_person(made_in_admin)


def test_without_one_every_page_but_the_account_leads_to_setting_one_up(
    facilitator_client,
):
    for path in ("/", "/adhesion/demandes/", "/mon-espace/", "/admin/", "/annuaire/"):
        response = facilitator_client.get(path)
        assert (response.status_code, response["Location"]) == (302, SECURITY), path
    page = facilitator_client.get(SECURITY).content.decode()
    assert "Votre rôle demande un second facteur" in page
    assert facilitator_client.get(reverse("account_email")).status_code == 200
    assert facilitator_client.post(reverse("account_logout")).status_code == 302


def test_what_was_typed_meanwhile_comes_back_but_no_password(facilitator_client):
    response = facilitator_client.post(
        "/discussions/nouvelle/",
        {"title": "Une question longue", "password1": "secret", "code": "123456"},
    )
    page = response.content.decode()
    assert response.status_code == 403
    assert 'value="Une question longue"' in page
    assert "secret" not in page
    assert "123456" not in page


def test_files_and_suggestions_are_those_of_a_visitor(facilitator_client):
    response = facilitator_client.get("/recherche/suggestions/", {"q": "tex"})
    assert response.status_code == 200


def test_members_are_asked_nothing(member_client):
    assert member_client.get("/mon-espace/").status_code == 200


def test_days_of_grace_run_from_the_account_or_from_the_role(settings, facilitator):
    settings.SECOND_FACTOR_GRACE_DAYS = 10
    now = timezone.now()
    facilitator.date_joined = now - timedelta(days=4)
    assert (second_factor.standing_of(facilitator, now).until - now).days in {5, 6}
    facilitator.date_joined = now - timedelta(days=11)
    assert second_factor.standing_of(facilitator, now).until is None
    # Given to oneself, or a private space: neither begins the days of grace.
    record(Action.ROLE_GIVEN, subject=facilitator, actor=facilitator, role="x")
    space = Group.objects.create(name="Salon privé")
    record(Action.ROLE_GIVEN, subject=facilitator, about=space)
    assert second_factor.standing_of(facilitator, now).until is None
    record(Action.ROLE_GIVEN, subject=facilitator, about=roles.group_of(roles.EDITORS))
    assert (second_factor.standing_of(facilitator, now).until - now).days in {9, 10}


def test_another_role_does_not_begin_the_days_of_grace_again(settings, facilitator):
    settings.SECOND_FACTOR_GRACE_DAYS = 10
    facilitator.date_joined = timezone.now() - timedelta(days=100)
    record(Action.ROLE_GIVEN, subject=facilitator, role="administrator")
    first = second_factor.standing_of(facilitator).until
    record(Action.ROLE_GIVEN, subject=facilitator, role="administrator")
    assert second_factor.standing_of(facilitator).until == first


def test_an_administrator_who_takes_a_role_again_gains_no_time(
    settings, admin_client, administrator
):
    """Through the back office, as an administrator would."""
    settings.SECOND_FACTOR_GRACE_DAYS = 10
    administrator.date_joined = timezone.now() - timedelta(days=9, hours=12)
    administrator.first_name, administrator.last_name = "Ada", "Martin"
    administrator.save()
    before = second_factor.standing_of(administrator).until
    url = reverse("wagtailusers_users:edit", args=[administrator.pk])
    form = {
        "email": administrator.email,
        "first_name": "Ada",
        "last_name": "Martin",
        "is_active": "on",
        "is_superuser": "on",
        "groups": [roles.group_of(roles.EDITORS).pk],
    }
    assert admin_client.post(url, form).status_code == 302
    administrator.refresh_from_db()
    assert Entry.objects.filter(action=Action.ROLE_GIVEN).exists()
    assert second_factor.standing_of(administrator).until == before


def test_during_the_days_of_grace_each_page_says_until_when(
    settings, facilitator_client, facilitator
):
    settings.SECOND_FACTOR_GRACE_DAYS = 10
    page = facilitator_client.get("/mon-espace/")
    assert page.status_code == 200
    assert "vous pouvez vous en passer jusqu’au" in page.content.decode()


def test_setting_an_application_up_opens_the_page_that_was_asked_for(
    facilitator, proven
):
    proven(facilitator)
    client, _answer = log_in(facilitator.email)
    client.get("/adhesion/demandes/")
    again = client.get(reverse("mfa_activate_totp"))
    client.post(again["Location"], {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    wrong = client.post(reverse("mfa_activate_totp"), {"code": "abcdef"})
    assert "Ce code n’est pas le bon" in wrong.content.decode()
    secret = wrong.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(done["Location"]).content.decode()
    assert 'href="/adhesion/demandes/"' in codes
    assert "Il reste 10 codes sur 10" in codes
    assert client.get("/adhesion/demandes/").status_code == 200
    assert "Une application d’authentification protège" in mail.outbox[-1].body
    assert "Avec : Un navigateur que nous ne reconnaissons pas" in (
        mail.outbox[-1].body.replace("\u00a0", " ")
    )


def test_logging_in_asks_for_the_code_and_a_recovery_code_serves_once(
    facilitator, proven, with_application
):
    proven(facilitator)
    _secret, codes = with_application(facilitator)
    for status in (302, 200):
        client, answer = log_in(facilitator.email)
        assert answer["Location"] == reverse("mfa_authenticate")
        assert client.get("/adhesion/demandes/")["Location"].startswith(
            "/comptes/login"
        )
        answer = client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert answer.status_code == status
    assert "Ce code n’est pas le bon" in answer.content.decode()


def test_a_session_that_did_not_show_it_is_asked_to_whatever_it_wants(
    facilitator, facilitator_client, with_application
):
    secret, _codes = with_application(facilitator)
    for path in ("/adhesion/demandes/", SECURITY, reverse("mfa_deactivate_totp")):
        answer = facilitator_client.get(path)
        assert answer["Location"].startswith(reverse("mfa_reauthenticate")), path

    url = facilitator_client.get("/adhesion/demandes/")["Location"]
    answer = facilitator_client.post(
        url, {"code": code_now(secret), "next": "/adhesion/demandes/"}
    )
    assert answer["Location"] == "/adhesion/demandes/"
    assert facilitator_client.get("/adhesion/demandes/").status_code == 200


def test_an_administrator_removes_a_lost_one_and_the_person_is_told(
    administrator, admin_client, facilitator, proven, with_application
):
    proven(facilitator)
    secret, _codes = with_application(facilitator)
    with_application(administrator)
    session = admin_client.session
    session[second_factor.SHOWN] = administrator.pk
    session.save()
    theirs, _answer = log_in(facilitator.email)
    theirs.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert theirs.get("/mon-espace/").status_code == 200
    mail.outbox.clear()

    url = reverse("second_factor_reset", args=[facilitator.pk])
    assert url in admin_client.get("/admin/users/").content.decode()
    assert "application" in admin_client.get(url).content.decode()
    admin_client.post(url)
    admin_client.post(url)

    assert not Authenticator.objects.filter(user=facilitator).exists()
    entry = Entry.objects.get(action=Action.SECOND_FACTOR_RESET)
    assert (entry.actor, entry.subject, entry.detail) == (
        administrator,
        facilitator,
        {"factors": 1},
    )
    assert theirs.get("/mon-espace/")["Location"].startswith("/comptes/login")
    told = [one for one in mail.outbox if one.to == [facilitator.email]]
    assert [one.subject for one in told] == ["Votre second facteur a été retiré"]


def test_nobody_but_an_administrator_removes_one(
    settings, facilitator, editor_client, with_application
):
    settings.SECOND_FACTOR_GRACE_DAYS = 36_500
    with_application(facilitator)
    editor_client.post(reverse("second_factor_reset", args=[facilitator.pk]))
    assert Authenticator.objects.filter(user=facilitator).count() == 2


def test_the_rule_costs_a_member_nothing(member, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = member
    roles.codes_of(member)
    with django_assert_num_queries(0):
        assert second_factor.standing_of(member) is None
