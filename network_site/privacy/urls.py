from django.urls import path

from network_site.privacy import views

app_name = "privacy"

urlpatterns = [
    path("", views.home, name="home"),
    path("copie/", views.export, name="export"),
    path("copie/<number:pk>/", views.download, name="download"),
    path("quitter/", views.leave, name="leave"),
    path("rester/", views.stay, name="stay"),
    path("rester/<str:token>/", views.stay_from_mail, name="stay_from_mail"),
    path("recu/<str:key>/", views.receipt, name="receipt"),
    path("durees/", views.durations, name="durations"),
]
