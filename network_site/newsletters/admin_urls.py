from django.urls import path

from network_site.newsletters import admin_contributions, admin_views

app_name = "newsletters_admin"

urlpatterns = [
    path("<number:pk>/envoi/", admin_views.send, name="send"),
    path("<number:pk>/envoi/annuler/", admin_views.cancel, name="cancel"),
    path("<number:pk>/envoi/version/", admin_views.new_version, name="new_version"),
    path("<number:pk>/envoi/arreter/", admin_views.stop, name="stop"),
    path("<number:pk>/envoi/reprendre/", admin_views.resume, name="resume"),
    path("<number:pk>/essai/", admin_views.proof, name="proof"),
    path("<number:pk>/apercu/<slug:key>/", admin_views.sample, name="sample"),
    path("propositions/", admin_contributions.contributions, name="contributions"),
    path("propositions/<number:pk>/", admin_contributions.answer, name="answer"),
]
