from django.urls import path

from network_site.search import admin_views

app_name = "search_admin"

urlpatterns = [
    path("synonymes/essai/", admin_views.try_synonym, name="try_synonym"),
]
