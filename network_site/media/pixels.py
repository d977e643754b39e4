"""The pixels of an image, read and written anew: run as a program of its own.

    python -m network_site.media.pixels '{"formats": […], …}' < FILE

reads the image on its standard input and answers one line of JSON, then the bytes of the image
made of its pixels alone: upright, in sRGB, without a word, a place or a byte of the file that came.
The JSON says {"width", "height", "format", "is_moving"}, or {"refused": why, …} (REFUSALS).

The program takes its own limits before it opens anything: a file that asks for more is refused,
and the process that was sent it never holds a pixel. No Django here.
"""

import io
import json
import sys
from dataclasses import asdict, dataclass, fields

# Of address space. The largest images admitted take 350 to 510 MB in all (JPEG, HEIC, PNG, AVIF:
# docs/decisions/0018); WebP, whose decoder holds three copies, some 35 million pixels.
MOST_MEMORY = 640 * 1024**2
# Of processor: the largest take 2 to 5.
MOST_SECONDS = 15
# What the photographs of a telephone hold; and decoded, three channels of eight bits of them: four
# channels, or sixteen bits, leave room for fewer.
MOST_PIXELS = 50_000_000
MOST_BYTES = 3 * MOST_PIXELS
# What the file announces to be, per pixel: see _weight.
_CHANNELS = {"1": 1, "L": 1, "P": 1, "LA": 2, "PA": 2, "RGB": 3, "YCbCr": 3, "LAB": 3}
_DEEP = {"I": 4, "F": 4, "I;16": 2, "I;16B": 2, "I;16L": 2, "I;16N": 2}
REFUSALS = ("unknown", "svg", "moving", "many_pixels", "small", "damaged")
# The pictures of the others, if they have several, do not follow each other: a photograph and its
# double (MPO), the photographs of one burst (HEIC).
_MAY_MOVE = {"PNG", "WEBP", "AVIF", "GIF"}
# What a photograph is written as, and how well.
_OPTIONS = {
    "JPEG": {"quality": 88, "optimize": True},
    "WEBP": {"quality": 82, "method": 4},
    "PNG": {},
}
# A drawing that is larger than this as it is drawn is a photograph: written as one.
MOST_PNG_BYTES = 3 * 1024 * 1024


@dataclass(frozen=True)
class Wanted:
    """What is admitted, and what is to be made of it.

    `formats` are Pillow's names; `longest_side` in pixels; `written` the format to write, ""
    for the one nearest to what came; `ground` a colour put behind what shows through, "" for
    none; `takes_moving` whether the first picture of an animation will do.
    """

    formats: tuple
    longest_side: int
    smallest_side: int = 1
    written: str = ""
    ground: str = ""
    takes_moving: bool = False

    def __post_init__(self):
        object.__setattr__(self, "formats", tuple(self.formats))

    @classmethod
    def read(cls, text):
        """The Wanted that `write` wrote."""
        return cls(**json.loads(text))

    def write(self):
        """This as one argument of the program."""
        return json.dumps(asdict(self))


class Refused(Exception):
    """The image is not taken; `why` is one of REFUSALS, `seen` the format it has."""

    def __init__(self, why, seen=""):
        super().__init__(why)
        self.why = why
        self.seen = seen


@dataclass(frozen=True)
class Made:
    """An image made of pixels alone; `seen` is the format of the file that came."""

    content: bytes
    format: str
    width: int
    height: int
    seen: str
    is_moving: bool = False

    @property
    def facts(self):
        """What the program says before the bytes."""
        return {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if one.name != "content"
        }


def remake(content, wanted):
    """The Made of the bytes `content`; raise Refused. In this very process."""
    from PIL import Image, UnidentifiedImageError

    _prepare()
    try:
        with Image.open(io.BytesIO(content), formats=wanted.formats) as image:
            return _remade(image, wanted)
    except UnidentifiedImageError as error:
        raise Refused(*_what_else(content, wanted.formats)) from error
    except MemoryError as error:
        raise Refused("many_pixels") from error
    except Refused:
        raise
    except Exception as error:
        # Decoders speak many languages: whatever they say, the pixels do not come.
        raise Refused("damaged") from error


def _prepare():
    """The decoders as they are wanted: no thread of their own, no limit but ours."""
    import pillow_heif
    from PIL import AvifImagePlugin, Image

    Image.MAX_IMAGE_PIXELS = None
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)


