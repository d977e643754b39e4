from django.urls import path

from forums.feeds import ThreadFeed
from forums.views import moderation, reading, writing

app_name = "forums"

urlpatterns = [
    path("", reading.index, name="index"),
    path("flux.atom", ThreadFeed(), name="feed"),
    path("nouvelle/", writing.new_thread, name="new"),
    path("signalements/", moderation.reports, name="reports"),
    path("signalements/<int:pk>/classer/", moderation.dismiss, name="dismiss"),
    path("fil/<int:pk>-<slug:slug>/", reading.thread, name="thread"),
    path("fil/<int:pk>/repondre/", writing.answer, name="answer"),
    path("fil/<int:pk>/fermer/", moderation.lock, name="lock"),
    path("fil/<int:pk>/rouvrir/", moderation.unlock, name="unlock"),
    path("message/<int:pk>/", reading.post, name="post"),
    path("message/<int:pk>/modifier/", writing.edit, name="edit"),
    path("message/<int:pk>/retenir/", writing.accept, name="accept"),
    path("message/<int:pk>/signaler/", moderation.report, name="report"),
    path("message/<int:pk>/masquer/", moderation.hide, name="hide"),
    path("message/<int:pk>/retablir/", moderation.restore, name="restore"),
    path("message/<int:pk>/contester/", moderation.contest, name="contest"),
    path("<slug:slug>/", reading.forum, name="forum"),
    path("<slug:slug>/flux.atom", ThreadFeed(), name="forum_feed"),
]
