"""The development mail box, under /courriels/."""

from django.urls import path

from network_site.core import dev_mails

urlpatterns = [
    path("", dev_mails.mail_list, name="dev_mail_list"),
    path("<slug:name>/", dev_mails.mail_detail, name="dev_mail_detail"),
]
