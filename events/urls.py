from django.urls import path

from events import views

app_name = "events"

urlpatterns = [
    path("calendrier.ics", views.calendar_feed, name="feed"),
    path("desinscription/<str:token>/", views.mail_cancel, name="mail_cancel"),
    path("<str:slug>/inscription/", views.register, name="register"),
    path("<str:slug>/annulation/", views.cancel, name="cancel"),
    path("<str:slug>/calendrier.ics", views.event_ics, name="ics"),
    path("<str:slug>/inscrits/", views.participants, name="participants"),
    path("<str:slug>/inscrits.csv", views.participants_csv, name="participants_csv"),
    path(
        "<str:slug>/inscrits/<number:pk>/annulation/",
        views.cancel_for,
        name="cancel_for",
    ),
    path("<str:slug>/emargement/", views.attendance_sheet, name="attendance_sheet"),
    path("<str:slug>/annuler/", views.cancel_day, name="cancel_day"),
    path("<str:slug>/retablir/", views.restore_day, name="restore_day"),
    path("<str:slug>/preparation/", views.mark_prepared, name="mark_prepared"),
]
