from django.urls import path

from network_site.members.views import (
    admissions,
    joining,
    organization_names,
    organizations,
    portraits,
    profiles,
    proving,
    sponsoring,
)

urlpatterns = [
    path("", joining.membership, name="membership"),
    path("ma-demande/", joining.membership_request, name="membership_request"),
    path("mon-organisme/", joining.choose_organization, name="choose_organization"),
    path("parrainage/", joining.ask_sponsor, name="ask_sponsor"),
    path(
        "parrainage/<str:token>/",
        sponsoring.answer_sponsorship,
        name="answer_sponsorship",
    ),
    path("autre-adresse/", proving.other_address, name="other_address"),
    path(
        "organisations/",
        organization_names.organization_names,
        name="organization_names",
    ),
    path("ma-fiche/", profiles.profile_edit, name="profile_edit"),
    path("ma-fiche/portrait/", portraits.profile_portrait, name="profile_portrait"),
    path(
        "ma-fiche/portrait/cadrage/",
        portraits.profile_portrait_crop,
        name="profile_portrait_crop",
    ),
    path(
        "ma-fiche/portrait/photographie/",
        portraits.profile_portrait_draft,
        name="profile_portrait_draft",
    ),
    path(
        "ma-fiche/portrait/retirer/",
        portraits.profile_portrait_remove,
        name="profile_portrait_remove",
    ),
    path("demandes/", admissions.admissions, name="admissions"),
    path("demandes/<number:pk>/", admissions.decide_admission, name="admission_decide"),
    path(
        "organismes/<slug:slug>/modifier/",
        organizations.organization_edit,
        name="organization_edit",
    ),
    path(
        "organismes/<slug:slug>/gestion/",
        organizations.organization_keep,
        name="organization_keep",
    ),
    path(
        "organismes/<slug:slug>/delegues/",
        organizations.organization_delegate_name,
        name="organization_delegate_name",
    ),
    path(
        "organismes/<slug:slug>/delegues/<number:pk>/retirer/",
        organizations.organization_delegate_withdraw,
        name="organization_delegate_withdraw",
    ),
    path(
        "organismes/<slug:slug>/departs/<number:pk>/",
        organizations.organization_departed,
        name="organization_departed",
    ),
    path(
        "organismes/<slug:slug>/reunir/",
        organizations.organization_merge,
        name="organization_merge",
    ),
    path("employeurs/", organizations.employer_checks, name="employer_checks"),
    path(
        "employeurs/<number:pk>/",
        organizations.employer_check_answer,
        name="employer_check_answer",
    ),
]
