import pytest
from django.urls import reverse

from network_site.taxonomies.models import Theme


@pytest.mark.parametrize(
    "model", ["theme", "ground", "targetgroup", "programme", "territory"]
)
def test_each_vocabulary_has_its_list_and_its_form(admin_client, model):
    for view in ("list", "add"):
        url = reverse(f"wagtailsnippets_taxonomies_{model}:{view}")
        assert admin_client.get(url).status_code == 200


def _post(client, url, **changes):
    data = {
        "name": "Logement",
        "slug": "logement",
        "description": "",
        "alt_labels": "[]",
        "position": "0",
        "parent": "",
        "name_en": "",
        "description_en": "",
    }
    return client.post(url, data | changes)


def test_a_theme_is_placed_in_the_tree_and_moved(admin_client):
    add = reverse("wagtailsnippets_taxonomies_theme:add")
    assert _post(admin_client, add).status_code == 302
    broad = Theme.objects.get(slug="logement")
    assert (
        _post(
            admin_client, add, name="Parc social", slug="parc", parent=broad.pk
        ).status_code
        == 302
    )
    narrow = Theme.objects.get(slug="parc")
    assert narrow.get_parent() == broad
    edit = reverse("wagtailsnippets_taxonomies_theme:edit", args=[narrow.pk])
    assert _post(admin_client, edit, name="Parc social", slug="parc").status_code == 302
    assert Theme.objects.get(slug="parc").depth == 1
