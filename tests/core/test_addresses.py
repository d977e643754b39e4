"""Which addresses are of this site, read as a browser reads them."""

import pytest

from network_site.core.addresses import own_address, split_language


@pytest.mark.parametrize(
    ("url", "path", "language"),
    [
        ("/", "/", "fr"),
        ("/en", "/", "en"),
        ("/en/", "/", "en"),
        ("/en/discussions/?page=2#bas", "/discussions/", "en"),
        ("/engagement/", "/engagement/", "fr"),
        ("/en-gage/", "/en-gage/", "fr"),
        ("/enfance/en/", "/enfance/en/", "fr"),
        ("?page=2", "/", "fr"),
        ("discussions/fil/3-a/", "/discussions/fil/3-a/", "fr"),
        ("/discussions/fil/3-caf%C3%A9/", "/discussions/fil/3-café/", "fr"),
        ("/a/../discussions/./x/", "/discussions/x/", "fr"),
        ("/a/%2E%2e/b", "/b", "fr"),
        ("/../..", "/", "fr"),
        ("  /discus\nsions/ ", "/discussions/", "fr"),
        ("http://testserver/en/x/", "/x/", "en"),
        ("HTTPS://TestServer:443/x/", "/x/", "fr"),
        ("//testserver/x/", "/x/", "fr"),
        ("http:\\\\testserver\\x", "/x", "fr"),
        ("http://camille@testserver./x", "/x", "fr"),
        ("https://%74estserver/x", "/x", "fr"),
    ],
)
def test_ours(url, path, language):
    assert own_address(url) == (path, language)


@pytest.mark.parametrize(
    "url",
    [
        "",
        None,
        "https://www.legifrance.gouv.fr/",
        "//ailleurs.example/discussions/",
        "http://testserver.ailleurs.example/",
        "http://testserver@ailleurs.example/",
        "http://testserver:8443/",
        "mailto:accueil@testserver",
        "javascript:alert(1)",
    ],
)
def test_elsewhere(url):
    assert own_address(url) is None


def test_the_address_of_the_mails_is_ours_with_its_port(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://réseau.example:8443"
    assert own_address("https://xn--rseau-bsa.example:8443/x/").path == "/x/"
    assert own_address("https://réseau.example:9000/x/") is None


@pytest.mark.parametrize("url", ["http://[testserver/", "http://testserver:abc/"])
def test_what_no_browser_can_follow_is_an_error(url):
    with pytest.raises(ValueError, match=r"\S"):
        own_address(url)


def test_every_language_but_the_site_s_has_a_prefix():
    assert split_language("/en/x/") == ("en", "/x/")
    assert split_language("/fr/x/") == ("fr", "/fr/x/")
