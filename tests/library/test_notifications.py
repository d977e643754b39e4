"""Whom a record reaches, once, and what becomes of it afterwards."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from library.models import LegalStatusEntry
from library.services import create_record, publish_record, set_legal_status
from network_site.core.outbox import drain
from network_site.members.models import Organization
from network_site.notifications.enums import Channel
from network_site.notifications.items import happenings
from network_site.notifications.models import Delivery, Follow, Item
from network_site.registries.enums import (
    Level,
    Reason,
)
from network_site.registries.notifications import item_notification
from tests.library.factories import make_territory, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(library):
    """record(title="…") returns a published text."""

    def make(**fields):
        fields = {"title": "Une loi", "text_type": "law", **fields}
        return publish_record(page=create_record(parent=library, **fields))

    return make


def follow(user, kind, pk, level=Level.SUMMARY):
    Follow.objects.create(user=user, kind=kind, target=str(pk), level=level)


def told(name):
    rows = Delivery.objects.filter(item__name=name).select_related("user")
    return {one.user: (one.reason, one.channel) for one in rows}


def known_for(page, days):
    """Readers have known `page` for that long."""
    type(page).objects.filter(pk=page.pk).update(
        first_published_at=timezone.now() - timedelta(days=days)
    )
    page.refresh_from_db()


def test_a_record_reaches_who_follows_its_theme_its_place_its_issuer_or_the_library(
    record, make_user
):
    broad = make_theme("sante", "Santé")
    region = make_territory("region", "76", "Occitanie")
    department = make_territory("department", "30", "Gard", parent=region)
    issuer = Organization.objects.create(name="Agence", slug="agence", kind="agency")
    other = make_theme("emploi", "Emploi")
    people = [make_user() for _n in range(4)]
    stranger = make_user()
    follow(people[0], "theme", broad.pk)
    follow(people[1], "territory", region.pk)
    follow(people[2], "organization", issuer.pk)
    follow(people[3], "space", "library")
    follow(stranger, "theme", other.pk, Level.ALL)
    record(
        themes=[make_theme("pmi", "PMI", parent=broad)],
        territories=[department],
        publisher=issuer,
    )
    drain()
    assert told("library.record") == dict.fromkeys(
        people, (Reason.FOLLOW, Channel.DIGEST)
    )


def test_only_those_who_may_read_it_are_told(
    library, restrict, visitor_user, pending, member, facilitator, make_user
):
    secret = create_record(parent=library, title="Note interne", text_type="circular")
    secret.no_nor_reason = "Note"
    secret.save_revision()
    restrict(secret)
    for user in (pending, member, facilitator):
        follow(user, "space", "library")
    publish_record(page=secret)
    drain()
    assert set(told("library.record")) == {member, facilitator}


def test_a_correction_of_a_published_record_is_not_told_again(record, member):
    follow(member, "space", "library")
    page = record()
    drain()
    page.title = "Une loi, sans faute"
    publish_record(page=page.save_revision().as_object())
    page.unpublish()
    publish_record(page=page)
    drain()
    assert Item.objects.filter(name="library.record").count() == 1
    assert Delivery.objects.filter(user=member).count() == 1


def test_an_archive_published_long_ago_is_not_told_when_it_is_corrected(record, member):
    follow(member, "space", "library")
    page = record()
    drain()
    Item.objects.all().delete()
    known_for(page, days=90)
    publish_record(page=page)
    drain()
    assert told("library.record") == {}


def test_a_record_withdrawn_before_the_mail_has_nothing_to_say(
    record, member, restrict, client_for
):
    follow(member, "space", "library")
    page = record()
    drain()
    (item,) = Item.objects.all()
    assert len(happenings([item])) == 1
    page.unpublish()
    assert happenings([item]) == {}


def test_a_draft_is_told_to_nobody(library, member):
    follow(member, "space", "library")
    create_record(parent=library, title="Un brouillon", text_type="law")
    drain()
    assert not Item.objects.exists()


def test_a_line_tells_the_text_in_the_language_of_its_reader(record):
    theme = make_theme("sante", "Santé")
    page = record(
        title="Égalité des chances",
        reference="2006-396",
        document_date=date(2006, 3, 31),
        summary="Crée le service civil.",
        themes=[theme],
    )
    kind = item_notification("library.record")
    loaded = kind.load([page.pk])[page.pk]
    line = kind.line(loaded)
    assert (line.mark, line.title, line.theme) == (
        "texte", "Égalité des chances", "Santé",
    )  # fmt: skip
    assert line.context == (
        "Loi n°\u00a02006-396 du 31\u00a0mars\u00a02006. Crée le service civil."
    ) or line.context.endswith(". Crée le service civil.")
    assert line.path == "/bibliotheque/egalite-des-chances/"
    with translation.override("en"):
        line = kind.line(loaded)
        assert (line.what, line.path) == (
            "New text",
            "/en/bibliotheque/egalite-des-chances/",
        )
    assert Item.objects.count() == 0
    drain()
    assert Item.objects.get().path == "/bibliotheque/egalite-des-chances/"


def test_lines_cost_the_same_number_of_queries_for_many(
    record, django_assert_max_num_queries
):
    theme = make_theme("sante", "Santé")
    region = make_territory("region", "76", "Occitanie")
    place = make_territory("department", "30", "Gard", parent=region)
    terms = {"themes": [theme], "territories": [place]}
    kind = item_notification("library.record")

    def read(pages):
        for page in kind.load([page.pk for page in pages]).values():
            kind.line(page), kind.tokens(page), list(kind.targets(page))

    pages = [record(title="Une loi", **terms)]
    read(pages)
    with django_assert_max_num_queries(11) as few:
        read(pages)
    pages += [record(title=f"Loi {n}", **terms) for n in range(5)]
    # What the process keeps is read again once, whatever the number.
    read(pages)
    with django_assert_max_num_queries(len(few)):
        read(pages)


# What becomes of it


def test_a_repeal_is_told_to_who_follows_the_text_only(record, member, make_user):
    theme = make_theme("sante", "Santé")
    page = record(themes=[theme])
    known_for(page, days=40)
    elsewhere = make_user()
    follow(member, "page", page.pk)
    follow(elsewhere, "theme", theme.pk, Level.ALL)
    set_legal_status(page=page, status="repealed", effective_on=date(2026, 3, 2))
    drain()
    assert told("library.status_changed") == {member: (Reason.FOLLOW, Channel.DIGEST)}
    (item,) = Item.objects.filter(name="library.status_changed")
    line = happenings([item])[item.pk].line()
    assert line.title == "Une loi"
    assert "2026" in line.context
    assert item.path == "/bibliotheque/une-loi/"


def test_the_same_status_checked_again_is_no_change(record, member):
    page = record()
    known_for(page, days=40)
    follow(member, "page", page.pk)
    set_legal_status(page=page, status="in_force")
    set_legal_status(page=page, status="in_force", checked_on=date(2026, 3, 2))
    drain()
    assert Item.objects.filter(name="library.status_changed").count() == 1


def test_the_first_status_of_a_record_belongs_to_its_publication(record, member):
    page = record()
    follow(member, "page", page.pk)
    set_legal_status(page=page, status="in_force")
    drain()
    assert not Item.objects.filter(name="library.status_changed").exists()


def test_the_status_of_an_unpublished_text_is_told_to_nobody(record, member):
    page = record()
    known_for(page, days=40)
    follow(member, "page", page.pk)
    set_legal_status(page=page, status="repealed")
    page.unpublish()
    drain()
    assert not Item.objects.filter(name="library.status_changed").exists()


def test_a_status_seen_in_the_administration_is_told_too(
    record, member, admin_client, administrator
):
    page = record()
    known_for(page, days=40)
    follow(member, "page", page.pk)
    response = admin_client.post(
        "/admin/legal_statuses/new/", {"page": page.pk, "status": "repealed"}
    )
    assert response.status_code == 302
    drain()
    assert LegalStatusEntry.objects.get().recorded_by == administrator
    assert set(told("library.status_changed")) == {member}


def test_a_new_text_that_replaces_another_is_told_to_who_follows_the_former(
    record, member, make_user
):
    former = record(title="L’ancienne loi")
    other = make_user()
    follow(member, "page", former.pk)
    follow(other, "page", record(title="Une autre loi").pk)
    new = record(title="La nouvelle loi", related=[(former, "replaces")])
    record(title="Une étude", related=[(former, "cites")])
    drain()
    assert told("library.record_replaced") == {member: (Reason.FOLLOW, Channel.DIGEST)}
    (item,) = Item.objects.filter(name="library.record_replaced")
    line = happenings([item])[item.pk].line()
    assert item.object_id == new.pk
    assert line.title == "La nouvelle loi"
    assert "L’ancienne loi" in line.context


def test_a_replacement_is_told_to_those_who_may_read_both_texts(
    record, library, restrict, member, pending
):
    former = record(title="L’ancienne loi")
    for user in (member, pending):
        follow(user, "page", former.pk)
    restrict(former)
    record(title="La nouvelle loi", related=[(former, "replaces")])
    drain()
    assert set(told("library.record_replaced")) == {member}
