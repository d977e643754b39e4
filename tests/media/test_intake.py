"""One way in for images: the member's portrait, a body's logo, every form of the back office."""

import gc
import io
import json
import threading
import time
import warnings
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from network_site.home.services import ensure_site
from network_site.media import intake
from network_site.media.models import SiteImage
from network_site.members.models import Organization, OrganizationDelegate
from tests.media import images

pytestmark = pytest.mark.django_db

PORTRAIT = "/adhesion/ma-fiche/portrait/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    # Wagtail leaves the temporary file of a rendition to the collector, which warns of it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield settings.MEDIA_ROOT
        gc.collect()


def _collection():
    return Collection.get_first_root_node().pk


def _file(content, name):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


class Door:
    """A form that receives images: `send` gives what the person then reads."""

    def __init__(self, client, url, field, **others):
        self.client, self.url, self.field, self.others = client, url, field, others

    def send(self, content, name="photo.jpg"):
        response = self.client.post(
            self.url, {**self.others, self.field: _file(content, name)}
        )
        assert response.status_code in {200, 302}, (self.url, response.status_code)
        if response.get("Content-Type", "").startswith("application/json"):
            return json.dumps(json.loads(response.content), ensure_ascii=False)
        return response.content.decode() if response.status_code == 200 else ""


@pytest.fixture
def portrait_door(member_client):
    return Door(member_client, PORTRAIT, "photo")


@pytest.fixture
def logo_door(member_client, member):
    body = Organization.objects.create(name="CCAS", slug="ccas", kind="municipality")
    OrganizationDelegate.objects.create(organization=body, user=member)
    url = reverse("organization_edit", args=["ccas"])
    page = member_client.get(url).content.decode()
    version = page.split('name="version" value="')[1].split('"')[0]
    return Door(member_client, url, "logo_file", version=version)


@pytest.fixture
def editor_client(editor_client):
    """With the rights of the role."""
    ensure_site()
    return editor_client


@pytest.fixture
def add_door(editor_client):
    return Door(
        editor_client,
        reverse("wagtailimages:add"),
        "file",
        title="Une image",
        collection=_collection(),
    )


@pytest.fixture
def several_door(editor_client):
    url = reverse("wagtailimages:add_multiple")
    return Door(
        editor_client, url, "files[]", title="Une image", collection=_collection()
    )


@pytest.fixture
def chooser_door(editor_client):
    url = reverse("wagtailimages_chooser:create")
    prefix = "image-chooser-upload"
    others = {f"{prefix}-title": "Une image", f"{prefix}-collection": _collection()}
    return Door(editor_client, url, f"{prefix}-file", **others)


@pytest.fixture
def replace_door(editor_client, editor):
    image = SiteImage.objects.create(
        title="Avant",
        uploaded_by_user=editor,
        file=ContentFile(images.encoded(images.picture(), "PNG"), "avant.png"),
    )
    url = reverse("wagtailimages:edit", args=[image.pk])
    return Door(editor_client, url, "file", title="Après", collection=_collection())


