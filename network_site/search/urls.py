from django.urls import path

from network_site.pages.reader_cache import shared_by_readers
from network_site.search import views, views_saved, views_suggest

urlpatterns = [
    path("", shared_by_readers(views.SearchView.as_view()), name="search"),
    path("suggestions/", views_suggest.suggestions, name="search_suggestions"),
    path("enregistrer/", views_saved.save_search, name="save_search"),
    path("enregistrees/", views_saved.saved_searches, name="saved_searches"),
    path(
        "enregistrees/<int:pk>/supprimer/",
        views_saved.delete_search,
        name="delete_search",
    ),
]
