"""What a text may say of another one, and the days of what was checked."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from library.models import LegalStatusEntry, Provision, RegulatoryTextPage
from library.services import create_record, open_body_space, set_legal_status
from network_site.home.services import ensure_site
from network_site.members.models import Organization
from network_site.pages.enums import RelationKind
from network_site.pages.models import RelatedPage
from tests.good_practices.factories import make_practice
from tests.library.factories import make_library, make_study, make_text

pytestmark = pytest.mark.django_db
CLAIMS = [RelationKind.REPLACES, RelationKind.AMENDS, RelationKind.CREATES]


@pytest.fixture
def library(home_page):
    return make_library(home_page)


@pytest.fixture
def law(library):
    return make_text(library, title="Loi de 2008", slug="loi-2008", status="in_force")


@pytest.fixture
def section(library, administrator):
    body = Organization.objects.create(name="Centre de ressources", slug="centre")
    return open_body_space(organization=body, by=administrator)


def link(page, target, kind):
    return RelatedPage.objects.create(page=page, target=target, kind=kind)


def read(client, page):
    return client.get(page.url).content.decode()


@pytest.mark.parametrize("kind", CLAIMS)
def test_a_body_does_not_say_what_becomes_of_the_text_of_another(section, law, kind):
    note = make_study(section, title="Note du centre")
    assert not note.may_say(kind, law)
    assert note.may_say(RelationKind.CITES, law)
    with pytest.raises(ValidationError, match="Loi de 2008"):
        create_record(parent=section, kind="study", title="Note", related=[(law, kind)])
    note.related_links.add(RelatedPage(target=law, kind=kind))
    with pytest.raises(ValidationError, match="Loi de 2008"):
        note.save_revision().publish()


def test_a_body_says_so_of_its_own_texts_and_the_network_of_all(section, library, law):
    former, note = (
        make_study(section, title="Avant"),
        make_study(section, title="Après"),
    )
    assert note.may_say(RelationKind.REPLACES, former)
    later = make_text(library, title="Loi de 2016", slug="loi-2016")
    assert later.may_say(RelationKind.REPLACES, law)
    assert later.may_say(RelationKind.REPLACES, former)
    assert not note.may_say(RelationKind.REPLACES, library)


def test_what_was_said_before_is_shown_nowhere(client, section, library, law):
    note = make_study(section, title="Note du centre", slug="note")
    link(note, law, RelationKind.REPLACES)
    set_legal_status(page=law, status="repealed")
    for page in (law, note):
        html = read(client, page)
        assert "emplacé" not in html
        assert "emplace" not in html
    assert "emplacé par" not in client.get("/bibliotheque/").content.decode()
    later = make_text(library, title="Loi de 2016", slug="loi-2016")
    link(later, law, RelationKind.REPLACES)
    assert "Loi de 2016" in read(client, law)


def form_of(client, page):
    response = client.get(f"/admin/pages/{page.pk}/edit/")
    form = response.context["form"]
    data = {}
    for one in (form, *(f.management_form for f in form.formsets.values())):
        for field in one:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = value
    return {
        name: value.strftime("%d/%m/%Y") if isinstance(value, date) else value
        for name, value in data.items()
    }


@pytest.mark.parametrize("action", ["", "action-publish"])
def test_the_form_refuses_it_beside_the_line_and_keeps_what_was_typed(
    admin_client, section, law, action
):
    note = make_study(section, title="Note du centre")
    data = form_of(admin_client, note) | {
        "related_links-TOTAL_FORMS": "1",
        "related_links-0-kind": "replaces",
        "related_links-0-target": str(law.pk),
        "related_links-0-note": "Ma remarque",
        "related_links-0-ORDER": "1",
    }
    if action:
        data[action] = "1"
    response = admin_client.post(f"/admin/pages/{note.pk}/edit/", data)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Seules les personnes qui publient" in html
    assert "Ma remarque" in html
    assert not RelatedPage.objects.exists()
    assert note.latest_revision is None or not note.latest_revision.content.get(
        "related_links"
    )
    data["related_links-0-kind"] = "cites"
    response = admin_client.post(f"/admin/pages/{note.pk}/edit/", data)
    assert response.status_code == 302


def test_no_other_page_says_that_it_replaces_a_text(law, home_page):
    ensure_site()
    practice = make_practice()
    practice.related_links.add(RelatedPage(target=law, kind="replaces"))
    with pytest.raises(ValidationError):
        practice.save_revision().publish()


# Days


def test_a_status_is_not_checked_in_the_future_whoever_writes_it(law):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError):
        set_legal_status(page=law, status="in_force", checked_on=tomorrow)
    for make in (
        lambda day: LegalStatusEntry.objects.create(
            page=law, status="in_force", checked_on=day
        ),
        lambda day: Provision.objects.create(
            page=law, article="1", subject="x", status="in_force", checked_on=day
        ),
    ):
        for day in (tomorrow, tomorrow.isoformat(), date(2030, 1, 1)):
            with pytest.raises(ValidationError), transaction.atomic():
                make(day)
        assert make(timezone.localdate()).pk
        assert make(None).pk


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("legal_statuses", {"status": "repealed", "effective_on": "01/01/2031"}),
        (
            "provisions",
            {"status": "repealed", "article": "1", "subject": "x", "position": 0},
        ),
    ],
)
def test_the_back_office_refuses_a_day_that_has_not_come(
    admin_client, law, path, fields
):
    data = {"page": law.pk, "note": "", "checked_by": "le service", **fields}
    response = admin_client.post(
        f"/admin/{path}/new/", data | {"checked_on": "01/01/2030"}
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert "pas encore venu" in html
    assert 'value="01/01/2030"' in html
    # A repeal may be written down before its day; its check may not.
    response = admin_client.post(
        f"/admin/{path}/new/", data | {"checked_on": "01/10/2026"}
    )
    assert response.status_code == 302
    assert RegulatoryTextPage.objects.get(pk=law.pk).current_status.status == "in_force"
