from django.urls import path

from network_site.media.views import serve_media

urlpatterns = [path("<path:name>", serve_media, name="serve_media")]
