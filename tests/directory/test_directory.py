import pytest
from django.urls import reverse

from network_site.members.enums import MembershipStatus, OrganizationKind
from network_site.members.models import BudgetLine, Organization
from network_site.taxonomies.models import Theme

pytestmark = pytest.mark.django_db


def make_organization(number, **fields):
    return Organization.objects.create(
        **{
            "name": f"Organisme {number:03}",
            "slug": f"organisme-{number}",
            "kind": OrganizationKind.ASSOCIATION,
            **fields,
        }
    )


def test_organisations_are_narrowed_by_kind_with_exact_counts(client):
    make_organization(1)
    make_organization(2, kind=OrganizationKind.AGENCY)
    page = client.get(reverse("directory"), {"kind": "agency"})
    assert [item["title"] for item in page.context["items"]] == ["Organisme 002"]
    counts = {
        one["value"]: one["count"] for one in page.context["kind_group"]["options"]
    }
    assert counts == {"agency": 1, "association": 1}


@pytest.mark.parametrize(
    "query",
    [
        {"page": "abc"},
        {"page": "-1"},
        {"page": "9999"},
        {"kind": "nimporte"},
        {"theme": "inconnu"},
        {"territory": "inconnu"},
        {"q": "\x00" + "é" * 500},
    ],
)
def test_a_strange_address_is_still_an_answer(client, query):
    make_organization(1)
    assert client.get(reverse("directory"), query).status_code == 200


def test_an_unlisted_organisation_has_no_page_and_no_count(client):
    body = make_organization(1, is_listed=False)
    assert client.get(body.get_absolute_url()).status_code == 404
    assert client.get(reverse("directory")).context["page"].paginator.count == 0


def test_the_sheet_draws_the_budget_with_its_table(client):
    body = make_organization(1)
    BudgetLine.objects.create(
        organization=body, year=2009, label="Ville", amount="383.2"
    )
    BudgetLine.objects.create(organization=body, year=2009, label="Service", amount="9")
    html = client.get(body.get_absolute_url()).content.decode()
    assert "383,2" in html
    assert "<table" in html


def test_members_are_shown_to_members_only(
    client, member_client, pending_client, member
):
    people = reverse("people")
    sheet = member.profile.get_absolute_url()
    assert client.get(people).status_code == 302
    assert client.get(sheet).status_code == 302
    assert pending_client.get(people).status_code == 403
    assert pending_client.get(sheet).status_code == 404
    assert member_client.get(people).context["page"].paginator.count == 1
    assert member_client.get(sheet).status_code == 200


def test_a_pending_person_is_not_in_the_directory(member_client, pending):
    assert pending.email not in member_client.get(reverse("people")).content.decode()
    assert member_client.get(pending.profile.get_absolute_url()).status_code == 404


def test_an_organisation_shows_its_members_to_members_only(
    client, member_client, member
):
    body = make_organization(1)
    member.profile.organization = body
    member.profile.save()
    url = body.get_absolute_url()
    assert member.get_full_name() in member_client.get(url).content.decode()
    assert member.get_full_name() not in client.get(url).content.decode()


def test_lists_cost_the_same_for_few_and_for_many(
    client, member_client, make_user, assert_constant_queries
):
    theme = Theme.add_root(name="Emploi", slug="emploi")

    def grow_organizations(start=10, number=60):
        for index in range(start, start + number):
            make_organization(index).themes.add(theme)

    grow_organizations(0, 2)
    assert_constant_queries(client, reverse("directory"), grow_organizations)

    def grow_people():
        for _index in range(40):
            make_user(status=MembershipStatus.APPROVED)

    make_user(status=MembershipStatus.APPROVED)
    assert_constant_queries(member_client, reverse("people"), grow_people)
