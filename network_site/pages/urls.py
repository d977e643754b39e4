from django.urls import path

from network_site.pages import views

urlpatterns = [
    path("themes/", views.theme_list, name="themes"),
    path("territoires/", views.territory_list, name="territories"),
    path("programmes/", views.programme_list, name="programmes"),
    path("programmes/<slug:slug>/", views.programme, name="programme"),
]
