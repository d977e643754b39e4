"""Every door leads to our log-in page, and from there to where one was going."""

import pytest
from django.urls import reverse

from tests.accounts.conftest import PASSWORD, code_now, log_in
from tests.support.client import SiteClient

pytestmark = pytest.mark.django_db
LOGIN = "/comptes/login/"


@pytest.mark.parametrize(
    ("door", "leads_to"),
    [
        ("/admin/", f"{LOGIN}?next=/admin/"),
        ("/admin/pages/", f"{LOGIN}?next=/admin/pages/"),
        ("/admin/login/", LOGIN),
        ("/admin/login/?next=/admin/pages/", f"{LOGIN}?next=/admin/pages/"),
        ("/en/admin/login/?next=/en/admin/", f"/en{LOGIN}?next=/en/admin/"),
        ("/_util/login/?next=/mon-espace/", f"{LOGIN}?next=/mon-espace/"),
        ("/admin/password_reset/", "/comptes/password/reset/"),
        ("/admin/password_reset/confirm/MQ/x-y/", "/comptes/password/reset/"),
        ("/mon-espace/", f"{LOGIN}?next=/mon-espace/"),
    ],
)
def test_every_door_leads_to_ours(client, door, leads_to):
    for answer in (client.get(door), client.post(door, {"username": "a"})):
        assert (answer.status_code, answer["Location"]) == (302, leads_to)


def test_the_door_of_django_s_own_admin_does_not_exist(client):
    assert client.get("/django-admin/").status_code == 404
    assert client.get("/admin/django/").status_code in {302, 404}


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://mal.example/",
        "//mal.example/",
        "/\\mal.example/",
        "javascript:alert(1)",
    ],
)
def test_logging_in_never_leads_to_another_site(member, proven, elsewhere):
    proven(member)
    client = SiteClient()
    page = client.get("/admin/login/", {"next": elsewhere}, follow=True)
    assert page.status_code == 200
    answer = client.post(
        LOGIN, {"login": member.email, "password": PASSWORD, "next": elsewhere}
    )
    assert answer["Location"] == reverse("dashboard")


def test_staff_come_back_to_where_they_were_going_second_factor_included(
    editor, proven, with_application
):
    proven(editor)
    secret, _codes = with_application(editor)
    client = SiteClient()
    page = client.get(client.get("/admin/pages/")["Location"])
    assert 'name="next" value="/admin/pages/"' in page.content.decode()
    answer = client.post(
        LOGIN, {"login": editor.email, "password": PASSWORD, "next": "/admin/pages/"}
    )
    answer = client.post(answer["Location"], {"code": code_now(secret)})
    assert answer["Location"] == "/admin/pages/"
    assert client.get("/admin/pages/").status_code in {200, 302}


@pytest.mark.parametrize("door", ["/admin/", "/en/admin/pages/"])
def test_a_member_without_a_role_is_told_so_at_the_door_of_the_admin(
    member_client, door
):
    answer = member_client.get(door, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].endswith("/mon-espace/")
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_who_is_logged_in_already_goes_where_they_were_going(member, proven):
    client, _answer = log_in(proven(member).email)
    answer = client.get(LOGIN, {"next": "/annuaire/"})
    assert answer["Location"] == "/annuaire/"
