"""Addresses written in mails: absolute, and signed where they act for their reader.

A signed address names one person and one thing; opening it shows, only a POST acts, since
the scanners of mail servers open every link. It does not expire: the footer of an old mail
must still work (RFC 8058 asks no less of List-Unsubscribe).
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from network_site.core.addresses import absolute
from network_site.core.languages import own_url_in
from network_site.core.seals import Seal

FROM_MAIL = Seal("notifications.from_mail")
# What a signed address may be about, besides "kind:pk" of something followed.
DIGEST = "digest"


def in_mail(url):
    """`url` as a mail gives it: whole, and of the language of its reader (the active one)."""
    return absolute(own_url_in(url, get_language() or settings.LANGUAGE_CODE))


def seal(user_id, about):
    """The signed token of an errand: `about` is "kind:pk", "digest" or "name:<name>"."""
    return FROM_MAIL.sign([user_id, about])


def mail_settings_link(user_id, about):
    """Where the reader of a mail changes what they receive about `about`, without login.

    The same address serves List-Unsubscribe: GET shows, POST acts.
    """
    return absolute(
        reverse("notifications:from_mail", args=[seal(user_id, str(about))])
    )
