from django.urls import path

from network_site.search import admin_views, reports

app_name = "search_admin"

urlpatterns = [
    path("synonymes/essai/", admin_views.try_synonym, name="try_synonym"),
    path("sans-reponse/", reports.UnansweredView.as_view(), name="unanswered"),
    path(
        "sans-reponse/resultats/",
        reports.UnansweredView.as_view(results_only=True),
        name="unanswered_results",
    ),
    path("menant-a/", reports.LeadingView.as_view(), name="leading"),
    path(
        "menant-a/resultats/",
        reports.LeadingView.as_view(results_only=True),
        name="leading_results",
    ),
]
