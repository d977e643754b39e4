"""A number that no row can have finds nothing, wherever it is written."""

import re

import pytest
from django.apps import apps
from django.db.models import ForeignKey, IntegerField, Q
from django.urls import URLResolver, get_resolver
from django.urls.converters import IntConverter
from django.urls.resolvers import RegexPattern, RoutePattern

from network_site.core.numbers import MOST, whole_number, whole_numbers

OURS = ("network_site", "library", "good_practices", "events", "forums")
TOO_MUCH = (2**63, 10**20, -(10**20))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        (" 12 ", 12),
        (7, 7),
        (str(MOST), MOST),
        (str(MOST + 1), None),
        ("9" * 20, None),
        ("9" * 5_000, None),
        ("-1", None),
        ("1.0", None),
        ("1e3", None),
        ("²", None),
        ("٣", None),
        ("", None),
        (None, None),
    ],
)
def test_a_number_from_outside_is_within_bounds_or_none(text, number):
    assert whole_number(text) == number


def test_numbers_among_other_words():
    assert whole_numbers(["3", "x", "9" * 20, 1]) == [3, 1]
    assert whole_number("12", least=1, most=10) is None


def _columns(model):
    for field in model._meta.concrete_fields:
        target = field
        while isinstance(target, ForeignKey):
            target = target.target_field
        if isinstance(target, IntegerField):
            yield field.name


@pytest.mark.django_db
@pytest.mark.parametrize("number", TOO_MUCH)
def test_no_column_is_stopped_by_a_number_it_cannot_hold(number):
    seen = 0
    for model in apps.get_models():
        names = list(_columns(model))
        seen += len(names)
        asked = Q()
        for name in names:
            asked |= Q(**{name: number}) | Q(**{f"{name}__in": [number, number + 1]})
        rows = model._base_manager
        assert not names or not rows.filter(asked).exists(), model
        # Beside a key that may be there the statement is really sent.
        if model._meta.pk.name in names:
            rows.filter(asked | Q(pk__in=[number, 1])).exclude(asked).exists()
    assert seen > 200


@pytest.mark.django_db
def test_what_can_be_is_still_found_among_what_cannot(home_page):
    pages = type(home_page).objects
    assert list(pages.filter(pk__in=[10**20, home_page.pk])) == [home_page]
    assert list(pages.filter(pk=home_page.pk)) == [home_page]
    assert list(pages.exclude(pk=10**20)) == [home_page]
    assert list(pages.exclude(pk__in=[10**20])) == [home_page]


def _patterns(resolver, route="", converters=None):
    """(route, converters, view) of every address."""
    for pattern in resolver.url_patterns:
        own = pattern.pattern
        here = route
        if isinstance(own, RoutePattern):
            here += own._route
        elif isinstance(own, RegexPattern):
            here += own._regex
        known = {**(converters or {}), **own.converters}
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, here, known)
        else:
            yield here, known, pattern.callback


def test_the_numbers_of_our_addresses_are_bounded():
    unbounded = [
        route
        for route, converters, view in _patterns(get_resolver())
        if view.__module__.startswith(OURS)
        # The addresses of a viewset are Wagtail's.
        and not getattr(view, "view_initkwargs", None)
        and (
            any(isinstance(one, IntConverter) for one in converters.values())
            or re.search(r"\\d|\[0-9\]", route)
        )
    ]
    assert unbounded == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/bibliotheque/notice/{}/",
        "/bibliotheque/citation/{}.bib",
        "/bonnes-pratiques/brouillons/{}/",
        "/admin/lettre/{}/envoi/",
        "/admin/pages/{}/edit/",
        "/admin/documents/chooser/chosen/{}/",
        "/admin/documents/multiple/{}/",
        "/documents/{}/x.pdf",
    ],
)
def test_an_address_with_a_number_without_bounds_is_not_there(admin_client, path):
    assert admin_client.get(path.format("9" * 20)).status_code in {404, 405}
