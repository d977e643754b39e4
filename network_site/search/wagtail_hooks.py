from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from network_site.core.outbox import emit
from network_site.search import admin_urls, synonyms
from network_site.search.models import Synonym
from network_site.search.viewsets import SynonymViewSet

register_snippet(SynonymViewSet)


@hooks.register("register_admin_urls")
def search_urls():
    return [path("recherche/", include(admin_urls))]


def _answer_anew():
    """This process reads the lines again, and the pages that are kept are drawn again."""
    synonyms.forget()
    emit("synonyms.changed")


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def synonym_written(request, instance):
    if isinstance(instance, Synonym):
        _answer_anew()


@hooks.register("after_delete_snippet")
def synonyms_deleted(request, instances):
    if any(isinstance(instance, Synonym) for instance in instances):
        _answer_anew()
