from django.urls import path

from network_site.newsletters import feeds, views

app_name = "newsletters"

urlpatterns = [
    path("flux/", feeds.IssueFeed(), name="feed"),
    path("abonnement/", views.subscribe, name="subscribe"),
    path("abonnement/<str:token>/", views.confirm, name="confirm"),
    path("arret/<str:token>/", views.leave, name="leave"),
    path("proposer/", views.propose, name="propose"),
]
