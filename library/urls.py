from django.urls import path, register_converter

from library import views

app_name = "library"


class CitationFormatConverter:
    regex = "bib|ris|json"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(CitationFormatConverter, "citation_format")

urlpatterns = [
    path("tableau.csv", views.record_csv, name="record_csv"),
    path("notice/<number:pk>/", views.record_permalink, name="record_permalink"),
    path(
        "citation/<number:pk>.<citation_format:suffix>",
        views.record_citation,
        name="record_citation",
    ),
]
