"""Portraits: what is received is read as pixels, cropped by the member and written anew.

Nothing of the received file is kept but its pixels: no name, no metadata (EXIF, GPS, XMP,
colour profile), no byte of its own. Each portrait has a random key, never used twice:

    portraits/<key>-<size>.<format>     what readers are served, by the view `portrait`
    portraits/cadrage/<pk>-<token>.webp what the member is cropping, for them alone, a day at most

Both are below the media folder, which nobody reads by path (media.views.serve_media).
"""

import io
from dataclasses import dataclass
from datetime import timedelta

import pillow_heif
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

SIZES = (512, 128)
FORMATS = {"avif": "image/avif", "webp": "image/webp"}
MOST_BYTES = 10 * 1024 * 1024
# What the photographs of a telephone hold; decoded, it is 150 MB of memory.
MOST_PIXELS = 50_000_000
# A face smaller than this would be a blur on the sheet.
SMALLEST_SIDE = 128
DRAFT_SIDE = 1400
DRAFTS_KEPT_FOR = timedelta(days=1)
MOST_ZOOM = 400
# The decoders a portrait may reach; Pillow has forty others.
_READ = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
_MAY_MOVE = ("PNG", "WEBP", "AVIF")
_FOLDER = "portraits"
_DRAFTS = f"{_FOLDER}/cadrage"
_ENCODING = {
    "avif": {"quality": 62, "speed": 7},
    "webp": {"quality": 80, "method": 4},
}

pillow_heif.register_heif_opener(thumbnails=False)


class UnreadablePortrait(Exception):
    """The file is not a portrait; its message is for the person who sent it."""


@dataclass(frozen=True)
class Frame:
    """The square that is kept: where it stands, and how near.

    `x` and `y` go from 0 (left, top) to 100 (right, bottom), 50 being the middle; `zoom` from
    100 (as large a square as fits) to MOST_ZOOM.
    """

    x: int = 50
    y: int = 50
    zoom: int = 100

    def box(self, width, height):
        """(left, top, side) in the pixels of an image of `width` by `height`."""
        side = max(1, round(min(width, height) * 100 / self.zoom))
        return (
            round((width - side) * self.x / 100),
            round((height - side) * self.y / 100),
            side,
        )


@dataclass(frozen=True)
class Draft:
    """A photograph waiting for its frame."""

    name: str
    token: str
    width: int
    height: int


def read_upload(upload):
    """The pixels of an uploaded file, upright, at most DRAFT_SIDE wide; UnreadablePortrait if none.

    `upload` is a Django UploadedFile; its name and its announced type say nothing.
    """
    if upload.size > MOST_BYTES:
        raise UnreadablePortrait(
            _(
                "This file weighs %(size)s MB; a portrait may weigh %(most)s MB at most."
                " Send a smaller copy of the photograph."
            )
            % {
                "size": round(upload.size / 1024 / 1024),
                "most": MOST_BYTES // 1024 // 1024,
            }
        )
    start = upload.read(1024)
    upload.seek(0)
    try:
        # Every frame is opened lazily: only the head has been read so far.
        with Image.open(upload, formats=_READ) as image:
            return _pixels(image)
    except UnidentifiedImageError as error:
        raise UnreadablePortrait(_why_not(start)) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadablePortrait(_too_large()) from error
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError) as error:
        # Decoders speak many languages: all of these mean that the pixels do not come.
        raise UnreadablePortrait(
            _(
                "This image cannot be read to its end: the file is damaged or incomplete."
                " Open it on your device, save it again and send that copy."
            )
        ) from error


def _pixels(image):
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise UnreadablePortrait(_too_large())
    if min(width, height) < SMALLEST_SIDE:
        raise UnreadablePortrait(
            _(
                "This image is too small: a portrait has at least %(side)s pixels on each"
                " side."
            )
            % {"side": SMALLEST_SIDE}
        )
    # A JPEG of two frames is how telephones keep a photograph and its double (MPO).
    if image.format in _MAY_MOVE and getattr(image, "is_animated", False):
        raise UnreadablePortrait(
            _("This image moves: send a still one (JPEG, PNG, WebP, AVIF or HEIC).")
        )
    # JPEG is decoded small at once; the others are reduced before they are turned.
    image.thumbnail((DRAFT_SIDE, DRAFT_SIDE), reducing_gap=2)
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        # What shows through is white, on dark pages too.
        upright = upright.convert("RGBA")
        ground = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(ground, upright)
    # A new image, made of pixels alone.
    return Image.frombytes("RGB", upright.size, upright.convert("RGB").tobytes())


