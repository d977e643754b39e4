from django.urls import path

from network_site.search import views

urlpatterns = [
    path("", views.SearchView.as_view(), name="search"),
]
