"""The branding as every page shows it, from memory."""

import copy

from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page, Site

from network_site.catalogue.kept import kept
from network_site.home.models import Branding, FooterLink
from network_site.media.models import SiteImage, SiteRendition

_LOGO = "max-320x104"


@kept(
    "branding",
    Branding,
    FooterLink,
    Site,
    SiteImage,
    SiteRendition,
    (Page, ("url_path",)),
)
def _brandings():
    """{site's pk: its Branding, with its logo as HTML in `logo_image`}."""
    found = {}
    for site in Site.objects.order_by("pk"):
        branding = found[site.pk] = Branding.for_site(site)
        image = branding.logo and get_rendition_or_not_found(branding.logo, _LOGO)
        branding.logo_image = image.img_tag({"alt": ""}) if image else ""
    return found


def branding_of(request):
    """The Branding of the request's site, with its links as `shown_links` in the language of
    the interface; raises Branding.DoesNotExist without a site."""
    site = Site.find_for_request(request)
    found = _brandings().get(site.pk) if site else None
    if found is None:
        raise Branding.DoesNotExist
    branding = copy.copy(found)
    branding.shown_links = [
        {
            "label": link.label,
            "label_en": link.label_en,
            "url": link.page.get_url(request) if link.page_id else link.address,
        }
        for link in branding.links
    ]
    return branding
