"""Addresses that exist in development only."""

from django.urls import path

from network_site.core import dev_mails

urlpatterns = [
    path("courriels/", dev_mails.mail_list, name="dev_mail_list"),
    path("courriels/<slug:name>/", dev_mails.mail_detail, name="dev_mail_detail"),
]