def _remade(image, wanted):
    from PIL import Image, ImageOps

    seen = image.format
    # Only the head has been read so far.
    if image.width * image.height > MOST_PIXELS or _weight(image) > MOST_BYTES:
        raise Refused("many_pixels", seen)
    if min(image.size) < wanted.smallest_side:
        raise Refused("small", seen)
    is_moving = seen in _MAY_MOVE and getattr(image, "is_animated", False)
    if is_moving and not wanted.takes_moving:
        raise Refused("moving", seen)
    side = wanted.longest_side
    if max(image.size) > side and image.mode in ("1", "P", "PA"):
        # Colours of a palette are not mixed: reduced as they are, edges would be torn.
        profile = image.info.get("icc_profile")
        image = image.convert("RGBA" if _shows_through(image) else "RGB")
        image.info["icc_profile"] = profile
    # JPEG is decoded small at once; the others are reduced before they are turned.
    image.thumbnail((side, side), reducing_gap=2)
    # All of it: what fits already has not been read to its end.
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    plain = _in_srgb(upright, profile)
    if wanted.ground and plain.mode == "RGBA":
        ground = Image.new("RGBA", plain.size, wanted.ground)
        plain = Image.alpha_composite(ground, plain).convert("RGB")
    # A new image, made of pixels alone.
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    content, written = _written(bare, wanted.written, seen)
    return Made(content, written, *bare.size, seen, is_moving)


def _weight(image):
    """How many bytes the image takes decoded, by what its head says."""
    width, height = image.size
    mode = image.mode
    depth = _DEEP.get(mode) or _CHANNELS.get(mode, 4) * _bytes_a_channel(image)
    return width * height * depth


def _bytes_a_channel(image):
    if image.info.get("bit_depth", 8) > 8:
        return 2
    for tile in getattr(image, "tile", ()):
        if any("16" in str(one) for one in _flat(tile[3])):
            return 2
    return 1


def _flat(arguments):
    return arguments if isinstance(arguments, tuple | list) else (arguments,)


def _shows_through(image):
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _in_srgb(image, profile):
    """`image` in RGB or RGBA, its colours those that its profile means."""
    wanted = "RGBA" if _shows_through(image) else "RGB"
    if image.mode.startswith("I") or image.mode == "F":
        image = _eight_bits(image)
    if image.mode not in ("RGB", "L", "CMYK"):
        image = image.convert(wanted)
    if not profile:
        return image.convert(wanted)
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = _meant(image.convert("RGB") if alpha else image, profile)
    if alpha:
        colours.putalpha(alpha)
    return colours.convert(wanted)


def _meant(image, profile):
    """The colours of `image` in sRGB; as they stand where its profile says nothing."""
    from PIL import ImageCms

    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.convert("RGB")


def _eight_bits(image):
    """Greys of sixteen bits or more, which Pillow would cut at 255, in eight."""
    if image.mode.startswith("I;16") or image.getextrema()[1] > 255:
        image = image.convert("I").point(lambda value: value / 256)
    return image.convert("L")


def _written(image, wanted, seen):
    """(bytes, format) of pixels alone, in the format wanted or the nearest to what came."""
    shows_through = image.mode == "RGBA" and image.getextrema()[3][0] < 255
    if not shows_through:
        image = image.convert("RGB")
    kind = wanted or _nearest(seen, shows_through)
    content = _encoded(image, kind)
    if not wanted and kind == "PNG" and len(content) > MOST_PNG_BYTES:
        kind = _nearest("JPEG", shows_through)
        content = _encoded(image, kind)
    return content, kind


def _nearest(seen, shows_through):
    if seen in ("PNG", "GIF"):
        return "PNG"
    if seen == "WEBP" or shows_through:
        return "WEBP"
    return "JPEG"


def _encoded(image, kind):
    buffer = io.BytesIO()
    image.save(buffer, kind, **_OPTIONS[kind])
    return buffer.getvalue()


# What the files of the formats admitted begin with, and where.
_HEADS = {
    "GIF": (0, (b"GIF87a", b"GIF89a")),
    "JPEG": (0, (b"\xff\xd8\xff",)),
    "PNG": (0, (b"\x89PNG\r\n\x1a\n",)),
    "WEBP": (8, (b"WEBP",)),
    "AVIF": (4, (b"ftypavif", b"ftypavis")),
    "HEIF": (4, (b"ftyphe", b"ftypmif1", b"ftypmsf1")),
}


def _what_else(content, formats):
    """(why, format) of a file that none of the decoders admitted can open."""
    for name, (at, heads) in _HEADS.items():
        if content[at:].startswith(heads):
            return ("damaged" if name in formats else "unknown"), name
    if b"<svg" in content[:1024].lower():
        return "svg", "SVG"
    return "unknown", ""


def _limit():
    """What this process may take, refused by the system beyond."""
    try:
        import resource
    except ImportError:
        # Not on this system; the network's servers are Linux.
        return
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        # It writes to its standard output alone, and leaves no core.
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main():
    _limit()
    wanted = Wanted.read(sys.argv[1])
    try:
        made = remake(sys.stdin.buffer.read(), wanted)
        facts, content = made.facts, made.content
    except Refused as refused:
        facts, content = {"refused": refused.why, "seen": refused.seen}, b""
    except MemoryError:
        facts, content = {"refused": "many_pixels"}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
