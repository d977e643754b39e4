"""The journal in the back office: who reads it, how it is filtered, what leaves with it."""

import csv
import io
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils.text import capfirst
from openpyxl import load_workbook
from wagtail.models import Page

from forums.models import Forum
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.journal.services import record
from network_site.members import roles

pytestmark = pytest.mark.django_db


def index(**query):
    return reverse("journal:index") + (f"?{urlencode(query)}" if query else "")


@pytest.fixture
def entries(facilitator, make_user):
    person = make_user("zoe@exemple.fr", first_name="Zoé", last_name="Untel")
    group = roles.group_of(roles.EDITORS)
    record(Action.ROLE_GIVEN, actor=facilitator, subject=person, about=group)
    record(Action.CONTENT_HIDDEN, actor=person, about=Page.objects.get(depth=1))
    record(Action.ACCOUNT_ERASED)
    return person


def table(response):
    """The words of the list, without its filters."""
    content = response.content.decode()
    start = content.index("<tbody", content.index('id="listing-results"'))
    return content[start : content.index("</tbody>", start)]


def test_only_administrators_read_it(client_for, facilitator, editor, administrator):
    access = Permission.objects.get(codename="access_admin")
    for user in (facilitator, editor):
        for group in user.groups.all():
            group.permissions.add(access)
        assert client_for(user).get(index()).status_code == 302
        assert index() not in client_for(user).get("/admin/").content.decode()
    client = client_for(administrator)
    assert client.get(index()).status_code == 200
    assert index() in client.get("/admin/").content.decode()


def test_nobody_writes_in_it_not_even_an_administrator(admin_client, entries):
    entry = Entry.objects.first()
    for name, args in (("add", []), ("edit", [entry.pk]), ("delete", [entry.pk])):
        for method in ("get", "post"):
            response = getattr(admin_client, method)(
                reverse(f"journal:{name}", args=args)
            )
            assert response.status_code in {302, 403, 404, 405}, (name, method)
    assert Entry.objects.count() == 3
    listing = admin_client.get(index()).content.decode()
    assert reverse("journal:add") not in listing
    assert reverse("journal:edit", args=[entry.pk]) not in listing


def test_it_says_who_decided_what_about_whom(admin_client, entries, facilitator):
    page = table(admin_client.get(index()))
    assert str(facilitator) in page
    assert "Zoé Untel" in page
    assert reverse("wagtailusers_users:edit", args=[entries.pk]) in page
    group = roles.group_of(roles.EDITORS)
    assert group.name in page
    assert reverse("wagtailusers_groups:edit", args=[group.pk]) in page


def test_who_is_gone_is_named_no_more(admin_client, entries):
    entries.delete()
    page = table(admin_client.get(index()))
    assert "Zoé" not in page
    assert "zoe@exemple.fr" not in page
    assert capfirst(str(Action.ROLE_GIVEN.label)) in page


def test_what_is_gone_is_said_to_be(admin_client, entries):
    group = Group.objects.create(name="Anciens pairs")
    record(Action.ROLE_GIVEN, subject=entries, about=group)
    assert "Anciens pairs" in table(admin_client.get(index(action="role_given")))
    group.delete()
    assert "Anciens pairs" not in table(admin_client.get(index(action="role_given")))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"action": "role_given"}, {"role_given"}),
        ({"actor": "zoé"}, {"content_hidden"}),
        ({"actor": "animation@exemple.fr"}, {"role_given"}),
        ({"subject": "untel zoé"}, {"role_given"}),
        ({"object_kind": "wagtailcore.page"}, {"content_hidden"}),
        ({"at_to": "2001-01-01"}, set()),
        ({"at_from": "2001-01-01", "actor": "personne"}, set()),
    ],
)
def test_it_is_filtered(admin_client, entries, query, expected):
    response = admin_client.get(index(**query))
    got = {entry.action for entry in response.context["object_list"]}
    assert got == expected


@pytest.mark.parametrize(
    "query",
    [
        {"action": "no_such"},
        {"at_from": "demain"},
        {"actor": "\x00" * 9},
        {"actor": "a" * 3000},
        {"object_kind": "x.y"},
        {"p": "abc"},
        {"ordering": "password"},
    ],
)
def test_a_bad_filter_is_told_or_left_aside(admin_client, entries, query):
    assert admin_client.get(index(**query)).status_code == 200


def test_its_export_is_what_was_asked_for_and_leaves_a_trace(
    admin_client, administrator, entries
):
    response = admin_client.get(index(action="role_given", export="csv"))
    rows = list(csv.reader(io.StringIO(response.getvalue().decode())))
    assert len(rows) == 2
    assert "Zoé Untel" in rows[1]
    trace = Entry.objects.first()
    assert (trace.action, trace.actor) == (Action.LIST_EXPORTED, administrator)
    assert trace.detail == {"list": "journal", "rows": 1, "format": "csv"}


def test_no_name_becomes_a_formula_in_a_spreadsheet(admin_client, make_user):
    villain = make_user(first_name="=HYPERLINK(1)", last_name="")
    record(Action.MEMBER_ADMITTED, subject=villain)
    sheet = load_workbook(
        io.BytesIO(admin_client.get(index(export="xlsx")).getvalue())
    ).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_list_costs_the_same_whatever_its_length(
    admin_client, entries, make_user, assert_constant_queries
):
    def grow():
        for number in range(12):
            person = make_user()
            forum = Forum.objects.create(name=f"E {number}", slug=f"e-{number}")
            record(Action.RIGHTS_CHANGED, actor=person, subject=person, about=forum)

    forum = Forum.objects.create(name="Espace", slug="espace")
    record(Action.RIGHTS_CHANGED, about=forum)
    assert_constant_queries(admin_client, index(), grow)
