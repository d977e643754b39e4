"""Organisations as delegates and facilitators keep them."""

import gc
import io
import warnings
from html import unescape

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from network_site.core.outbox import drain
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.media.models import SiteImage
from network_site.members import roles
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.models import (
    EmailDomain,
    EmployerCheck,
    Organization,
    OrganizationDelegate,
    Profile,
)
from network_site.members.words import keep_words

pytestmark = pytest.mark.django_db
SHEET = "/annuaire/ccas/"
EDIT = "/adhesion/organismes/ccas/modifier/"
KEEP = "/adhesion/organismes/ccas/gestion/"
NAME = "/adhesion/organismes/ccas/delegues/"


@pytest.fixture
def body():
    return Organization.objects.create(
        name="CCAS d’Ornans",
        slug="ccas",
        kind="municipality",
        summary="Avant.",
        siret="13002526500013",
    )


@pytest.fixture
def delegate(make_user, body):
    user = make_user(
        "deleguee@exemple.fr", roles.MEMBERS, status=MembershipStatus.APPROVED
    )
    Profile.objects.filter(user=user).update(organization=body)
    OrganizationDelegate.objects.create(organization=body, user=user)
    return user


@pytest.fixture
def colleague(make_user, body):
    user = make_user(
        "samira@exemple.fr",
        roles.MEMBERS,
        status=MembershipStatus.APPROVED,
        first_name="Samira",
        last_name="Benali",
    )
    Profile.objects.filter(user=user).update(organization=body, job_title="Conseillère")
    keep_words(Profile.objects.filter(user=user))
    return user


def _version(client):
    page = client.get(EDIT).text
    return page.split('name="version" value="')[1].split('"')[0]


def _sheet(version, **fields):
    return {"summary": "Avant.", "version": version, **fields}


def _picture(kind="PNG", size=(300, 120), exif=False):
    written = io.BytesIO()
    options = {}
    if exif:
        tags = Image.Exif()
        tags[0x010F] = "Appareil secret"
        options["exif"] = tags
    Image.new("RGB", size, "#1c5673").save(written, kind, **options)
    return written.getvalue()


def _upload(content, name="logo.png"):
    return SimpleUploadedFile(name, content, content_type="image/png")


def test_only_those_who_keep_the_sheet_write_it(
    body, delegate, member, pending, facilitator, client_for
):
    for user, status in (
        (delegate, 200),
        (facilitator, 200),
        (member, 403),
        (pending, 403),
        (None, 302),
    ):
        client = client_for(user)
        for address in (EDIT, KEEP):
            assert client.get(address).status_code == status, (user, address)


def test_a_delegate_writes_the_texts_and_nothing_else(body, delegate, client_for):
    client = client_for(delegate)
    data = _sheet(
        _version(client),
        summary="Après.",
        body="## Missions\r\nAccueillir.",
        summary_en="After.",
        name="Autre nom",
        siret="21750001600019",
        kind="company",
    )
    assert client.post(EDIT, data)["Location"] == SHEET
    body.refresh_from_db()
    assert (body.summary, body.summary_en) == ("Après.", "After.")
    assert (body.name, body.siret, body.kind) == (
        "CCAS d’Ornans",
        "13002526500013",
        "municipality",
    )
    page = client.get(SHEET).text
    assert "Accueillir." in page
    assert "130\xa0025\xa0265\xa000013" in page


def test_two_delegates_at_once_lose_nothing(body, delegate, facilitator, client_for):
    first, second = client_for(delegate), client_for(facilitator)
    version = _version(first)
    first.post(EDIT, _sheet(version, summary="Ce qu’écrit la première."))
    mine = _sheet(version, summary="Ce qu’écrit la seconde.")
    response = second.post(EDIT, mine)
    assert response.status_code == 409
    assert "Ce qu’écrit la première." in response.text
    assert "Ce qu’écrit la seconde." in response.text
    body.refresh_from_db()
    assert body.summary == "Ce qu’écrit la première."
    fresh = response.text.split('name="version" value="')[1].split('"')[0]
    assert second.post(EDIT, {**mine, "version": fresh}).status_code == 302
    body.refresh_from_db()
    assert body.summary == "Ce qu’écrit la seconde."


