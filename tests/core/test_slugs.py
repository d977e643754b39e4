"""Addresses made from words, by the server and by the script of the back office."""

import ast

import pytest
from django.db import models
from django.urls import reverse
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.models import Page

from network_site.core.slug_fields import SiteSlugInput
from network_site.core.slugs import FORMATTERS, free_slug, slug_of
from network_site.core.text import LETTERS
from network_site.pages.models import StandardPage
from tests.test_consistency import ROOT, code_files

WORDS = [
    ("Cœur de ville", "coeur-de-ville"),
    ("CŒUR DE VILLE", "coeur-de-ville"),
    ("Straße", "strasse"),
    ("l’accès", "l-acces"),
    ("l'accès d‘aujourd’hui", "l-acces-d-aujourd-hui"),
    ("Curriculum vitæ", "curriculum-vitae"),
    ("Łódź, Đà Nẵng, Þórshöfn, Tromsø", "lodz-da-nang-thorshofn-tromso"),
    ("La non‑discrimination 2018–2020", "la-non-discrimination-2018-2020"),
    ("Emploi/formation", "emploi-formation"),
    ("e\u0301te\u0301", "ete"),
]


@pytest.mark.parametrize(("words", "slug"), WORDS)
def test_words_make_an_address_that_reads(words, slug):
    assert slug_of(words) == slug


def test_an_address_is_never_empty_too_long_or_taken():
    assert slug_of("مرحبا", otherwise="fiche") == "fiche"
    assert slug_of("mot " * 60, longest=12) == "mot-mot-mot"
    assert free_slug("loi", {"loi", "loi-2"}) == "loi-3"


def test_a_page_without_address_gets_one(home_page):
    page = StandardPage(title="L’accès à l’œuvre")
    home_page.add_child(instance=page)
    assert page.slug == "l-acces-a-l-oeuvre"


def test_the_script_of_the_back_office_knows_the_same_letters(admin_client, home_page):
    field = formfield_for_dbfield(Page._meta.get_field("slug"))
    assert isinstance(field.widget, SiteSlugInput)
    assert isinstance(
        formfield_for_dbfield(models.SlugField(name="slug")).widget, SiteSlugInput
    )
    url = reverse(
        "wagtailadmin_pages:add", args=["pages", "standardpage", home_page.pk]
    )
    assert "data-w-slug-formatters-value" in admin_client.get(url).content.decode()
    patterns = " ".join(pattern for pattern, _plain in FORMATTERS)
    assert all(letter in patterns for letter in (*LETTERS, "Œ", "ẞ", "Ł", "’", "'"))
    assert not any(letter in patterns for letter in "SIe")


def test_no_other_way_makes_addresses():
    found = [
        path.relative_to(ROOT)
        for path in code_files()
        if path.name != "slugs.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.alias) and node.name in {"slugify", "cautious_slugify"}
    ]
    assert not found
