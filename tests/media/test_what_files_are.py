"""A file is what its name says, and what is told of it is what was found in it."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter
from wagtail.models import Collection

from network_site.media.models import SiteDocument
from network_site.media.services import read_document
from tests.library.factories import make_document, make_library, make_text

pytestmark = pytest.mark.django_db


def pdf(*, password=None):
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def office():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:p>Bonjour</w:p>")
    return out.getvalue()


def form_of(**fields):
    """What the form of a document sends: the collection at the top is chosen there."""
    top = Collection.get_first_root_node()
    return {"title": "Fichier", "lang": "fr", "collection": top.pk, **fields}


def send(client, name, content):
    upload = SimpleUploadedFile(name, content)
    return client.post("/admin/documents/add/", form_of(file=upload))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note.pdf", b"MZ\x90\x00\x03" + b"\x00" * 500),
        ("note.pdf", b"MZ\x90\x00%PDF-1.4"),
        ("note.pdf", b"<html><body>Page introuvable</body></html>"),
        ("note.PDF", office()),
        ("note.docx", pdf()),
        # What an office protected by a password makes.
        ("note.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500),
        ("note.txt", b"MZ\x90\x00\x03\x00"),
        ("note.csv", pdf()),
    ],
)
def test_what_is_not_what_its_name_says_is_refused_in_words(
    admin_client, name, content
):
    html = send(admin_client, name, content).content.decode()
    assert "n’en est pas un" in html
    assert "note." in html
    assert not SiteDocument.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note.pdf", pdf()),
        ("note.pdf", b"\r\n\r\n" + pdf()),
        ("note.pdf", pdf(password="secret")),
        ("note.docx", office()),
        ("note.txt", "L’égalité".encode()),
        ("note.txt", "L’égalité".encode("utf-16")),
        ("note.csv", b"a;b\n1;2\n"),
    ],
)
def test_what_is_what_its_name_says_is_taken(admin_client, name, content):
    assert send(admin_client, name, content).status_code == 302
    assert SiteDocument.objects.count() == 1


def test_a_file_put_in_the_place_of_another_is_looked_at_too(admin_client):
    document = make_document("bon.pdf", pdf())
    address = f"/admin/documents/edit/{document.pk}/"
    fake = SimpleUploadedFile("faux.pdf", b"MZ\x90\x00")
    response = admin_client.post(address, form_of(file=fake))
    assert "n’en est pas un" in response.content.decode()
    # Its title alone may be changed, whatever the file is.
    old = make_document("vieux.pdf", b"MZ\x90\x00")
    response = admin_client.post(
        f"/admin/documents/edit/{old.pk}/", form_of(title="Autre titre")
    )
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "state", "said"),
    [
        ("a.pdf", pdf(), "no_text", "sans doute une numérisation"),
        ("a.pdf", pdf(password="secret"), "encrypted", "Protégé par un mot de passe"),
        ("a.pdf", b"%PDF-1.4 rien de bon", "damaged", "Endommagé"),
        ("a.pdf", pdf()[:120], "damaged", "Endommagé"),
        ("a.docx", office()[:60], "damaged", "Endommagé"),
        ("a.docx", office(), "text", "Contient du texte"),
        ("a.txt", b"Bonjour", "text", "Contient du texte"),
        ("a.csv", b"a;b", "", ""),
    ],
)
def test_readers_are_told_what_was_found(client, home_page, name, content, state, said):
    document = make_document(name, content, title="La pièce")
    read_document(document=document)
    document.refresh_from_db()
    assert document.text_state == state
    page = make_text(make_library(home_page), files=[document])
    html = client.get(page.url).content.decode()
    about = html.partition("La pièce")[2].partition("</a>")[0]
    assert said in about
    assert "lecteur d’écran" not in about
    assert ("umérisation" in about) == (state == "no_text")
