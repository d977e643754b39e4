from django.urls import path

from network_site.directory import views, views_person

urlpatterns = [
    path("", views.directory, name="directory"),
    path("membres/", views.people, name="people"),
    path("membres/<int:pk>/", views_person.person, name="person"),
    path(
        "membres/<int:pk>/portrait-<int:size>.<slug:kind>",
        views_person.portrait,
        name="portrait",
    ),
    path("<slug:slug>/", views.organization, name="organization"),
]
