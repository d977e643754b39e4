"""The administrator's page on the catalogue."""

import pytest
from django.urls import reverse

from network_site.catalogue import building
from network_site.catalogue.models import Entry, Mark
from network_site.members import roles
from tests.library.factories import make_library, make_text


@pytest.fixture
def pages(home_page):
    library = make_library(home_page)
    return [make_text(library) for _number in range(2)]


def test_it_says_what_is_held_what_waits_and_what_was_mended(
    pages, client_for, make_user
):
    client = client_for(make_user(is_staff=True, is_superuser=True))
    building.settle_all()
    Entry.objects.filter(object_id=pages[0].pk).update(is_live=False)
    building.compare()
    address = reverse("catalogue_report")
    shown = client.get(address)
    report = shown.context["report"]
    (texts,) = [line for line in report.lines if line.label == "Textes"]
    assert (texts.total, texts.shown) == (2, 2)
    assert (report.waiting, report.missing) == (0, [])
    html = shown.content.decode()
    assert f"wagtailcore.page {pages[0].pk} (is_live)" in html
    assert "Aucun changement n’attend" in html


def test_it_says_since_when_changes_wait(pages):
    from network_site.catalogue.report import report

    building.settle_all()
    assert report().oldest is None
    pages[0].title = "Autre titre"
    pages[0].save()
    waiting = report()
    assert waiting.waiting == Mark.objects.count() > 0
    assert waiting.oldest == Mark.objects.order_by("pk").first().at


def test_it_is_the_administrators(client_for, make_user):
    facilitator = make_user(None, roles.MEMBERS, roles.FACILITATORS, status="approved")
    assert client_for(facilitator).get(reverse("catalogue_report")).status_code in {
        302,
        403,
    }
