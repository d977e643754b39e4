"""The one way in for images that people send: portraits, logos, the back office.

A file is read by a program of its own (`media.pixels`), which gives back pixels written anew; the
process that serves pages opens nothing of it. One such program runs at a time, whatever the number
of processes (SLOTS): the next ones wait for their turn, a while, and no more than a few.

    made = receive(upload, PORTRAIT)        # a Made; raises Unreadable, a ValidationError
    replace(upload, PICTURE)                # the same, its bytes put in the place of the file's

The sentences are for the person who sent the file: they say what to do.
"""

import contextlib
import fcntl
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from dataclasses import replace as replaced
from pathlib import Path, PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_site.media.pixels import MOST_PIXELS, MOST_SECONDS, Made, Wanted

MEGABYTE = 1024 * 1024
# On the watch, where other programs wait for the same processor.
PATIENCE = 2 * MOST_SECONDS
# How many files are read at once in all processes together, how many more wait for their turn (each
# holds a thread that could answer somebody), and how long.
SLOTS = 1
WAITING = 3
TURN_COMES_WITHIN = 15
_STILL = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
# How people know the formats, and how their names end.
NAMES = {"HEIF": "HEIC", "WEBP": "WebP", "MPO": "JPEG"}
EXTENSIONS = {
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "avif": "AVIF",
    "heic": "HEIF",
    "heif": "HEIF",
    "gif": "GIF",
}
_WRITTEN = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


@dataclass(frozen=True)
class Use:
    """What an image is sent for; `called` is how the sentences call it."""

    called: object
    most_bytes: int
    wanted: Wanted
    # Whether a name that says another format than the file is refused.
    needs_true_name: bool = False

    @property
    def formats(self):
        """The formats admitted, as people call them: "JPEG, PNG, WebP, AVIF or HEIC"."""
        *names, last = [NAMES.get(one, one) for one in self.wanted.formats]
        return _("%(some)s or %(last)s") % {"some": ", ".join(names), "last": last}


# A face smaller than 128 pixels would be a blur on the sheet; what shows through is white, on
# dark pages too.
PORTRAIT = Use(
    gettext_lazy("a portrait"),
    10 * MEGABYTE,
    Wanted(_STILL, 1400, smallest_side=128, written="WEBP", ground="white"),
)
# Twice the widest place where a logo is shown.
LOGO = Use(
    gettext_lazy("a logo"),
    2 * MEGABYTE,
    Wanted((*_STILL, "GIF"), 800, written="PNG", takes_moving=True),
)
# Twice the widest place of a page; sizes are made from it in the process that serves pages.
PICTURE = Use(
    gettext_lazy("an image"),
    10 * MEGABYTE,
    Wanted((*_STILL, "GIF"), 2560, takes_moving=True),
    needs_true_name=True,
)
# The same, stored by a command or by Wagtail's second step: its name was looked at before.
STORED = replaced(PICTURE, needs_true_name=False)


class Unreadable(ValidationError):
    """The file is not taken; its sentence is for the person who sent it."""


def receive(upload, use):
    """The pixels of `upload` (a Django File), written anew for `use`: a Made.

    Raises Unreadable. The file's name and announced type say nothing, unless the use asks for a
    name that says what the file is. It is marked (`was_moving`) when its movement is lost.
    """
    if upload.size > use.most_bytes:
        most = use.most_bytes // MEGABYTE
        raise Unreadable(
            _(
                "This file weighs %(size)s MB; %(what)s may weigh %(most)s MB at most."
                " Send a smaller copy."
            )
            % {
                "size": max(round(upload.size / MEGABYTE), most + 1),
                "what": use.called,
                "most": most,
            },
            code="file_too_large",
        )
    if use.needs_true_name:
        _check_ending(upload.name, use)
    upload.seek(0)
    made = read(upload.read(), use)
    if use.needs_true_name:
        _check_name(upload.name, made)
    upload.was_moving = made.is_moving
    return made


def read(content, use):
    """The Made of some bytes, by the program that reads images; Unreadable."""
    with turn():
        answer, made = _ask(content, use.wanted)
    if "refused" in answer:
        raise Unreadable(_sentence(answer["refused"], answer.get("seen", ""), use))
    return Made(content=made, **answer)


def replace(upload, use):
    """Put the pixels of `upload` in its place, bytes, size, type and ending of its name.

    Returns the Made; raises Unreadable. The file is then marked (`is_made`): whoever stores it
    knows that nothing of what came is left.
    """
    made = receive(upload, use)
    upload.seek(0)
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(made.content)
    upload.file.flush()
    upload.size = len(made.content)
    upload.content_type = f"image/{made.format.lower()}"
    stem = PurePath(upload.name or "image").stem or "image"
    upload.name = f"{stem}.{_WRITTEN[made.format]}"
    upload.is_made = True
    upload.seek(0)
    return made


