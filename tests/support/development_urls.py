"""The site's addresses with those of development."""

from django.urls import include, path

from network_site.urls import (  # noqa: F401
    handler400,
    handler403,
    handler404,
    handler500,
    urlpatterns,
)

urlpatterns = [
    path("courriels/", include("network_site.core.dev_urls")),
    *urlpatterns,
]
