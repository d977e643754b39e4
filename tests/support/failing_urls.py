"""The site's addresses, and one that fails."""

from django.urls import path

from network_site.urls import (  # noqa: F401
    handler400,
    handler403,
    handler404,
    handler500,
    urlpatterns,
)


def fail(request):
    raise RuntimeError("This address fails on purpose.")


urlpatterns = [path("panne/", fail, name="fails_on_purpose"), *urlpatterns]
