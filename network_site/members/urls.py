from django.urls import path

from network_site.members.views import admissions, joining, profiles

urlpatterns = [
    path("", joining.membership, name="membership"),
    path("ma-fiche/", profiles.profile_edit, name="profile_edit"),
    path("demandes/", admissions.admissions, name="admissions"),
    path("demandes/<int:pk>/", admissions.decide_admission, name="admission_decide"),
]
