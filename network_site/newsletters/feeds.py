"""Atom feed of the issues a visitor may read, whoever asks."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from network_site.core.addresses import tag_uri
from network_site.newsletters.links import archive_path
from network_site.newsletters.models import NewsletterIssuePage

ENTRIES = 20


class IssueFeed(Feed):
    """The public issues, the last first."""

    feed_type = Atom1Feed

    def title(self):
        return _("Newsletter")

    def subtitle(self):
        return _("The issues of the newsletter that everyone may read")

    def link(self):
        return archive_path()

    def feed_url(self):
        return reverse("newsletters:feed")

    def items(self):
        return NewsletterIssuePage.objects.visible_to(AnonymousUser()).order_by(
            "-first_published_at", "-pk"
        )[:ENTRIES]

    def item_title(self, issue):
        return issue.title

    def item_link(self, issue):
        return issue.get_url_parts()[2]

    def item_description(self, issue):
        return issue.summary

    def item_guid(self, issue):
        return tag_uri("lettre", issue.pk, issue.first_published_at)

    def item_pubdate(self, issue):
        return issue.first_published_at

    def item_updateddate(self, issue):
        return issue.last_published_at
