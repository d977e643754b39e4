"""Images for tests: good ones, and those that people and attackers send."""

import io
import struct
import zlib

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

pillow_heif.register_heif_opener()

# Eight of the fourteen bytes that a GIF begins with say its size; nothing follows.
BROKEN_GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'


def encoded(image, kind="JPEG", **options):
    """The bytes of a Pillow image."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def picture(width=300, height=200, left="#b1351b", right="#1c5673", mode="RGB"):
    """An image whose two halves tell which way up it is."""
    image = Image.new("RGB", (width, height), left)
    image.paste(right, (width // 2, 0, width, height))
    return image.convert(mode)


def spied():
    """EXIF that names the device and the place, and turns the image."""
    exif = Image.Exif()
    exif[0x010F] = "MARQUEDELAPPAREIL"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 24.0)
    return exif


def with_everything(kind):
    """An image of a format with a place, a comment, a profile and bytes after its end."""
    image, exif = picture(), spied()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"exif": exif if kind != "HEIF" else exif.tobytes()}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "MOTDUFICHIER")
        options["pnginfo"] = text
    if kind == "JPEG":
        options |= {"comment": b"MOTDUFICHIER", "xmp": b"<x:xmpmeta>MOTDUFICHIER"}
    if kind == "GIF":
        options = {"comment": b"MOTDUFICHIER"}
    else:
        options["icc_profile"] = profile
    return encoded(image, kind, **options) + b"MOTAPRESLAFIN" * 40


def moving(kind="GIF"):
    """An animation of two pictures."""
    return encoded(
        picture(), kind, save_all=True, append_images=[picture(left="#ffffff")]
    )


def vast(side):
    """A real PNG of one colour, `side` pixels square, made without ever holding its pixels."""
    pack = zlib.compressobj(1)
    line = b"\0" + b"\xb1\x35\x1b" * side
    data = b"".join([*(pack.compress(line) for _line in range(side)), pack.flush()])
    return _png(struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0), data)


def announced(width, height, depth=8, colour=2):
    """A PNG that announces its size and holds next to nothing: a bomb of a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return _png(head, zlib.compress(b"\0" * 1000))


def _png(head, data):
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", data)
        + _chunk(b"IEND", b"")
    )


def _chunk(name, data):
    sum_of_it = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", sum_of_it)
