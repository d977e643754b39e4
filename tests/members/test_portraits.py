"""Portraits: what is refused, what is kept, who is served, what is left behind."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image, PngImagePlugin

from network_site.core.outbox import drain
from network_site.members import portraits
from network_site.members.enums import FieldVisibility
from network_site.members.models import Profile

pytestmark = pytest.mark.django_db

SEND = "/adhesion/ma-fiche/portrait/"
CROP = "/adhesion/ma-fiche/portrait/cadrage/"
PHOTO = "/adhesion/ma-fiche/portrait/photographie/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(width=300, height=200, left="#b1351b", right="#1c5673"):
    image = Image.new("RGB", (width, height), left)
    image.paste(right, (width // 2, 0, width, height))
    return image


def encoded(image, kind="JPEG", **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def send(client, content, name="moi.jpg"):
    return client.post(
        SEND,
        {"photo": SimpleUploadedFile(name, content, content_type="image/jpeg")},
    )


def token(client):
    return re.search(r'name="token" value="(\w+)"', client.get(CROP).content.decode())[
        1
    ]


def crop(client, x=50, y=50, zoom=100, **fields):
    return client.post(
        CROP, {"token": token(client), "x": x, "y": y, "zoom": zoom, **fields}
    )


def served(client, profile, size=512, kind="webp"):
    response = client.get(reverse("portrait", args=[profile.pk, size, kind]))
    assert response.status_code == 200
    return Image.open(io.BytesIO(response.content))


def is_red(colour):
    return colour[0] > 120 > colour[2]


def files(media):
    return sorted(path.name for path in media.rglob("*") if path.is_file())


# What is refused ---------------------------------------------------------------------------


def refused_files():
    good = encoded(picture())
    gif = io.BytesIO()
    frames = [picture(), picture(left="#fff")]
    frames[0].save(gif, "GIF", save_all=True, append_images=frames[1:])
    moving = io.BytesIO()
    frames[0].save(moving, "PNG", save_all=True, append_images=frames[1:])
    bomb = encoded(Image.new("1", (9000, 9000)), "PNG")
    return {
        "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "text": "Ceci n’est pas une photographie.".encode(),
        "truncated": encoded(picture(1200, 900), quality=95)[:4000],
        "truncated png": encoded(picture(), "PNG")[:200],
        "gif": gif.getvalue(),
        "moving": moving.getvalue(),
        "bomb": bomb,
        "larger bomb": encoded(Image.new("1", (13500, 13500)), "PNG"),
        "tiny": encoded(picture(40, 30)),
        "empty": b"",
        "html after a head": good[:20] + b"<script>alert(1)</script>",
    }


# In French, a word of the sentence that says why.
SAID = {
    "svg": ("SVG",),
    "gif": ("GIF",),
    "moving": ("animée", "moves"),
    "bomb": ("pixels", "pixels"),
    "larger bomb": ("pixels", "pixels"),
    "tiny": ("petite", "small"),
    "truncated": ("incomplet", "incomplete"),
    "truncated png": ("incomplet", "incomplete"),
    "empty": ("vide", "empty"),
    "text": ("lisible ici",),
    "html after a head": ("incomplet", "lisible ici"),
}


def test_what_is_no_photograph_is_refused_with_its_reason(member_client, member, media):
    for name, content in refused_files().items():
        response = send(member_client, content)
        assert response.status_code == 200, name
        page = response.content.decode().split("<main")[1]
        assert 'role="alert"' in page, name
        words = SAID[name]
        assert any(word in page for word in words), (name, page)
    assert member_client.post(SEND).status_code == 200
    assert files(media) == []
    assert member_client.get(CROP)["Location"] == SEND


def test_a_file_of_30_mb_is_refused_without_being_decoded(member_client, media):
    content = encoded(picture()) + b"\0" * 30 * 1024 * 1024
    page = send(member_client, content).content.decode()
    assert "30" in page.split("<main")[1]
    assert files(media) == []


def test_another_photograph_is_sent_from_the_same_page(member_client):
    """Also while one waits to be cropped: the form is sent to its own address."""
    send(member_client, encoded(picture()))
    page = member_client.get(SEND).content.decode().split("<main")[1]
    form = re.search(r'<form class="form"[^>]*>', page)[0]
    assert "action=" not in form


# What is kept ------------------------------------------------------------------------------


def test_a_photograph_is_cropped_as_its_member_asks(member_client, member, media):
    profile = member.profile
    assert send(member_client, encoded(picture()))["Location"] == CROP
    # The left end, as near as two thirds of the height.
    assert crop(member_client, x=0, y=50, zoom=150).status_code == 302
    profile.refresh_from_db()
    for kind in ("webp", "avif"):
        for size in (512, 128):
            image = served(member_client, profile, size, kind)
            assert image.format == kind.upper()
            assert image.size == (size, size)
            assert is_red(image.convert("RGB").getpixel((size - 8, size // 2)))
    assert len(files(media)) == 4, "the photograph that was cropped is erased"

    send(member_client, encoded(picture()))
    crop(member_client, x=50, y=50)
    profile.refresh_from_db()
    image = served(member_client, profile).convert("RGB")
    assert is_red(image.getpixel((40, 256)))
    assert not is_red(image.getpixel((470, 256)))


def test_without_script_the_frame_is_seen_before_it_is_kept(member_client, member):
    send(member_client, encoded(picture()))
    response = crop(member_client, x=100, y=0, zoom=200, preview="1")
    page = response.content.decode()
    assert 'viewBox="200 0 100 100"' in page
    assert 'value="200"' in page
    member.profile.refresh_from_db()
    assert member.profile.portrait == ""


def test_a_frame_out_of_bounds_is_refused_and_the_photograph_kept(
    member_client, member
):
    send(member_client, encoded(picture()))
    for wrong in ({"x": -5}, {"zoom": 9000}, {"y": "haut"}, {"zoom": ""}):
        response = crop(member_client, **wrong)
        assert response.status_code == 200
        assert "alert error" in response.content.decode()
    assert crop(member_client).status_code == 302


def test_nothing_of_the_file_is_kept_but_its_pixels(member_client, member, media):
    image = picture()
    exif = Image.Exif()
    exif[0x010F] = "MARQUEDELAPPAREIL"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 24.0)
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "MOTDUFICHIER")
    samples = [
        encoded(
            image, exif=exif, comment=b"MOTDUFICHIER", icc_profile=b"PROFILICC" * 20
        ),
        encoded(image, "PNG", pnginfo=text, exif=exif),
        encoded(image, "WEBP", exif=exif, xmp=b"<x:xmpmeta>MOTDUFICHIER</x:xmpmeta>"),
        encoded(image, "AVIF", exif=exif),
        encoded(image, "HEIF", exif=exif.tobytes()),
    ]
    for sample in samples:
        assert send(member_client, sample, "vacances a Nice.jpg").status_code == 302
        (draft,) = files(media / "portraits" / "cadrage")
        crop(member_client)
        member.profile.refresh_from_db()
        drain()
        kept = [path for path in media.rglob("*") if path.is_file()]
        assert len(kept) == 4
        for path in kept:
            data = path.read_bytes()
            for trace in (b"MARQUE", b"MOTDU", b"PROFILICC", b"Exif", b"EXIF", b"xmp"):
                assert trace not in data, (path.name, trace)
            with Image.open(path) as again:
                assert not again.getexif()
                assert not {"exif", "icc_profile", "xmp", "comment"} & set(again.info)
            assert "Nice" not in path.name
        assert draft not in files(media)


def test_a_photograph_held_sideways_is_put_upright(member_client, member):
    exif = Image.Exif()
    # Its top is on the right: the red half, on the left of the file, is the top.
    exif[0x0112] = 6
    send(member_client, encoded(picture(), exif=exif))
    crop(member_client)
    member.profile.refresh_from_db()
    image = served(member_client, member.profile).convert("RGB")
    assert is_red(image.getpixel((256, 40)))
    assert not is_red(image.getpixel((256, 470)))


def test_the_double_photograph_of_a_telephone_is_a_photograph(member_client):
    double = io.BytesIO()
    picture().save(double, "MPO", save_all=True, append_images=[picture()])
    assert send(member_client, double.getvalue()).status_code == 302


# What is left behind -----------------------------------------------------------------------


def test_replaced_and_removed_portraits_leave_no_file(member_client, member, media):
    send(member_client, encoded(picture()))
    crop(member_client)
    member.profile.refresh_from_db()
    first = member.profile.portrait
    send(member_client, encoded(picture()))
    crop(member_client)
    drain()
    member.profile.refresh_from_db()
    assert member.profile.portrait != first
    assert not [name for name in files(media) if first in name]
    remove = reverse("profile_portrait_remove")
    assert member_client.get(remove).status_code == 405
    assert member_client.post(remove).status_code == 302
    assert member_client.post(remove).status_code == 302
    drain()
    assert files(media) == []


def test_sent_or_cropped_twice_a_portrait_is_there_once(member_client, member, media):
    send(member_client, encoded(picture()))
    old = token(member_client)
    send(member_client, encoded(picture()))
    assert len(files(media)) == 1
    # The frame of the first photograph is not put on the second.
    answer = member_client.post(CROP, {"token": old, "x": 0, "y": 0, "zoom": 100})
    assert answer.status_code == 200
    member.profile.refresh_from_db()
    assert member.profile.portrait == ""
    now = token(member_client)
    sent = {"token": now, "x": 0, "y": 0, "zoom": 100}
    assert member_client.post(CROP, sent).status_code == 302
    again = member_client.post(CROP, sent)
    assert again["Location"] == reverse("profile_edit")
    assert len(files(media)) == 4


def test_a_photograph_nobody_comes_back_to_is_erased_after_a_day(member_client, media):
    send(member_client, encoded(picture()))
    now = timezone.now()
    assert portraits.delete_old_drafts(now=now) == 0
    assert portraits.delete_old_drafts(now=now + timedelta(hours=25)) == 1
    assert files(media) == []


def test_erasing_a_person_deletes_their_files_and_no_others(
    member_client, member, facilitator_client, facilitator, media
):
    for client in (member_client, facilitator_client):
        send(client, encoded(picture()))
        crop(client)
        send(client, encoded(picture()))
    member.profile.refresh_from_db()
    assert len(portraits.delete_files(member.profile)) == 5
    assert portraits.delete_files(member.profile) == []
    facilitator.profile.refresh_from_db()
    assert len(files(media)) == 5
    assert all(
        facilitator.profile.portrait in name
        or name.startswith(f"{facilitator.profile.pk}-")
        for name in files(media)
    )


# Who is served -----------------------------------------------------------------------------


def test_a_photograph_being_cropped_is_for_its_owner_alone(
    member_client, facilitator_client, client, member, media
):
    send(member_client, encoded(picture()))
    response = member_client.get(PHOTO)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert facilitator_client.get(PHOTO).status_code == 404
    assert "login" in client.get(PHOTO)["Location"]
    (name,) = files(media)
    for reader in (member_client, facilitator_client, client):
        assert reader.get(f"/medias/portraits/cadrage/{name}").status_code == 404


def test_a_portrait_has_no_other_address_and_is_asked_for_each_time(
    member_client, client, member, media
):
    send(member_client, encoded(picture()))
    crop(member_client)
    profile = member.profile
    profile.refresh_from_db()
    url = reverse("portrait", args=[profile.pk, 128, "webp"])
    name = portraits.file_name(profile.portrait, 128, "webp")
    assert default_storage.exists(name)
    assert member_client.get(f"/medias/{name}").status_code == 404
    assert client.get(url).status_code == 404
    response = member_client.get(url)
    assert "private" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]
    etag = {"If-None-Match": response["ETag"]}
    assert member_client.get(url, headers=etag).status_code == 304
    Profile.objects.filter(pk=profile.pk).update(
        sheet_visibility=FieldVisibility.EVERYONE,
        portrait_visibility=FieldVisibility.EVERYONE,
    )
    assert client.get(url).status_code == 200
    Profile.objects.filter(pk=profile.pk).update(
        portrait_visibility=FieldVisibility.MEMBERS
    )
    # What a browser kept does not open it any more.
    assert client.get(url, headers=etag).status_code == 404
    for size, kind in ((64, "webp"), (128, "png")):
        other = reverse("portrait", args=[profile.pk, size, kind])
        assert member_client.get(other).status_code == 404
