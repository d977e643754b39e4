"""Small OpenDocument files made of our own texts, so that records have a file to open."""

import io
import re
import zipfile
from xml.sax.saxutils import escape

from django.core.files.base import ContentFile

MIMETYPE = "application/vnd.oasis.opendocument.text"
# A fixed date: the same text makes the same file.
STAMP = (2017, 1, 1, 0, 0, 0)
_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)


def odt_file(*, title, markdown):
    """Return an ODT file of `markdown` (paragraphs, headings, lists), titled and in French."""
    content = (
        f"<office:document-content {_NAMESPACES}><office:body><office:text>"
        f'<text:h text:outline-level="1">{escape(title)}</text:h>{_blocks(markdown)}'
        "</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {_NAMESPACES}><office:meta>"
        f"<dc:title>{escape(title)}</dc:title><dc:language>fr-FR</dc:language>"
        "</office:meta></office:document-meta>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        'manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    parts = {
        # First and uncompressed: how readers recognise the format.
        "mimetype": MIMETYPE,
        "content.xml": content,
        "meta.xml": meta,
        "META-INF/manifest.xml": manifest,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, words in parts.items():
            info = zipfile.ZipInfo(name, STAMP)
            if name != "mimetype":
                info.compress_type = zipfile.ZIP_DEFLATED
                words = '<?xml version="1.0" encoding="UTF-8"?>' + words
            archive.writestr(info, words)
    return ContentFile(stream.getvalue())


def _blocks(markdown):
    blocks, items = [], []
    for line in [*markdown.splitlines(), ""]:
        line = re.sub(r"\*+", "", line).strip()
        if line.startswith("- "):
            items.append(
                f"<text:list-item><text:p>{escape(line[2:])}</text:p></text:list-item>"
            )
            continue
        if items:
            blocks.append(f"<text:list>{''.join(items)}</text:list>")
            items = []
        if line.startswith("#"):
            words = escape(line.lstrip("# "))
            blocks.append(f'<text:h text:outline-level="2">{words}</text:h>')
        elif line:
            blocks.append(f"<text:p>{escape(line)}</text:p>")
    return "".join(blocks)