def test_a_form_sent_twice_is_one_change(body, delegate, client_for):
    client = client_for(delegate)
    data = _sheet(_version(client), summary="Après.")
    assert [client.post(EDIT, data).status_code for _time in range(2)] == [302, 302]


@pytest.fixture
def drawn_by_wagtail():
    """Wagtail leaves the temporary file of a rendition to the collector, which warns of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
        gc.collect()


@pytest.mark.usefixtures("drawn_by_wagtail")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_written_anew_and_shown_to_everyone(body, delegate, client_for, kind):
    client = client_for(delegate)
    picture = _picture(kind, exif=True)
    data = _sheet(_version(client), logo_file=_upload(picture))
    assert client.post(EDIT, data).status_code == 302
    body.refresh_from_db()
    with body.logo.file.open("rb") as file:
        kept = file.read()
    assert b"secret" not in kept
    assert kept.startswith(b"\x89PNG")
    visitor = client_for(None)
    page = visitor.get(SHEET).text
    assert 'alt="CCAS d’Ornans"' in page
    source = page.split('class="org-logo"')[1].split('src="')[1].split('"')[0]
    assert visitor.get(source).status_code == 200
    Organization.objects.update(is_listed=False)
    assert visitor.get(source).status_code == 404


@pytest.mark.usefixtures("drawn_by_wagtail")
def test_another_logo_replaces_the_first_which_is_gone(body, delegate, client_for):
    client = client_for(delegate)
    for _time in range(2):
        data = _sheet(_version(client), logo_file=_upload(_picture()))
        client.post(EDIT, data)
    assert SiteImage.objects.count() == 1
    client.post(EDIT, _sheet(_version(client), removes_logo="on"))
    assert not SiteImage.objects.exists()
    body.refresh_from_db()
    assert body.logo is None


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"GIF89a" + b"\0" * 40,
        _picture()[:80],
        b"\0" * (2 * 1024 * 1024 + 1),
    ],
    ids=["svg", "gif", "cut", "heavy"],
)
def test_what_is_no_logo_is_refused_and_the_texts_are_kept(
    body, delegate, client_for, content
):
    client = client_for(delegate)
    data = _sheet(_version(client), summary="Un texte.", logo_file=_upload(content))
    response = client.post(EDIT, data)
    assert response.status_code == 200
    assert "id_logo_file" in response.text.split('role="alert"')[1]
    assert "Un texte." in response.text
    assert not SiteImage.objects.exists()


def test_a_delegate_is_named_told_and_withdrawn(
    body, facilitator, colleague, client_for
):
    client = client_for(facilitator)
    for _time in range(2):
        assert client.post(NAME, {"person": "Samira Benali"}).status_code == 302
    drain()
    assert [one.to for one in mail.outbox] == [[colleague.email]]
    row = OrganizationDelegate.objects.get()
    assert (row.user, row.named_by) == (colleague, facilitator)
    address = f"{NAME}{row.pk}/retirer/"
    for _time in range(2):
        assert client.post(address).status_code == 302
    drain()
    assert [one.to for one in mail.outbox] == [[colleague.email]] * 2
    assert client_for(colleague).get(EDIT).status_code == 403
    actions = Entry.objects.filter(subject=colleague).order_by("pk")
    assert [one.action for one in actions] == [
        Action.DELEGATE_NAMED,
        Action.DELEGATE_WITHDRAWN,
    ]


def test_delegates_name_nobody(body, delegate, colleague, client_for):
    response = client_for(delegate).post(NAME, {"person": colleague.email})
    assert response.status_code == 403
    assert OrganizationDelegate.objects.count() == 1


def test_a_delegate_sees_who_shows_it_and_the_domains(
    body, delegate, colleague, client_for
):
    EmailDomain.objects.create(domain="ornans.example", organization=body)
    client = client_for(delegate)
    page = client.get(KEEP).text
    assert "Samira Benali" in page
    assert "ornans.example" in page
    Profile.objects.filter(user=colleague).update(
        organization_visibility=FieldVisibility.NOBODY
    )
    assert "Benali" not in client.get(KEEP).text


def test_a_departure_is_told_by_a_delegate_and_decided_by_a_facilitator(
    body, delegate, colleague, facilitator, client_for
):
    address = f"/adhesion/organismes/ccas/departs/{colleague.profile.pk}/"
    for _time in range(2):
        assert client_for(delegate).post(address).status_code == 302
    drain()
    assert [one.to for one in mail.outbox] == [[facilitator.email]]
    profile = Profile.objects.get(user=colleague)
    assert profile.organization == body
    check = EmployerCheck.objects.get()
    keeper = client_for(facilitator)
    assert "Samira Benali" in keeper.get("/adhesion/employeurs/").text
    answer = f"/adhesion/employeurs/{check.pk}/"
    assert client_for(delegate).post(answer, {"decision": "end"}).status_code == 403
    keeper.post(answer, {"decision": "rubbish"})
    assert Profile.objects.get(user=colleague).organization == body
    for _time in range(2):
        keeper.post(answer, {"decision": "end"})
    assert Profile.objects.get(user=colleague).organization is None
    drain()
    assert mail.outbox[-1].to == [colleague.email]


def test_a_facilitator_ends_an_employment_at_once(
    body, facilitator, colleague, client_for
):
    address = f"/adhesion/organismes/ccas/departs/{colleague.profile.pk}/"
    for _time in range(2):
        assert client_for(facilitator).post(address).status_code == 302
    assert Profile.objects.get(user=colleague).organization is None


def test_a_sheet_shows_each_reader_the_members_they_may_see(
    body, colleague, member, client_for
):
    member_client, visitor = client_for(member), client_for(None)
    assert "Samira Benali" in member_client.get(SHEET).text
    assert "Benali" not in visitor.get(SHEET).text
    Profile.objects.filter(user=colleague).update(
        sheet_visibility=FieldVisibility.EVERYONE,
        organization_visibility=FieldVisibility.EVERYONE,
    )
    drain()
    page = visitor.get(f"{SHEET}?tout=rien").text
    assert "Samira Benali" in page
    assert "Conseillère" not in page
    Profile.objects.filter(user=colleague).update(
        organization_visibility=FieldVisibility.NOBODY
    )
    assert "Benali" not in member_client.get(f"{SHEET}?tout=").text


def test_a_sheet_costs_the_same_for_many_members(
    body, member, make_user, client_for, assert_constant_queries
):
    from django.contrib.auth import get_user_model

    def grow(start=0):
        users = get_user_model().objects.bulk_create(
            get_user_model()(email=f"p{n}@exemple.fr", last_name=f"N{n}")
            for n in range(start, start + 20)
        )
        Profile.objects.bulk_create(
            Profile(user=user, organization=body, status=MembershipStatus.APPROVED)
            for user in users
        )

    grow()
    assert_constant_queries(client_for(member), SHEET, lambda: grow(20))
    page = client_for(member).get(SHEET).text
    assert "/annuaire/membres/?organization=ccas" in page
    assert "40" in page


def test_the_admin_refuses_a_wrong_number_and_keeps_a_good_one(
    body, administrator, client_for
):
    client = client_for(administrator)
    address = reverse("wagtailsnippets_members_organization:add")
    data = {
        "name": "Ville de Paris",
        "slug": "ville-paris",
        "kind": "municipality",
        "is_listed": "on",
        "figures": inline_formset([]),
        "budget_lines": inline_formset([]),
        "partnerships": inline_formset([]),
    }
    for number, words in (
        ("217 500 016 00018", "n’est pas un SIRET"),
        ("130 025 265 00013", "CCAS d’Ornans"),
    ):
        response = client.post(address, nested_form_data({**data, "siret": number}))
        assert words in unescape(response.text)
    response = client.post(
        address, nested_form_data({**data, "siret": "217 500 016 00019"})
    )
    assert response.status_code == 302
    assert Organization.objects.get(slug="ville-paris").siret == "21750001600019"
