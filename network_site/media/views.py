"""Files at their own addresses: documents, and images under /medias/, for those who may open them."""

import mimetypes
import posixpath
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe
from wagtail.documents.views import serve

from network_site.media.models import SiteDocument, SiteImage, SiteRendition
from network_site.media.permissions import can_view_image, is_public, manages

# A browser must never run what an image carries, nor guess that it is something else.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def serve_media(request, name):
    """Serve a size made from an image of the network, or the image to those who manage it.

    What a reader may not see does not exist for them (404, whatever the reason), and so
    does every other file of the media folder: documents have an address of their own.
    """
    image = _image_of(name)
    if image is None:
        raise Http404
    is_original = image.file.name == name
    if not (manages if is_original else can_view_image)(request.user, image):
        raise Http404
    try:
        modified = default_storage.get_modified_time(name)
        size = default_storage.size(name)
    except OSError as error:
        raise Http404 from error
    etag = quote_etag(f"{int(modified.timestamp()):x}-{size:x}")
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    elif settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse()
        response["X-Accel-Redirect"] = posixpath.join(
            settings.MEDIA_ACCEL_PREFIX, quote(name)
        )
        response["Content-Type"] = _content_type(name)
    else:
        response = FileResponse(
            default_storage.open(name, "rb"), content_type=_content_type(name)
        )
        response["Content-Length"] = size
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified.timestamp())
    for header, value in _HEADERS.items():
        response[header] = value
    if is_original:
        patch_cache_control(response, private=True, no_store=True)
        patch_vary_headers(response, ["Cookie"])
    elif is_public(image):
        # A name is never used twice: an image that changes has another one.
        patch_cache_control(response, public=True, max_age=3600)
    else:
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def serve_document(request, document_id, document_filename):
    """Wagtail's own view of a document, with what a browser and a proxy may keep of it.

    Nobody keeps what is restricted; what is public is asked for again each time, for it may be
    public no more. Refusals are those of the hook (wagtail_hooks.py).
    """
    document = get_object_or_404(
        SiteDocument.objects.select_related("collection").defer("text"), pk=document_id
    )
    response = serve.serve(request, document_id, document_filename)
    if is_public(document):
        response["Cache-Control"] = "public, no-cache"
    else:
        response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


def _image_of(name):
    image = SiteImage.objects.filter(file=name).select_related("collection").first()
    if image is not None:
        return image
    rendition = (
        SiteRendition.objects.filter(file=name)
        .select_related("image__collection")
        .first()
    )
    return rendition.image if rendition else None


def _content_type(name):
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
