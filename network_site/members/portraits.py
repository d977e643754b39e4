"""Portraits: what the intake received (media.intake) is cropped by the member and written anew.

Only pixels come out of the intake, and these are all that is opened here. Each portrait has a random key, never used twice:

    portraits/<key>-<size>.<format>     what readers are served, by the view `portrait`
    portraits/cadrage/<pk>-<token>.webp what the member is cropping, for them alone, a day at most

Both are below the media folder, which nobody reads by path (media.views.serve_media).
"""

import io
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.crypto import get_random_string
from PIL import Image

SIZES = (512, 128)
FORMATS = {"avif": "image/avif", "webp": "image/webp"}
DRAFTS_KEPT_FOR = timedelta(days=1)
MOST_ZOOM = 400
_FOLDER = "portraits"
_DRAFTS = f"{_FOLDER}/cadrage"
_ENCODING = {
    "avif": {"quality": 62, "speed": 7},
    "webp": {"quality": 80, "method": 4},
}


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


def save_draft(*, profile, made):
    """Keep what the intake `made` for its owner to crop, in place of any other; the Draft."""
    delete_drafts(profile)
    token = get_random_string(16)
    name = f"{_DRAFTS}/{profile.pk}-{token}.webp"
    default_storage.save(name, ContentFile(made.content))
    return Draft(name, token, made.width, made.height)


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
