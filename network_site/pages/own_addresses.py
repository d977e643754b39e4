"""Addresses of vocabularies, of files, and of the apps below this one (members, media, privacy)."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from network_site.media.models import SiteDocument, SiteImage
from network_site.media.permissions import is_public
from network_site.pages.addresses import Standing, open_to, stands_at
from network_site.pages.visibility import (
    EVERYBODY,
    MEMBERS,
    NOBODY,
    tokens_of_file,
    tokens_of_pages,
)
from network_site.taxonomies.models import Programme, Territory, Theme

open_to(EVERYBODY, "robots", "sitemap", "themes", "territories", "programmes")
open_to(
    EVERYBODY,
    *["account_login", "account_signup", "account_reset_password"],
    *["account_request_login_code", "membership", "privacy:durations"],
)
open_to(
    MEMBERS,
    *["account_security", "account_email", "account_change_password"],
    *["profile_edit", "profile_portrait", "privacy:home", "privacy:leave"],
)


def _public(model, slug):
    found = model.objects.filter(slug=slug).first()
    return found and Standing(EVERYBODY, found)


@stands_at("theme")
def theme(slug):
    return _public(Theme, slug)


@stands_at("territory")
def territory(slug):
    return _public(Territory, slug)


@stands_at("programme")
def programme(slug):
    return _public(Programme, slug)


@stands_at("wagtaildocs_serve")
def document(document_id, document_filename):
    """A document by its key; the name that follows may be an old one."""
    return _file(SiteDocument.objects.filter(pk=document_id))


@stands_at("serve_media")
def image(name):
    """A size made from an image; the original is for those who manage it."""
    return _file(SiteImage.objects.filter(renditions__file=name).distinct())


def _file(found):
    """Read by the readers of a page that holds it and of its collection.

    What something else than a page holds is everyone's or, here, nobody's.
    """
    item = found.select_related("collection").first()
    if item is None:
        return None
    if is_public(item):
        return Standing(EVERYBODY, item)
    holders = ReferenceIndex.get_references_to(item).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    pages = Page.objects.live().filter(
        pk__in={int(key) for key in holders.values_list("object_id", flat=True)}
    )
    seen = NOBODY.union(*tokens_of_pages(pages).values())
    return Standing(tokens_of_file(item, seen), item)
