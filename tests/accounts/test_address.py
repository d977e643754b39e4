"""Changing one's address: proven, told to the former one, and nothing else."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from network_site.core.outbox import drain, emit
from network_site.members import roles
from network_site.members.enums import CheckReason
from network_site.members.models import EmailDomain, EmployerCheck, Organization
from tests.accounts.conftest import PASSWORD, log_in

pytestmark = pytest.mark.django_db


def test_a_new_address_is_proven_told_to_the_old_one_and_changes_no_membership(
    member, proven, monkeypatch
):
    proven(member)
    client, _answer = log_in(member.email)
    told = []
    monkeypatch.setattr(
        "network_site.members.security_adapters.emit",
        lambda kind, **ids: told.append((kind, ids)),
    )
    former = member.email
    again = client.post(
        reverse("account_email"), {"action_add": "", "email": "neuve@exemple.fr"}
    )
    if "reauthenticate" in again["Location"]:
        again = client.post(again["Location"], {"password": PASSWORD})
    code = [one for one in mail.outbox if one.to == ["neuve@exemple.fr"]][-1]
    member.refresh_from_db()
    assert member.email == former

    digits = client.session["account_email_verification_code"]["code"]
    assert digits in code.body
    client.post(reverse("account_email_verification_sent"), {"code": digits})

    member.refresh_from_db()
    assert member.email == "neuve@exemple.fr"
    assert EmailAddress.objects.get(user=member).email == "neuve@exemple.fr"
    assert told == [("account.address_changed", {"user_id": member.pk})]
    assert roles.is_member(member)
    assert any(one.to == [former] for one in mail.outbox)


def test_giving_a_former_employer_s_address_up_closes_the_question_about_it(member):
    left = Organization.objects.create(name="Ville de Bidule")
    EmailDomain.objects.create(domain="bidule.example", organization=left)
    check = EmployerCheck.objects.create(
        profile=member.profile, organization=left, reason=CheckReason.ADDRESS
    )
    for email, is_open in (("ada@bidule.example", True), ("ada@neuf.example", False)):
        member.email = email
        member.save()
        emit("account.address_changed", user_id=member.pk)
        drain()
        check.refresh_from_db()
        assert (check.handled_at is None) is is_open, email
