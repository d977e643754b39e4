from django.urls import path

from network_site.directory import views, views_contact, views_person

urlpatterns = [
    path("", views.directory, name="directory"),
    path("membres/", views.people, name="people"),
    path("membres/<number:pk>/", views_person.person, name="person"),
    path(
        "membres/<number:pk>/portrait-<number:size>.<slug:kind>",
        views_person.portrait,
        name="portrait",
    ),
    path(
        "membres/<number:pk>/ecrire/",
        views_contact.person_contact,
        name="person_contact",
    ),
    path("message/<str:token>/", views_contact.contact_message, name="contact_message"),
    path("<slug:slug>/", views.organization, name="organization"),
    path(
        "<slug:slug>/ecrire/",
        views_contact.organization_contact,
        name="organization_contact",
    ),
]
