"""Joining two organisations: every link is moved, whatever holds it."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import ReferenceIndex, Revision

from events.models import EventPage
from good_practices.models import GoodPracticePage
from library.models import LibrarySectionPage, RegulatoryTextPage
from network_site.core.models import OutboxEntry
from network_site.directory.models import ContactBlock, ContactMessage
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.members import models as m
from network_site.members.enums import BodyRole, CheckReason
from network_site.members.merging import relations_to
from network_site.members.models import Organization, OrganizationAlias
from network_site.members.services import organizations
from network_site.members.services.organizations import AlreadyMerged, merge
from network_site.newsletters.models import Contribution
from network_site.notifications.models import Follow
from network_site.registries.enums import Level
from network_site.taxonomies.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return Organization.objects.create(
        name="Ville de Montreuil", slug="ville-montreuil", kind="municipality"
    )


@pytest.fixture
def absorbed():
    return Organization.objects.create(
        name="Mairie de Montreuil",
        slug="mairie-montreuil",
        acronym="MM",
        kind="municipality",
        siret="13002526500013",
        summary="Ce que fait la mairie.",
    )


def _theme():
    return Theme.objects.first() or Theme.add_root(name="Logement", slug="logement-x")


def _page(model, **fields):
    from wagtail.models import Page

    page = model(title="Une page", slug=f"page-{model.__name__.lower()}", **fields)
    Page.objects.get(depth=2).add_child(instance=page)
    return page


# One row for each key to an organisation: a new one has to be added here, with its row.
ROWS = {
    "directory.ContactBlock.organization": lambda body, user: (
        ContactBlock.objects.create(organization=body, sender=user)
    ),
    "directory.ContactMessage.organization": lambda body, user: (
        ContactMessage.objects.create(
            organization=body,
            sender=user,
            form_token="5d2b7f1e-6d0d-4e2e-9f0c-1f6c0f8f7a11",
            sent_at=timezone.now(),
        )
    ),
    "events.EventPage.organizer": lambda body, user: _page(
        EventPage,
        organizer=body,
        starts_at=timezone.now(),
        ends_at=timezone.now(),
    ),
    "good_practices.GoodPracticePage.organization": lambda body, user: _page(
        GoodPracticePage, organization=body
    ),
    "library.LibrarySectionPage.organization": lambda body, user: _page(
        LibrarySectionPage, organization=body
    ),
    "library.RecordPage.publisher": lambda body, user: _page(
        RegulatoryTextPage, publisher=body, text_type="law"
    ),
    "members.BodyGroup.organization": lambda body, user: m.BodyGroup.objects.create(
        organization=body,
        group=Group.objects.create(name="Contribution Mairie"),
        role=BodyRole.CONTRIBUTOR,
    ),
    "members.BudgetLine.organization": lambda body, user: m.BudgetLine.objects.create(
        organization=body, year=2025, label="Ligne", amount=1
    ),
    "members.ContactPoint.organization": lambda body, user: (
        m.ContactPoint.objects.create(
            organization=body, label="Accueil", email="a@b.example"
        )
    ),
    "members.EmailDomain.organization": lambda body, user: m.EmailDomain.objects.create(
        organization=body, domain="mairie.example"
    ),
    "members.EmployerCheck.organization": lambda body, user: (
        m.EmployerCheck.objects.create(
            organization=body, profile=user.profile, reason=CheckReason.LEFT
        )
    ),
    "members.Organization_themes.organization": lambda body, user: (
        Organization.themes.through.objects.create(organization=body, theme=_theme())
    ),
    "members.OrganizationAlias.organization": lambda body, user: (
        OrganizationAlias.objects.create(
            organization=body, name="Commune de Montreuil", slug="commune-montreuil"
        )
    ),
    "members.OrganizationDelegate.organization": lambda body, user: (
        m.OrganizationDelegate.objects.create(organization=body, user=user)
    ),
    "members.OrganizationFigure.organization": lambda body, user: (
        m.OrganizationFigure.objects.create(
            organization=body, label="Agents", value="12"
        )
    ),
    "members.Partnership.organization": lambda body, user: m.Partnership.objects.create(
        organization=body, partner=_third()
    ),
    "members.Partnership.partner": lambda body, user: m.Partnership.objects.create(
        organization=_third(), partner=body
    ),
    "members.Position.organization": lambda body, user: m.Position.objects.create(
        profile=user.profile, organization=body, started_at=timezone.now()
    ),
    "members.Profile.organization": lambda body, user: (
        m.Profile.objects.filter(pk=user.profile.pk).update(organization=body)
        and user.profile
    ),
    "members.SpaceGrant.organization": lambda body, user: m.SpaceGrant.objects.create(
        organization=body, user=user, group=Group.objects.create(name="Un espace")
    ),
    "newsletters.Contribution.organization": lambda body, user: (
        Contribution.objects.create(
            organization=body,
            author=user,
            title="Une idée",
            text="Un texte",
            form_token="0b0f7f1e-6d0d-4e2e-9f0c-1f6c0f8f7a11",
        )
    ),
}


def _third():
    return Organization.objects.get_or_create(
        slug="tierce", defaults={"name": "Tierce", "kind": "association"}
    )[0]


def test_every_link_to_an_organisation_is_moved(
    kept, absorbed, member, facilitator, home_page
):
    relations = {
        f"{holder._meta.label}.{field.name}": (holder, field)
        for holder, field in relations_to(Organization)
    }
    assert set(relations) == set(ROWS), "a key to an organisation without its row above"
    rows = {name: make(absorbed, member) for name, make in ROWS.items()}
    before = absorbed.pk
    merge(kept=kept, absorbed=absorbed, by=facilitator)
    assert not Organization.objects.filter(pk=before).exists()
    for name, (holder, field) in relations.items():
        row = holder._base_manager.filter(pk=rows[name].pk).first()
        assert row is not None, f"{name}: the row was lost"
        assert getattr(row, field.attname) == kept.pk, name


def test_what_the_other_says_fills_what_is_empty(kept, absorbed, facilitator):
    found = merge(kept=kept, absorbed=absorbed, by=facilitator)
    assert (found.name, found.acronym) == ("Ville de Montreuil", "MM")
    assert found.siret == "13002526500013"
    assert found.summary == "Ce que fait la mairie."


def test_the_other_name_and_address_still_lead_there(
    kept, absorbed, facilitator, client
):
    merge(kept=kept, absorbed=absorbed, by=facilitator)
    response = client.get("/annuaire/mairie-montreuil/")
    assert response.status_code == 301
    assert response["Location"] == "/annuaire/ville-montreuil/"
    assert organizations.find_organization("mairie de montreuil") == kept


def test_what_both_have_is_kept_once(kept, absorbed, member, facilitator):
    theme = _theme()
    for body in (kept, absorbed):
        Organization.themes.through.objects.create(organization=body, theme=theme)
        m.OrganizationDelegate.objects.create(organization=body, user=member)
        m.Partnership.objects.create(organization=body, partner=_third())
        Follow.objects.create(user=member, kind="organization", target=str(body.pk))
    Follow.objects.create(
        user=facilitator, kind="organization", target=str(absorbed.pk), level=Level.ALL
    )
    m.Partnership.objects.create(organization=absorbed, partner=kept)
    found = merge(kept=kept, absorbed=absorbed, by=facilitator)
    assert [one.pk for one in found.themes.all()] == [theme.pk]
    assert found.delegates.count() == found.partnerships.count() == 1
    assert not found.partnerships_in.exists()
    follows = Follow.objects.filter(kind="organization")
    assert {(one.user_id, one.target) for one in follows} == {
        (member.pk, str(kept.pk)),
        (facilitator.pk, str(kept.pk)),
    }


def test_the_groups_of_both_bodies_are_put_together(
    kept, absorbed, member, contributor, facilitator
):
    for body, user in ((kept, member), (absorbed, contributor)):
        group = Group.objects.create(name=f"Contribution {body.slug}")
        m.BodyGroup.objects.create(
            organization=body, group=group, role=BodyRole.CONTRIBUTOR
        )
        user.groups.add(group)
    found = merge(kept=kept, absorbed=absorbed, by=facilitator)
    (body_group,) = found.body_groups.all()
    assert set(body_group.group.user_set.all()) == {member, contributor}
    assert not Group.objects.filter(name="Contribution mairie-montreuil").exists()


def test_a_draft_that_named_the_other_still_opens(
    kept, absorbed, facilitator, home_page
):
    page = _page(RegulatoryTextPage, publisher=absorbed, text_type="law")
    revision = page.save_revision()
    merge(kept=kept, absorbed=absorbed, by=facilitator)
    draft = Revision.objects.get(pk=revision.pk).as_object()
    assert draft.publisher_id == kept.pk
    references = ReferenceIndex.get_references_to(kept)
    assert references.filter(object_id=str(page.pk)).exists()


def test_it_is_written_in_the_journal_and_indexed_again(
    kept, absorbed, member, facilitator
):
    m.Profile.objects.filter(user=member).update(organization=absorbed)
    key = absorbed.pk
    merge(kept=kept, absorbed=absorbed, by=facilitator)
    entry = Entry.objects.get(action=Action.ORGANIZATIONS_MERGED)
    assert (entry.actor_id, entry.object_id) == (facilitator.pk, str(kept.pk))
    assert entry.detail == {"absorbed": key}
    told = {
        (row.kind, row.payload["model"], row.payload["pk"])
        for row in OutboxEntry.objects.filter(kind__startswith="object.")
    }
    assert ("object.deleted", "members.organization", key) in told
    assert ("object.changed", "members.organization", kept.pk) in told
    assert ("object.changed", "members.profile", member.profile.pk) in told
    assert "montreuil" in m.Profile.objects.get(user=member).words_members


def test_sent_twice_it_is_done_once(kept, absorbed, facilitator, client_for):
    client = client_for(facilitator)
    address = "/adhesion/organismes/ville-montreuil/reunir/"
    for _time in range(2):
        response = client.post(address, {"absorbed": "mairie-montreuil"})
        assert response["Location"] == "/annuaire/ville-montreuil/"
    assert OrganizationAlias.objects.count() == 1
    assert Entry.objects.filter(action=Action.ORGANIZATIONS_MERGED).count() == 1
    with pytest.raises(AlreadyMerged):
        merge(kept=kept, absorbed=absorbed, by=facilitator)


def test_one_compares_before_one_joins(kept, absorbed, facilitator, client_for, member):
    address = "/adhesion/organismes/ville-montreuil/reunir/"
    client = client_for(facilitator)
    page = client.get(address, {"name": "mairie de Montreuil"}).text
    assert "Ce que fait la mairie." in page
    assert 'value="mairie-montreuil"' in page
    for wrong in ("", "Ville de Montreuil", "Nulle part"):
        assert 'name="absorbed"' not in client.get(address, {"name": wrong}).text
    assert client_for(member).get(address).status_code == 403
    assert client_for(member).post(address, {"absorbed": "x"}).status_code == 403
