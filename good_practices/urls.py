from django.urls import path

from good_practices import draft_views, views

app_name = "good_practices"

urlpatterns = [
    path("export.csv", views.practice_export, name="export"),
    path("proposer/", draft_views.submit, name="submit"),
    path("brouillons/", draft_views.draft_list, name="draft_list"),
    path("brouillons/<number:pk>/", draft_views.draft_detail, name="draft_detail"),
    path("brouillons/<number:pk>/modifier/", draft_views.draft_edit, name="draft_edit"),
    path(
        "brouillons/<number:pk>/reprendre/",
        draft_views.draft_withdraw,
        name="draft_withdraw",
    ),
    path(
        "brouillons/<number:pk>/abandonner/",
        draft_views.draft_discard,
        name="draft_discard",
    ),
    path("a-examiner/", draft_views.review_list, name="review_list"),
    path("a-examiner/<number:pk>/", draft_views.review, name="review"),
]
