from django.urls import path

from network_site.pages.reader_cache import shared_by_readers
from network_site.search import views

urlpatterns = [
    path("", shared_by_readers(views.SearchView.as_view()), name="search"),
]
