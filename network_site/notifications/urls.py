from django.urls import path

from network_site.notifications.views import centre, follow, from_mail, preferences

app_name = "notifications"
urlpatterns = [
    path("", centre.centre, name="centre"),
    path("<number:pk>/ouvrir/", centre.open_item, name="open"),
    path("tout-lu/", centre.mark_all_read, name="mark_all_read"),
    path("reglages/", preferences.settings, name="settings"),
    path("suivre/", follow.follow, name="follow"),
    path("courriel/<str:token>/", from_mail.from_mail, name="from_mail"),
    path("bienvenue/", preferences.welcome, name="welcome"),
    path("adresse/", preferences.address_check, name="address_check"),
]
