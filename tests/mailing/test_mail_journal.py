"""The journal of mails in the back office: who sees it, what stands out, nothing to write."""

import pytest
from django.urls import reverse
from django.utils import timezone

from network_site.mailing import bounces
from network_site.mailing.enums import MailStatus
from network_site.mailing.models import (
    AddressHealth,
    Bounce,
    OutgoingMail,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_access")]


@pytest.fixture
def mails(member):
    def make(key, status, **more):
        return OutgoingMail.objects.create(
            key=key,
            kind="digest",
            user=member,
            address=f"{key}@exemple.fr",
            subject=f"Sujet {key}",
            status=status,
            **more,
        )

    return {
        "sent": make("sent", MailStatus.SENT, sent_at=timezone.now()),
        "uncertain": make("uncertain", MailStatus.UNCERTAIN),
        "failed": make(
            "failed", MailStatus.FAILED, error="Traceback\n  x\nKeyError: 'nom'"
        ),
    }


def admin_url(path):
    return reverse("wagtailadmin_home") + path


def test_facilitators_see_who_was_written_to_and_what_needs_a_look(
    facilitator, client_for, mails
):
    AddressHealth.objects.create(
        address="a@exemple.fr", hard_bounces=2, suspended_at=timezone.now()
    )
    response = client_for(facilitator).get(admin_url("mails/"))
    page = response.content.decode()
    assert response.status_code == 200
    for mail in mails.values():
        assert mail.address in page
        # It may name what a facilitator may not read.
        assert mail.subject not in page
    assert "KeyError" in page
    assert "nom&#x27;" not in page
    assert "?status=uncertain" in page
    assert "?status=failed" in page
    assert "?suspended=true" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?status=uncertain", {"uncertain"}),
        ("?status=uncertain&status=failed", {"uncertain", "failed"}),
        ("?q=SENT@exemple", {"sent"}),
        ("?q=Sujet", set()),
        ("?kind=digest&status=sent", {"sent"}),
        ("?status=nonsense&p=abc", None),
        ("?sent_at_from=abc&kind=x", None),
    ],
)
def test_the_journal_is_filtered_and_bad_values_break_nothing(
    facilitator, client_for, mails, query, expected
):
    response = client_for(facilitator).get(admin_url(f"mails/results/{query}"))
    assert response.status_code in {200, 404} if expected is None else 200
    if expected is not None:
        page = response.content.decode()
        assert {key for key in mails if f"{key}@exemple.fr" in page} == expected


def test_subject_and_error_are_the_administrators_to_read(
    administrator, facilitator, client_for, mails
):
    path = admin_url(f"mails/inspect/{mails['failed'].pk}/")
    full = client_for(administrator).get(path).content.decode()
    assert "KeyError" in full
    assert "Sujet failed" in full
    partial = client_for(facilitator).get(path).content.decode()
    assert "failed@exemple.fr" in partial
    assert "KeyError" not in partial
    assert "Sujet failed" not in partial


def test_nobody_else_sees_it_and_nobody_writes(
    editor, administrator, client_for, mails
):
    pk = mails["sent"].pk
    for path in ("mails/", f"mails/inspect/{pk}/", "returned_mails/", "addresses/"):
        assert client_for(editor).get(admin_url(path)).status_code in {302, 403, 404}
        assert client_for(administrator).get(admin_url(path)).status_code == 200
    for path in (f"mails/edit/{pk}/", f"mails/delete/{pk}/", "mails/new/"):
        response = client_for(administrator).post(admin_url(path), {"status": "sent"})
        # A closed address does not exist.
        assert response.status_code in {302, 403, 404}
    assert OutgoingMail.objects.filter(pk=pk, status=MailStatus.SENT).exists()


def test_a_facilitator_lifts_a_suspension(facilitator, editor, client_for):
    for number in range(2):
        bounces.note_bounce(
            report_id=f"r{number}",
            address="a@exemple.fr",
            status="5.1.1",
            diagnostic="User unknown",
            is_hard=True,
        )
    health = bounces.health_of("a@exemple.fr")
    path = admin_url(f"addresses/lift/{health.pk}/")
    client = client_for(facilitator)
    assert path in client.get(admin_url("addresses/")).content.decode()
    assert "a@exemple.fr" in client.get(path).content.decode()
    assert bounces.is_suspended("a@exemple.fr")
    client_for(editor).post(path)
    assert bounces.is_suspended("a@exemple.fr")
    assert client.post(path).status_code == 302
    assert not bounces.is_suspended("a@exemple.fr")
    assert client.get(admin_url("addresses/lift/99999/")).status_code == 404
    page = client.get(admin_url("returned_mails/")).content.decode()
    assert "User unknown" in page
    assert Bounce.objects.count() == 2


def test_the_list_costs_the_same_for_few_and_for_many(
    administrator, client_for, mails, member, assert_constant_queries
):
    assert_constant_queries(
        client_for(administrator),
        admin_url("mails/"),
        grow=lambda: OutgoingMail.objects.bulk_create(
            OutgoingMail(
                key=f"m{n}", kind="digest", user=member, address="a@exemple.fr"
            )
            for n in range(30)
        ),
    )
