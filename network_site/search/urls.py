from django.urls import path

from network_site.search import views_counting, views_saved, views_suggest

urlpatterns = [
    path("", views_counting.search_page, name="search"),
    path("ouvert/", views_counting.result_opened, name="search_opened"),
    path("suggestions/", views_suggest.suggestions, name="search_suggestions"),
    path("enregistrer/", views_saved.save_search, name="save_search"),
    path("enregistrees/", views_saved.saved_searches, name="saved_searches"),
    path(
        "enregistrees/<number:pk>/supprimer/",
        views_saved.delete_search,
        name="delete_search",
    ),
]
