import io
import zipfile

import pytest

from library.tasks import read_files
from network_site.media.services import read_document
from network_site.media.text_extraction import ExtractionFailed, extract_text
from tests.library.factories import make_document, make_library, make_study


def _pdf(*lines):
    """A PDF of one page with these lines, or of one empty page."""
    show = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 14 Tf 72 720 Td {show} ET".encode() if lines else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def _odt(xml):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("content.xml", xml)
    return buffer.getvalue()


def test_the_words_and_pages_of_a_pdf_are_read(db):
    document = make_document(
        "loi.pdf", _pdf("Une epreuve de discrimination est recevable")
    )
    assert read_document(document=document)
    document.refresh_from_db()
    assert "epreuve de discrimination" in document.text
    assert (document.page_count, document.text_state) == (1, "text")
    assert not document.needs_reading


def test_a_scan_is_told_from_a_text(db):
    document = make_document("scan.pdf", _pdf())
    read_document(document=document)
    document.refresh_from_db()
    assert document.text_state == "no_text"


def test_a_text_of_an_office_is_read(tmp_path):
    path = tmp_path / "note.odt"
    path.write_bytes(
        _odt("<text:p>L&apos;accueil</text:p><text:p>des familles</text:p>")
    )
    found = extract_text(path)
    assert found["text"].split() == ["L'accueil", "des", "familles"]


def test_a_broken_file_stops_nothing(db, tmp_path):
    path = tmp_path / "casse.docx"
    path.write_bytes(b"PK\x03\x04 rien de bon")
    assert extract_text(path)["state"] == "damaged"
    with pytest.raises(ExtractionFailed):
        extract_text(tmp_path / "absent.pdf")
    document = make_document("casse.pdf", b"%PDF-1.4 rien de bon")
    read_document(document=document)
    document.refresh_from_db()
    assert document.text_state == "damaged"
    assert not document.needs_reading


def test_publishing_a_record_has_its_files_read(client, home_page):
    document = make_document("loi.txt", "L’égalité des chances".encode())
    page = make_study(make_library(home_page), files=[document])
    client.get("/bibliotheque/")  # the outbox is drained after the request
    document.refresh_from_db()
    assert document.text == "L’égalité des chances"
    # A record that has gone meanwhile is no error.
    page.delete()
    read_files.call(page.pk)
