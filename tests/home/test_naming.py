"""What Wagtail and Django name in English is named in French where the site is made."""

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import Collection, Page

from network_site.home.services import ensure_site

pytestmark = pytest.mark.django_db


def test_the_site_names_rights_pages_and_files_in_french():
    a_right = Permission.objects.get(codename="add_page", content_type__model="page")
    Permission.objects.filter(pk=a_right.pk).update(name="Can add page")
    Page.objects.filter(depth=1).update(title="Root")
    Collection.objects.filter(depth=1).update(name="Root")
    ensure_site()
    a_right.refresh_from_db()
    assert a_right.name.startswith("Ajouter")
    assert Page.objects.get(depth=1).title == "Toutes les pages"
    assert Collection.objects.get(depth=1).name == "Tous les fichiers"


def test_a_name_chosen_since_stays():
    Collection.objects.filter(depth=1).update(name="Nos fichiers")
    ensure_site()
    assert Collection.objects.get(depth=1).name == "Nos fichiers"
