from django.urls import path

from network_site.newsletters import admin_contributions, admin_views

app_name = "newsletters_admin"

urlpatterns = [
    path("<int:pk>/envoi/", admin_views.send, name="send"),
    path("<int:pk>/envoi/annuler/", admin_views.cancel, name="cancel"),
    path("<int:pk>/envoi/version/", admin_views.new_version, name="new_version"),
    path("<int:pk>/envoi/arreter/", admin_views.stop, name="stop"),
    path("<int:pk>/envoi/reprendre/", admin_views.resume, name="resume"),
    path("<int:pk>/essai/", admin_views.proof, name="proof"),
    path("<int:pk>/apercu/<slug:key>/", admin_views.sample, name="sample"),
    path("propositions/", admin_contributions.contributions, name="contributions"),
    path("propositions/<int:pk>/", admin_contributions.answer, name="answer"),
]