CUT = images.encoded(images.picture(900, 700), quality=95)
# Of each refused file, a word of the French sentence that says why.
REFUSED = {
    "cut": (CUT[: len(CUT) // 2], "photo.jpg", "incomplet"),
    "broken gif": (images.BROKEN_GIF, "photo.gif", ("incomplet", "GIF")),
    "bomb": (images.announced(30_000, 30_000), "photo.png", "trop de pixels"),
    "svg": (images.SVG, "photo.png", "SVG"),
}


def _originals(media):
    """What is stored of what was received, portraits being cropped included."""
    folders = ("original_images", "portraits", "uploads")
    found = [path for one in folders for path in (media / one).rglob("*")]
    return sorted(path.name for path in found if path.is_file())


@pytest.mark.parametrize("door", ["portrait", "logo"])
def test_what_cannot_be_read_is_a_field_error_in_front(door, request, media):
    door = request.getfixturevalue(f"{door}_door")
    _refuses(door, media)


BACK_OFFICE = ["add", "several", "chooser", "replace"]


@pytest.mark.parametrize("door", BACK_OFFICE)
def test_every_form_of_the_back_office_keeps_pixels_alone_and_says_what_it_does(
    door, request, media
):
    door = request.getfixturevalue(f"{door}_door")
    _refuses(door, media)
    _says_a_wrong_ending(door)
    _keeps_pixels_alone(door, media)
    _says_that_an_animation_is_lost(door)


def _refuses(door, media):
    before = _originals(media)
    for name, (content, called, words) in REFUSED.items():
        page = door.send(content, called)
        found = [words] if isinstance(words, str) else words
        assert any(word in page for word in found), (door.url, name)
    assert _originals(media) == before
    assert not UploadedFile.objects.exists()


def _says_a_wrong_ending(door):
    png = images.encoded(images.picture(), "PNG")
    assert "image en PNG" in door.send(png, "photo.jpg")
    for name, word in (("p.svg", "SVG"), ("p.exe", ".exe"), ("p", "pas son format")):
        assert word in door.send(png, name)


def _keeps_pixels_alone(door, media):
    """A photograph as a telephone sends it."""
    door.send(images.with_everything("HEIF"), "IMG 0001.HEIC")
    image = SiteImage.objects.get()
    assert image.file.name.endswith(".jpg")
    assert (image.width, image.height) == (200, 300)
    with image.file.open("rb") as file:
        content = file.read()
    for trace in (b"MARQUE", b"MOT", b"Exif"):
        assert trace not in content
    assert image.file_size == len(content)
    assert _originals(media) == [Path(image.file.name).name]


def _says_that_an_animation_is_lost(door):
    at_once = door.send(images.moving(), "film.gif")
    where = "/admin/" if door.url.startswith("/admin/") else "/"
    next_page = door.client.get(where).content.decode()
    assert "l’animation est perdue" in at_once + next_page
    image = SiteImage.objects.latest("pk")
    with image.file.open("rb") as file:
        assert not getattr(Image.open(file), "is_animated", False)
    assert "l’animation est perdue" not in door.client.get("/").content.decode()


def test_a_logo_that_moves_is_kept_still_and_it_is_said(logo_door):
    _says_that_an_animation_is_lost(logo_door)


def test_what_a_form_left_for_a_second_step_is_pixels_too(editor_client, editor):
    """Wagtail keeps a file whose other fields are wrong, and takes it up later."""
    url = reverse("wagtailimages:add_multiple")
    sent = {
        "title": "x" * 300,
        "collection": _collection(),
        "files[]": _file(images.with_everything("JPEG"), "p.jpg"),
    }
    answer = json.loads(editor_client.post(url, sent).content)
    kept = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
    with kept.file.open("rb") as file:
        assert b"MARQUE" not in file.read()
    second = reverse(
        "wagtailimages:create_multiple_from_uploaded_image", args=[kept.pk]
    )
    prefix = f"uploaded-image-{kept.pk}"
    answer = editor_client.post(
        second, {f"{prefix}-title": "Court", f"{prefix}-collection": _collection()}
    )
    assert json.loads(answer.content)["success"]
    assert SiteImage.objects.get().file.name.endswith(".jpg")


def test_an_original_is_for_those_who_manage_it(client, member_client, replace_door):
    image = SiteImage.objects.get()
    body = Organization.objects.create(
        name="CCAS", slug="ccas", kind="municipality", logo=image
    )
    rendition = image.get_rendition("max-120x120")
    original = f"/medias/{image.file.name}"
    for reader in (client, member_client):
        assert reader.get(original).status_code == 404
        response = reader.get(rendition.url)
        assert response.status_code == 200
        b"".join(response.streaming_content)
    response = replace_door.client.get(original)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    b"".join(response.streaming_content)
    body.delete()


def test_an_image_stored_by_a_command_is_pixels_too(db):
    image = SiteImage(title="Par une commande")
    image.file.save("p.png", ContentFile(images.with_everything("PNG")), save=False)
    image.save()
    with image.file.open("rb") as file:
        content = file.read()
    assert b"MOT" not in content
    assert Image.open(io.BytesIO(content)).size == (200, 300)
    with pytest.raises(intake.Unreadable):
        SiteImage(title="x").file.save("x.png", ContentFile(b"rien"), save=False)


def test_the_account_of_the_back_office_takes_no_picture(editor_client, editor):
    url = reverse("wagtailadmin_account")
    assert "avatar-avatar" not in editor_client.get(url).content.decode()
    editor_client.post(url, {"avatar-avatar": _file(CUT, "moi.jpg")})
    assert not UserProfile.get_for_user(editor).avatar


# What it costs ------------------------------------------------------------------------------


def _peak():
    """The most memory that this process has held since it was last asked to forget it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmHWM")


def test_the_largest_portrait_costs_the_site_next_to_nothing(portrait_door):
    content = images.vast(7050)
    gc.collect()
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pytest.skip("the system does not measure it")
    before = _peak()
    portrait_door.send(content, "grande.png")
    assert (_peak() - before) < 40 * intake.MEGABYTE
    assert "cadrage" in portrait_door.client.get(PORTRAIT).content.decode()


def test_few_images_are_read_at_once_a_few_wait_and_the_others_are_told(monkeypatch):
    inside, most, told = [], [], []

    def read():
        try:
            with intake.turn():
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.3)
                inside.pop()
        except intake.Unreadable as error:
            told.append(error.messages[0])

    readers = [threading.Thread(target=read) for _number in range(6)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    assert max(most) == intake.SLOTS
    assert len(most) == intake.SLOTS + intake.WAITING
    assert len(told) == 6 - len(most)
    assert "dans une minute" in told[0]
    # A lock is the file's, whichever process holds it; the turn that does not come is said.
    monkeypatch.setattr(intake, "TURN_COMES_WITHIN", 0.1)
    with intake.turn(), pytest.raises(intake.Unreadable, match="minute"):
        intake.read(CUT, intake.PICTURE)
    with intake.turn():
        pass
