from django.urls import path

from network_site.home import views, views_here

urlpatterns = [
    path("ici/", views_here.here, name="here"),
    path("themes/<slug:slug>/", views_here.theme, name="theme"),
    path("territoires/<slug:slug>/", views_here.territory, name="territory"),
    path("mon-espace/", views.dashboard, name="dashboard"),
    # Not "en-…": Django would read it as the English prefix.
    path("a-traiter/", views.pending_list, name="pending_list"),
    path("taille-du-texte/", views.text_size, name="text_size"),
]
