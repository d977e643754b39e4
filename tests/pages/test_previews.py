"""Each type of page is previewed for who may work on it: kept drafts, drafts being typed, new ones."""

import pytest
from django.apps import apps
from django.urls import reverse

from library.services import open_body_space
from network_site.home.services import ensure_site
from network_site.pages.models import BasePage
from tests.support.admin_forms import filled_form

pytestmark = pytest.mark.django_db


def page_types():
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


@pytest.fixture
def pages(shared_world):
    """One page of each type that stands, whatever its type."""
    ensure_site()
    open_body_space(organization=shared_world["organization"])
    found = {model: model.objects.order_by("pk").first() for model in page_types()}
    return {
        model: page
        for model, page in found.items()
        if page is not None and page.specific_class is model
    }


@pytest.mark.parametrize("language", ["", "/en"])
def test_each_type_of_page_shows_its_drafts(pages, admin_client, language):
    assert len(pages) > 10
    for model, page in pages.items():
        page.title = f"Essai de {model.__name__}"
        page.save_revision(clean=False)
        answer = admin_client.get(f"{language}/admin/pages/{page.pk}/view_draft/")
        if not page.preview_modes:
            # The space of a body leads to the list of its records.
            assert answer.status_code == 302, model
            continue
        assert answer.status_code == 200, model
        if not model.subpage_types:
            assert page.title in answer.content.decode(), model


def test_each_type_of_page_is_previewed_while_it_is_typed(pages, admin_client):
    for model, page in pages.items():
        if not page.preview_modes:
            continue
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        data = filled_form(admin_client, edit) | {"title": f"Tapé {model.__name__}"}
        answer = admin_client.post(url, data)
        assert answer.json() == {"is_valid": True, "is_available": True}, model
        for mode, _label in page.preview_modes:
            answer = admin_client.get(f"{url}?mode={mode}&in_preview_panel=true")
            assert answer.status_code == 200, (model, mode)
        add = [model._meta.app_label, model._meta.model_name, page.get_parent().pk]
        if model.is_creatable and model.can_create_at(page.get_parent().specific):
            new = reverse("wagtailadmin_pages:add", args=add)
            url = reverse("wagtailadmin_pages:preview_on_add", args=add)
            data = filled_form(admin_client, new) | {
                "title": f"Nouveau {model.__name__}",
                "slug": "nouveau",
            }
            # A day has its hours before it can be drawn.
            data |= {"starts_at": "03/03/2030 09:00", "ends_at": "03/03/2030 17:00"}
            assert admin_client.post(url, data).json()["is_valid"], model
            answer = admin_client.get(f"{url}?in_preview_panel=true")
            assert answer.status_code == 200, model


def test_previews_are_refused_to_whoever_may_not_work_on_the_page(pages, member_client):
    for page in pages.values():
        for name in ("view_draft", "preview_on_edit"):
            url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
            assert member_client.get(url).status_code in {302, 403, 404}
