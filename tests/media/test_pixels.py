"""What the program that reads images makes of them, and what it refuses. In this process."""

import io

import pytest
from PIL import Image

from network_site.media import intake, pixels
from network_site.media.pixels import Refused, remake
from tests.media import images

ANY = intake.PICTURE.wanted
KINDS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF")


def opened(made):
    image = Image.open(io.BytesIO(made.content))
    assert image.format == made.format
    assert image.size == (made.width, made.height)
    return image


def is_red(colour):
    return colour[0] > 120 > colour[2]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_comes_out_but_pixels_upright(kind):
    made = remake(images.with_everything(kind), ANY)
    for trace in (b"MARQUE", b"MOT", b"Exif", b"EXIF", b"xmp", b"ICC", b"acsp"):
        assert trace not in made.content, trace
    image = opened(made)
    assert not image.getexif()
    assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info)
    if kind != "GIF":
        # Turned by a quarter: what was the left half is the top.
        assert image.size == (200, 300)
        assert is_red(image.convert("RGB").getpixel((100, 20)))
        assert not is_red(image.convert("RGB").getpixel((100, 280)))


@pytest.mark.parametrize("kind", KINDS)
def test_no_cut_file_is_taken_nor_a_fault_of_ours(kind):
    whole = images.encoded(images.picture(), kind)
    for length in range(2, len(whole) - 40, max(1, len(whole) // 17)):
        with pytest.raises(Refused) as refused:
            remake(whole[:length], ANY)
        assert refused.value.why in pixels.REFUSALS


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (images.BROKEN_GIF, "damaged"),
        (images.SVG, "svg"),
        (b"", "unknown"),
        ("Ceci n’est pas une image.".encode(), "unknown"),
        (images.encoded(images.picture(), "BMP"), "unknown"),
        (images.encoded(images.picture(), "TIFF"), "unknown"),
        # Just below 50 million, and just above.
        (images.announced(7050, 7050), "damaged"),
        (images.announced(7100, 7100), "many_pixels"),
        (images.announced(7100, 7100, colour=0), "many_pixels"),
        (images.announced(6200, 6200, colour=6), "many_pixels"),
        (images.announced(4400, 4400, depth=16, colour=6), "many_pixels"),
        (images.announced(4300, 4300, depth=16, colour=6), "damaged"),
        (images.announced(5100, 5100, depth=16, colour=2), "many_pixels"),
        (images.announced(100_000, 100_000), "many_pixels"),
    ],
)
def test_what_is_no_image_or_too_much_of_one_is_refused(content, why):
    with pytest.raises(Refused) as refused:
        remake(content, ANY)
    assert refused.value.why == why


def test_a_movement_is_refused_or_told():
    for kind in ("GIF", "PNG", "WEBP", "AVIF"):
        content = images.moving(kind)
        made = remake(content, ANY)
        assert made.is_moving
        assert not getattr(opened(made), "is_animated", False)
        # A GIF is no portrait at all.
        with pytest.raises(Refused, match="unknown" if kind == "GIF" else "moving"):
            remake(content, intake.PORTRAIT.wanted)
    double = images.encoded(
        images.picture(), "MPO", save_all=True, append_images=[images.picture()]
    )
    assert not remake(double, intake.PORTRAIT.wanted).is_moving


def test_every_way_of_keeping_colours_gives_the_same():
    """Palettes, greys, sixteen bits, CMYK, transparency; larger than what is kept or not."""
    red = images.picture(400, 400, right="#b1351b")
    small = intake.LOGO.wanted
    for side in (400, 1200):
        one = red.resize((side, side))
        for content in (
            images.encoded(one, "PNG"),
            images.encoded(one.convert("P"), "PNG"),
            images.encoded(one.convert("CMYK"), "JPEG"),
            images.encoded(one.convert("RGBA"), "WEBP"),
            images.encoded(one.convert("P"), "GIF"),
        ):
            made = remake(content, small)
            assert made.format == "PNG"
            assert max(made.width, made.height) == min(side, 800)
            assert is_red(opened(made).convert("RGB").getpixel((100, 100)))
    grey = Image.new("I;16", (300, 300), 32_768)
    level = opened(remake(images.encoded(grey, "PNG"), small)).convert("L")
    assert 120 < level.getpixel((10, 10)) < 136


def test_what_shows_through_is_kept_but_on_a_portrait():
    glass = Image.new("RGBA", (300, 300), (177, 53, 27, 0))
    for content in (
        images.encoded(glass, "PNG"),
        images.encoded(glass.convert("P"), "PNG", transparency=0),
        images.encoded(glass, "WEBP", lossless=True),
    ):
        kept = opened(remake(content, intake.LOGO.wanted)).convert("RGBA")
        assert kept.getpixel((9, 9))[3] == 0
        portrait = opened(remake(content, intake.PORTRAIT.wanted))
        assert portrait.mode == "RGB"
        assert min(portrait.getpixel((9, 9))) > 250


def test_a_photograph_in_png_is_written_as_a_photograph():
    content = images.encoded(
        Image.merge(
            "RGB",
            [Image.effect_noise((1400, 1000), 90 + number) for number in range(3)],
        ),
        "PNG",
    )
    assert len(content) > pixels.MOST_PNG_BYTES
    made = remake(content, ANY)
    assert made.format == "JPEG"
    assert len(made.content) < len(content) / 2
    assert remake(images.encoded(images.picture(), "PNG"), ANY).format == "PNG"
