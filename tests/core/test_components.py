"""The gallery of components and what it stands on."""

import re

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from network_site.core import views_components
from network_site.settings.environment import BASE_DIR
from scripts import build_css

TEMPLATES = BASE_DIR / "templates"


@pytest.fixture
def gallery(client, settings, monkeypatch):
    """The gallery as HTML, its address being known in development only."""
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/composants/")
    request.user = AnonymousUser()
    with override("fr"):
        return views_components.components_gallery(request).content.decode()


@pytest.mark.django_db
def test_every_component_is_drawn_without_inline_style_or_script(gallery):
    assert " style=" not in gallery
    # Scripts of our own, never their text in the page.
    assert not re.search(r"<script(?![^>]* src=\"/static/)", gallery)
    assert not re.search(r"\son\w+=", gallery)
    assert "{%" not in gallery
    assert "{{" not in gallery


@pytest.mark.django_db
def test_each_type_of_content_has_its_own_mark_in_a_list(gallery):
    results = gallery.split('<ol class="res">')[1].split('class="pages"')[0]
    for name in (
        "texte",
        "pratique",
        "journee",
        "discussion",
        "organisation",
        "personne",
    ):
        assert f'class="mark {name}"' in results


@pytest.mark.django_db
def test_help_and_errors_of_a_field_are_tied_to_it(gallery):
    described = re.search(r'<input[^>]+name="bad-title"[^>]+>', gallery)[0]
    assert 'aria-invalid="true"' in described
    for name in re.search(r'aria-describedby="([^"]+)"', described)[1].split():
        assert f'id="{name}"' in gallery


@pytest.mark.django_db
def test_no_anchor_is_used_twice(gallery):
    names = re.findall(r'\sid="([^"]+)"', gallery)
    assert len(names) == len(set(names))


def test_the_stylesheet_is_up_to_date():
    assert build_css.TARGET.read_text("utf-8") == build_css.build(), (
        "run python scripts/build_css.py"
    )


def test_the_stylesheet_loads_nothing_from_elsewhere():
    built = build_css.build()
    addresses = re.findall(r"url\(([^)]+)\)", built)
    assert addresses
    assert all(address.startswith('"../fonts/') for address in addresses)
    assert "@import" not in built


def test_squeezing_keeps_strings_and_selectors():
    css = 'a :is(b, c) > d { content: "x : ;  y"; margin: 0 auto; } /* gone */'
    assert build_css.squeeze(css) == (
        'a :is(b,c)>d{content:"x : ;  y";margin:0 auto}\n'
    )


def test_fonts_weigh_sixty_kilobytes_at_most():
    fonts = list((BASE_DIR / "network_site/static/fonts").glob("*.woff2"))
    assert len(fonts) == 3
    assert sum(font.stat().st_size for font in fonts) <= 60 * 1024


def test_every_component_says_its_parameters():
    for path in (TEMPLATES / "components").glob("*.html"):
        assert path.read_text("utf-8").lstrip().startswith("{% comment %}"), path.name


def test_the_page_of_last_resort_needs_nothing():
    text = (TEMPLATES / "500.html").read_text("utf-8")
    assert "{%" not in text
    assert "{{" not in text
    assert " style=" not in text
