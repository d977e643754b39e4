from django.urls import path

from network_site.pages import views

urlpatterns = [
    path("themes/", views.theme_list, name="themes"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("territoires/", views.territory_list, name="territories"),
    path("territoires/<slug:slug>/", views.territory, name="territory"),
    path("programmes/", views.programme_list, name="programmes"),
    path("programmes/<slug:slug>/", views.programme, name="programme"),
]
