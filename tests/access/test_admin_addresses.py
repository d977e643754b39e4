"""The list of the addresses of the back office against the resolver, in both languages."""

import pytest
from django.urls import get_resolver
from django.utils import translation

from network_site.home.admin_guards.addresses import ADDRESSES, PUBLIC


def admin_patterns():
    """{name: route} of every address under /admin/, in the active language."""
    found = {}

    def walk(resolver, namespace, route):
        for pattern in resolver.url_patterns:
            whole = route + str(pattern.pattern).lstrip("^")
            if hasattr(pattern, "url_patterns"):
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                walk(pattern, namespace + inner, whole)
            elif whole.removeprefix("en/").startswith("admin/"):
                found.setdefault(f"{namespace}{pattern.name or whole}", whole)

    walk(get_resolver(), "", "")
    return found


# What answers no page: Wagtail's own "not found", at the end of its list.
NOT_FOUND = {"admin/.*/$", "admin/test404/"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_address_of_the_back_office_is_listed_or_closed_on_purpose(language):
    with translation.override(language):
        found = {
            name: route
            for name, route in admin_patterns().items()
            if route.removeprefix("en/") not in NOT_FOUND
        }
    assert len(found) > 350
    listed = set(ADDRESSES) | PUBLIC
    assert sorted(set(found) - listed) == []
    # And nothing is listed that no longer exists.
    assert sorted(listed - set(found)) == []
