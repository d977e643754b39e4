"""The gallery of components (development only)."""

from django.urls import path

from network_site.core import views_components

urlpatterns = [path("", views_components.components_gallery, name="components_gallery")]
