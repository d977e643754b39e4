from django.urls import path

from network_site.directory import views

urlpatterns = [
    path("", views.directory, name="directory"),
    path("membres/", views.people, name="people"),
    path("membres/<int:pk>/", views.person, name="person"),
    path("<slug:slug>/", views.organization, name="organization"),
]
