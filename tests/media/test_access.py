"""Files, images and their other sizes: refused at their own address too."""

import gc
import io
import warnings

import pytest
from django.core.files.images import ImageFile
from django.test import override_settings
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from network_site.home.models import Branding
from network_site.media.models import SiteImage, SiteRendition
from network_site.members import roles
from tests.library.factories import make_document, make_library, make_study


@pytest.fixture
def library(home_page):
    return make_library(home_page)


def _restrict(page):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(roles.group_of(roles.MEMBERS))


def _image(**fields):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "#1c5673").save(buffer, "PNG")
    buffer.seek(0)
    image = SiteImage(title="Photo", **fields)
    image.file.save("photo.png", ImageFile(buffer, name="photo.png"), save=False)
    image.save()
    image.file.close()
    return image


def _rendition(image, spec):
    # Willow leaves its temporary file to the collector, which warns.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        pk = image.get_rendition(spec).pk
        gc.collect()
    return SiteRendition.objects.get(pk=pk)


def _read(response):
    # Reading to the end closes the file; close() would close the test's connection too.
    return b"".join(response.streaming_content)


def test_a_file_of_a_public_record_is_open(client, library):
    document = make_document(content=b"Le texte")
    make_study(library, files=[document])
    response = client.get(document.url)
    assert response.status_code == 200
    assert _read(response) == b"Le texte"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_a_restricted_record_is_refused_at_its_own_address(
    client, pending_client, member_client, library
):
    document = make_document()
    _restrict(make_study(library, files=[document]))
    assert client.get(document.url).status_code == 404
    assert pending_client.get(document.url).status_code == 404
    response = member_client.get(document.url)
    assert response.status_code == 200
    _read(response)
    # The folder of files is no way round.
    assert client.get(f"/medias/{document.file.name}").status_code == 404
    assert member_client.get(f"/medias/{document.file.name}").status_code == 404


def test_a_file_held_by_a_public_and_a_restricted_record_is_open(client, library):
    document = make_document()
    _restrict(make_study(library, files=[document]))
    make_study(library, files=[document])
    response = client.get(document.url)
    assert response.status_code == 200
    _read(response)


def test_a_file_that_nothing_holds_is_for_those_who_manage_files(
    client, member_client, admin_client, db
):
    document = make_document()
    assert client.get(document.url).status_code == 404
    assert member_client.get(document.url).status_code == 404
    response = admin_client.get(document.url)
    assert response.status_code == 200
    _read(response)


def test_a_file_of_a_draft_waits_for_its_publication(client, library):
    document = make_document()
    page = make_study(library, files=[document])
    page.unpublish()
    assert client.get(document.url).status_code == 404


def test_a_private_collection_keeps_the_file_of_a_public_record(
    client, pending_client, member_client, library
):
    root = Collection.get_first_root_node()
    private = root.add_child(name="Réservé")
    restriction = CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(roles.group_of(roles.MEMBERS))
    document = make_document(collection=private, title="Rapport complet")
    page = make_study(library, files=[document])
    assert client.get(document.url).status_code == 404
    response = member_client.get(document.url)
    assert response.status_code == 200
    _read(response)
    body = client.get(page.get_url()).content.decode()
    assert "Rapport complet" not in body
    assert "Une partie des fichiers est réservée" in body
    # "Any login" admits those who were admitted, not those who only asked.
    restriction.restriction_type = CollectionViewRestriction.LOGIN
    restriction.save()
    assert pending_client.get(document.url).status_code == 404


def test_an_image_that_nothing_holds_is_refused_in_every_size(client, admin_client, db):
    image = _image()
    rendition = _rendition(image, "width-20|format-webp")
    for name in (image.file.name, rendition.file.name):
        assert client.get(f"/medias/{name}").status_code == 404
        response = admin_client.get(f"/medias/{name}")
        assert response.status_code == 200
        assert "private" in response["Cache-Control"]
        _read(response)


def test_the_logo_is_open_to_everyone_and_may_be_kept(client, home_page):
    image = _image()
    branding = Branding.for_site(home_page.get_site())
    branding.logo = image
    branding.save()
    rendition = _rendition(image, "width-20")
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert "public" in response["Cache-Control"]
    assert "sandbox" in response["Content-Security-Policy"]
    _read(response)
    again = client.get(rendition.url, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


@override_settings(MEDIA_ACCEL_PREFIX="/interne/")
def test_the_front_server_may_send_the_bytes(client, home_page):
    image = _image()
    branding = Branding.for_site(home_page.get_site())
    branding.logo = image
    branding.save()
    rendition = _rendition(image, "width-20")
    response = client.get(f"/medias/{rendition.file.name}")
    assert response["X-Accel-Redirect"] == f"/interne/{rendition.file.name}"
    assert response.content == b""


@pytest.mark.parametrize(
    "name",
    ["../secret.txt", "rien.png", "%2e%2e/%2e%2e/etc/passwd", "original_images/"],
)
def test_nothing_else_is_served(client, db, name):
    assert client.get(f"/medias/{name}").status_code == 404
