"""Every page that a mail leads to by a signed address keeps the same promises."""

from django.urls import URLResolver, get_resolver

# Their own package checks these tokens: allauth's, and Wagtail's previews.
_OTHERS = ("allauth.", "wagtail.", "django.")


def _patterns(resolver, prefix=""):
    for one in resolver.url_patterns:
        address = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, address)
        else:
            yield address, one


def test_every_address_with_a_token_is_a_signed_page():
    found = {
        address: one.callback
        for address, one in _patterns(get_resolver())
        if "token>" in address and not one.callback.__module__.startswith(_OTHERS)
    }
    assert len(found) >= 6
    careless = [
        address
        for address, view in found.items()
        if not getattr(view, "is_signed_page", False)
    ]
    assert not careless
