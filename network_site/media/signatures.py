"""Whether a file is what its name says, by its first bytes (Format registries: PRONOM)."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_HEAD = 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BEGINNINGS = dict.fromkeys(("docx", "odp", "ods", "odt", "pptx", "xlsx"), _ZIP)
_UNICODE = (b"\xff\xfe", b"\xfe\xff")


def check_signature(file, name):
    """Raise ValidationError when the beginning of `file` is not that of a file named `name`."""
    extension = Path(name).suffix.lower().lstrip(".")
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if not _begins_as(extension, head):
        raise ValidationError(
            _(
                "“%(name)s” is named as a %(kind)s file and is not one: it is of another"
                " kind, damaged or protected by a password. Open it, save it again as"
                " %(kind)s without a password, and choose that file."
            ),
            code="not_what_it_says",
            params={"name": Path(name).name, "kind": extension.upper()},
        )


def _begins_as(extension, head):
    if extension == "pdf":
        # ISO 32000-1, annex H: readers take the mark anywhere in the first 1024 bytes, and
        # mail programs leave blank lines before it; a program is none all the same.
        return b"%PDF-" in head and not head.startswith((b"MZ", b"\x7fELF", *_ZIP))
    if extension in _BEGINNINGS:
        return head.startswith(_BEGINNINGS[extension])
    if extension in {"csv", "txt"}:
        return head.startswith(_UNICODE) or (
            b"\x00" not in head and not head.startswith(b"%PDF-")
        )
    return True