def made_file(made, stem):
    """The image of a Made as a file to be stored, its name ending as it should."""
    name = f"{PurePath(stem or 'image').stem or 'image'}.{_WRITTEN[made.format]}"
    file = ContentFile(made.content, name=name)
    file.is_made = True
    return file


def loses_its_movement():
    """What is said of an animation of which the first picture is kept."""
    return _("This image was animated: only its first picture is kept, still.")


def _ending(name):
    return PurePath(name or "").suffix.lower().lstrip(".")


def _check_ending(name, use):
    ending = _ending(name)
    if ending in EXTENSIONS:
        return
    if ending == "svg":
        words = _sentence("svg", "SVG", use)
    elif ending:
        words = _(
            "A file whose name ends with .%(ending)s is not taken here. Send an image in"
            " %(formats)s."
        ) % {"ending": ending, "formats": use.formats}
    else:
        words = _(
            "The name of this file does not say its format: it has no ending. Send an"
            " image in %(formats)s."
        ) % {"formats": use.formats}
    raise Unreadable(words, code="invalid_image_extension")


def _check_name(name, made):
    ending = _ending(name)
    seen = "JPEG" if made.seen == "MPO" else made.seen
    if EXTENSIONS[ending] != seen:
        raise Unreadable(
            _(
                "The name of this file ends with .%(ending)s, but it is an image in"
                " %(format)s: save it again in the format that its name says, or give it"
                " the right ending."
            )
            % {"ending": ending, "format": NAMES.get(seen, seen)},
            code="invalid_image_known_format",
        )


def _sentence(why, seen, use):
    if why == "many_pixels":
        return _(
            "This image has too many pixels (%(most)s million at most, fewer with"
            " transparency or sixteen bits a colour): send a copy reduced to %(side)s"
            " pixels or so on its longest side."
        ) % {"most": MOST_PIXELS // 1_000_000, "side": 2000}
    if why == "small":
        return _(
            "This image is too small: %(what)s has at least %(side)s pixels on each side."
        ) % {"what": use.called, "side": use.wanted.smallest_side}
    if why == "moving":
        return _("This image moves: send a still one (%(formats)s).") % {
            "formats": use.formats
        }
    if why == "damaged":
        return _(
            "This image cannot be read to its end: the file is damaged or incomplete."
            " Open it on your device, save it again and send that copy."
        )
    if why == "svg":
        return _(
            "This is a drawing in SVG, which may hold programs. Send an image in"
            " %(formats)s."
        ) % {"formats": use.formats}
    if seen:
        return _(
            "This is an image in %(format)s, which is not taken here. Send one in"
            " %(formats)s."
        ) % {"format": NAMES.get(seen, seen), "formats": use.formats}
    return _(
        "This file is not an image that can be read here, whatever its name says. Send"
        " one in %(formats)s."
    ) % {"formats": use.formats}


def _ask(content, wanted):
    """(what the program says, the bytes it made)."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", "network_site.media.pixels", wanted.write()],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            cwd=Path(__file__).parents[2],
            # Nothing of ours goes along; one arena, for each takes its share of the limit.
            # Called by its whole path, it needs nothing of ours.
            env={"MALLOC_ARENA_MAX": "1"},
        )
    except subprocess.TimeoutExpired:
        return {"refused": "many_pixels"}, b""
    head, _line, made = done.stdout.partition(b"\n")
    try:
        return json.loads(head), made
    except ValueError:
        # Killed by its own limits, or by its decoder's fault.
        return {"refused": "damaged"}, b""


@contextlib.contextmanager
def turn():
    """One of the SLOTS, held until the file is read; Unreadable when none comes free.

    Whoever finds enough others waiting is told so at once.
    """
    deadline = time.monotonic() + TURN_COMES_WITHIN
    with contextlib.ExitStack() as held:
        with contextlib.ExitStack() as queue:
            is_waiting = False
            while not _takes_one_of("slot", SLOTS, held):
                is_waiting = is_waiting or _takes_one_of("waiting", WAITING, queue)
                if not is_waiting or time.monotonic() > deadline:
                    raise Unreadable(
                        _(
                            "Many images are being received at this moment: send yours"
                            " again in a minute."
                        ),
                        code="busy",
                    )
                time.sleep(0.05)
        yield


def _takes_one_of(name, count, held):
    """Whether a lock of this name was free: it is then held as long as the stack `held`."""
    folder = Path(settings.VAR_DIR) / "intake"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in range(count):
        # Closing lets go of the lock, whatever happened.
        lock = (folder / f"{name}-{number}.lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            held.enter_context(lock)
            return True
    return False