def _too_large():
    return _(
        "This image has too many pixels: send a copy reduced to %(side)s pixels or so"
        " on its longest side."
    ) % {"side": 2000}


def _why_not(start):
    """What a file that is none of the admitted formats seems to be, in one sentence."""
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return _(
            "This is a drawing in SVG, which may hold programs. Send a photograph in"
            " JPEG, PNG, WebP, AVIF or HEIC."
        )
    if head.startswith(b"gif8"):
        return _(
            "This is a GIF, which may move. Send a still image in JPEG, PNG, WebP, AVIF or"
            " HEIC."
        )
    return _(
        "This file is not a photograph that can be read here, whatever its name says. Send"
        " one in JPEG, PNG, WebP, AVIF or HEIC."
    )


def save_draft(*, profile, image):
    """Keep `image` (read_upload's) for its owner to crop, in place of any other; the Draft."""
    delete_drafts(profile)
    token = get_random_string(16)
    name = f"{_DRAFTS}/{profile.pk}-{token}.webp"
    default_storage.save(name, ContentFile(_encoded(image, "webp")))
    return Draft(name, token, *image.size)


def draft_of(profile):
    """The photograph that `profile` is cropping, or None."""
    names = _drafts_of(profile)
    if not names:
        return None
    name = names[-1]
    token = name.rpartition("-")[2].removesuffix(".webp")
    try:
        with default_storage.open(name) as file, Image.open(file) as image:
            return Draft(name, token, *image.size)
    except OSError:
        return None


def delete_drafts(profile):
    """Forget the photographs that `profile` was cropping."""
    for name in _drafts_of(profile):
        default_storage.delete(name)


def delete_old_drafts(*, now=None):
    """Forget the photographs nobody came back to crop; return how many."""
    limit = (now or timezone.now()) - DRAFTS_KEPT_FOR
    count = 0
    for name in _names_in(_DRAFTS):
        if default_storage.get_modified_time(name) < limit:
            default_storage.delete(name)
            count += 1
    return count


def write_files(image, frame):
    """Write every size and format of `image` within `frame`; return the key of these files."""
    left, top, side = frame.box(*image.size)
    square = image.crop((left, top, left + side, top + side))
    key = get_random_string(24)
    for size in SIZES:
        small = square.resize((size, size), Image.Resampling.LANCZOS)
        for kind in FORMATS:
            default_storage.save(
                file_name(key, size, kind), ContentFile(_encoded(small, kind))
            )
    return key


def open_draft(draft):
    """The pixels of `draft`."""
    with default_storage.open(draft.name) as file, Image.open(file) as image:
        return image.convert("RGB")


def file_name(key, size, kind):
    """Where the files of a key stand in the media storage."""
    return f"{_FOLDER}/{key}-{size}.{kind}"


def read_file(name):
    """The bytes of a file of portraits, some tens of kilobytes; FileNotFoundError when gone."""
    with default_storage.open(name) as file:
        return file.read()


def delete_key(key):
    """Delete the files of a portrait by its key; those that are gone are gone."""
    for size in SIZES:
        for kind in FORMATS:
            default_storage.delete(file_name(key, size, kind))


def delete_files(profile):
    """Delete every file of the portrait of `profile`; return the names of those that were there.

    For erasure: the sheet is written by whoever calls.
    """
    names = [
        name
        for name in (
            *_drafts_of(profile),
            *(
                file_name(profile.portrait, size, kind)
                for size in SIZES
                for kind in FORMATS
                if profile.portrait
            ),
        )
        if default_storage.exists(name)
    ]
    for name in names:
        default_storage.delete(name)
    return names


def _drafts_of(profile):
    start = f"{profile.pk}-"
    return [
        name for name in _names_in(_DRAFTS) if name.rpartition("/")[2].startswith(start)
    ]


def _names_in(folder):
    try:
        files = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in sorted(files)]


def _encoded(image, kind):
    buffer = io.BytesIO()
    image.save(buffer, kind.upper(), **_ENCODING[kind])
    return buffer.getvalue()
