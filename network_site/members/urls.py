from django.urls import path

from network_site.members import views

urlpatterns = [
    path("", views.membership, name="membership"),
    path("ma-fiche/", views.profile_edit, name="profile_edit"),
    path("demandes/", views.admissions, name="admissions"),
    path("demandes/<int:pk>/", views.decide_admission, name="admission_decide"),
]
