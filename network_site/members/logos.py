"""Logos: what is received is read as pixels and written anew, without metadata."""

import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 24_000_000
# Twice the widest place where a logo is shown.
LONGEST_SIDE = 800
_READ = ("PNG", "WEBP", "JPEG")


def read_logo(upload):
    """The logo in `upload` (a Django UploadedFile) as a PNG file of its own.

    Raises ValidationError, whose sentence is for the person who sent it.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError(
            _(
                "This file weighs more than 2 MB: send a smaller copy of the logo. The rest"
                " of what you wrote is kept."
            )
        )
    upload.seek(0)
    try:
        with Image.open(upload, formats=_READ) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(
                    _(
                        "This image has too many pixels: send a smaller copy of the logo."
                    )
                )
            image.load()
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except UnidentifiedImageError as error:
        raise ValidationError(
            _("A logo is a PNG, WebP or JPEG image: this file is none of them.")
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            _("This image has too many pixels: send a smaller copy of the logo.")
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(
            _("This image cannot be read to its end: save it again and send that copy.")
        ) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A new image, made of pixels alone.
    bare = Image.frombytes("RGBA", upright.size, upright.tobytes())
    written = io.BytesIO()
    bare.save(written, "PNG", optimize=True)
    return ContentFile(written.getvalue(), name=f"logo-{get_random_string(12)}.png")
