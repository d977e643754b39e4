"""The back office speaks French, Wagtail's own words included, and shows no field without effect."""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.urls import get_resolver, reverse

from network_site.home.admin_guards.addresses import ADDRESSES, CLOSED
from network_site.home.services import ensure_site
from network_site.pages.models import BasePage

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]

ENGLISH = re.compile(
    r"\b(?:the|of|and|with|this|your|from|has|have|not|any|all|search|root|status|timeline"
    r"|workflows?|slug|can add|can change|can delete|can view|new|edit|add|delete|save|choose"
    r"|select|first|last|next|previous|name|title|yes|page of|created|updated|settings)\b",
    re.IGNORECASE,
)
# French words, proper names and codes that look so.
FRENCH = re.compile(r"https?://\S+|\b(?:[\w.]+_[\w.]+|e-mails?)\b")
_SPOKEN = {"title", "aria-label", "placeholder", "alt", "data-w-tooltip-content-value"}


class Words(HTMLParser):
    """What a person reads or hears on a page, in pieces."""

    def __init__(self):
        super().__init__()
        self.found, self._silent, self._language = [], 0, []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in {"script", "style", "template", "textarea", "select"}:
            self._silent += 1
        for name, value in attrs.items():
            spoken = name in _SPOKEN or (
                name == "value"
                and tag == "input"
                and attrs.get("type") in {"submit", "button"}
            )
            if spoken and value:
                self.found.append(value)

    def handle_endtag(self, tag):
        if tag in {"script", "style", "template", "textarea", "select"}:
            self._silent -= 1

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.found.append(data.strip())


def english_in(html):
    words = Words()
    words.feed(html)
    return {
        piece[:80] for piece in words.found if ENGLISH.search(FRENCH.sub("", piece))
    }


def addresses():
    """Every address without an argument, and the forms of each type of page."""
    names = set()

    def walk(resolver, namespace):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                walk(pattern, namespace + inner)
            elif pattern.name and not pattern.pattern.converters:
                names.add(namespace + pattern.name)

    walk(get_resolver(), "")
    urls = [
        reverse(name)
        for name in names
        if ADDRESSES.get(name, CLOSED) is not CLOSED
        and not re.search("_results|logout|_api|revisions_compare", name)
    ]
    for model in apps.get_models():
        if issubclass(model, BasePage) and (page := model.objects.first()):
            urls += [
                reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
                for name in ("edit", "history")
            ]
    return sorted(urls)


def test_no_page_of_the_back_office_speaks_english(shared_world, admin_client):
    ensure_site()
    told = {}
    for url in addresses():
        answer = admin_client.get(url)
        is_page = answer.status_code == 200 and "html" in answer["Content-Type"]
        if is_page and (found := english_in(answer.content.decode())):
            told[url] = found
    assert told == {}


def test_forms_of_pages_hold_no_field_without_effect(shared_world, admin_client):
    for model in apps.get_models():
        if not issubclass(model, BasePage) or not (page := model.objects.first()):
            continue
        fields = admin_client.get(
            reverse("wagtailadmin_pages:edit", args=[page.pk])
        ).context["form"]
        names = set(fields.fields)
        assert not names & {"seo_title", "search_description", "show_in_menus"}, model
        assert "lang" in names, model


def test_the_settings_of_the_back_office_are_those_that_have_an_effect(admin_client):
    page = admin_client.get(reverse("wagtailadmin_account")).content.decode()
    assert "updated_comments_notifications" in page
    assert "preferred_language" in page
    for name in (
        "submitted_notifications",
        "avatar",
        "first_name",
        "current_time_zone",
    ):
        assert f'name="{name}' not in page
        assert f'-{name}"' not in page
