from django.urls import path

from forums.feeds import ThreadFeed
from forums.views import moderation, people, reading, writing
from forums.views.access import asks_to_log_in

app_name = "forums"

urlpatterns = [
    path("", asks_to_log_in(reading.index), name="index"),
    path("flux.atom", ThreadFeed(), name="feed"),
    path("nouvelle/", asks_to_log_in(writing.new_thread), name="new"),
    path("signalements/", asks_to_log_in(moderation.reports), name="reports"),
    path(
        "signalements/<number:pk>/classer/",
        asks_to_log_in(moderation.dismiss),
        name="dismiss",
    ),
    path("fil/<number:pk>-<slug:slug>/", asks_to_log_in(reading.thread), name="thread"),
    path("fil/<number:pk>/repondre/", asks_to_log_in(writing.answer), name="answer"),
    path("fil/<number:pk>/fermer/", asks_to_log_in(moderation.lock), name="lock"),
    path("fil/<number:pk>/rouvrir/", asks_to_log_in(moderation.unlock), name="unlock"),
    path("message/<number:pk>/", asks_to_log_in(reading.post), name="post"),
    path("message/<number:pk>/modifier/", asks_to_log_in(writing.edit), name="edit"),
    path("message/<number:pk>/retenir/", asks_to_log_in(writing.accept), name="accept"),
    path(
        "message/<number:pk>/signaler/",
        asks_to_log_in(moderation.report),
        name="report",
    ),
    path("message/<number:pk>/masquer/", asks_to_log_in(moderation.hide), name="hide"),
    path(
        "message/<number:pk>/retablir/",
        asks_to_log_in(moderation.restore),
        name="restore",
    ),
    path(
        "message/<number:pk>/contester/",
        asks_to_log_in(moderation.contest),
        name="contest",
    ),
    path("<slug:slug>/", asks_to_log_in(reading.forum), name="forum"),
    path("<slug:slug>/personnes/", asks_to_log_in(people.people), name="people"),
    path(
        "<slug:slug>/personnes/ajouter/",
        asks_to_log_in(people.person_add),
        name="person_add",
    ),
    path(
        "<slug:slug>/personnes/<number:pk>/retirer/",
        asks_to_log_in(people.person_remove),
        name="person_remove",
    ),
    path("<slug:slug>/quitter/", asks_to_log_in(people.leave), name="leave"),
    path("<slug:slug>/flux.atom", ThreadFeed(), name="forum_feed"),
]
