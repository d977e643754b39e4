"""No form tells whether an address is known: same page, same sentence, same work."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.urls import reverse

from network_site.members.models import Organization
from tests.accounts.conftest import PASSWORD, log_in
from tests.support.client import SiteClient

pytestmark = pytest.mark.django_db
UNKNOWN = "inconnue@exemple.fr"
_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+|\b\d{2} h \d{2}\b')


@pytest.fixture
def hashes(monkeypatch):
    """The number of passwords hashed so far, as a list of one item a time."""
    seen = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        seen.append(1)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return seen


@pytest.fixture
def trace(hashes):
    """trace(address, *requests) plays them and returns all that an onlooker could see."""

    def play(address, *steps, client=None):
        client = client or SiteClient()
        hashes.clear()
        mail.outbox.clear()
        seen = []
        for url, data in steps:
            answer = client.post(
                reverse(url),
                {name: value.replace("{}", address) for name, value in data.items()},
            )
            page = answer.content.decode()
            if answer.status_code == 302:
                page = client.get(answer["Location"]).content.decode()
            seen.append(
                (
                    answer.status_code,
                    answer.get("Location"),
                    _TOKEN.sub("", page.replace(address, "X")),
                )
            )
        return seen, len(hashes), [one.to for one in mail.outbox] == [[address]]

    return play


WRONG = {"code": "ZZZZZZ"}
LOG_IN = [("account_login", {"login": "{}", "password": "faux-faux"})]
CODE = [("account_request_login_code", {"email": "{}"})]
RESET = [("account_reset_password", {"email": "{}"})]


@pytest.mark.parametrize(
    "steps",
    [
        LOG_IN,
        CODE,
        [*CODE, ("account_confirm_login_code", WRONG)],
        [*CODE, *[("account_confirm_login_code", WRONG)] * 3],
        RESET,
        [*RESET, ("account_confirm_password_reset_code", WRONG)],
        [*RESET, *[("account_confirm_password_reset_code", WRONG)] * 3],
    ],
)
def test_a_visitor_sees_the_same_for_a_known_address(member, proven, trace, steps):
    proven(member)
    # Once before: what is imported or cached the first time must not count.
    trace("personne@exemple.fr", *steps)
    assert trace(member.email, *steps) == trace(UNKNOWN, *steps)


def test_an_account_without_a_password_or_closed_is_no_different(
    make_user, proven, trace
):
    for change in ({"password": "!"}, {"is_active": False}):
        user = proven(make_user())
        for name, value in change.items():
            setattr(user, name, value)
        user.save()
        for steps in (LOG_IN, CODE, RESET):
            trace("personne@exemple.fr", *steps)
            seen, hashed, _mailed = trace(user.email, *steps)
            expected, expected_hashed, _mailed = trace(UNKNOWN, *steps)
            assert (seen, hashed) == (expected, expected_hashed), (change, steps)


def test_asking_to_join_with_a_known_address_looks_the_same(member, proven, trace, db):
    proven(member)
    Organization.objects.create(name="Ville de Bidule")
    form = {
        "email": "{}",
        "password1": "une phrase assez longue",
        "first_name": "Ada",
        "last_name": "Martin",
        "job_title": "Chargée de mission",
        "organization_name": "Ville de Bidule",
        "other_organization": "Ville de Bidule",
    }
    page = SiteClient().get(reverse("account_signup"))
    for field in page.context["form"]:
        if field.field.required and field.name not in form:
            choices = [
                key for key, _label in getattr(field.field, "choices", []) if key
            ]
            form[field.name] = str(choices[0]) if choices else "x"
    steps = [("account_signup", form)]
    known = trace(member.email, *steps)
    unknown = trace(UNKNOWN, *steps)
    assert unknown[0][0][0] == 302, "the form of the test no longer suits"
    assert known == unknown


def test_taking_the_address_of_another_looks_the_same(
    member, facilitator, proven, trace
):
    proven(facilitator)
    client, _answer = log_in(proven(member).email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    steps = [("account_email", {"action_add": "", "email": "{}"})]
    trace("personne@exemple.fr", *steps, client=client)
    known = trace(facilitator.email, *steps, client=client)
    assert known == trace(UNKNOWN, *steps, client=client)
