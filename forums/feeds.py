"""Atom feeds: public threads only, whoever asks."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from forums.catalogue_source import THREAD
from forums.models import Forum, Post, Thread
from forums.templatetags.forum_tags import short_name
from network_site.catalogue import Filter, ask
from network_site.catalogue.listing import shown
from network_site.core.addresses import tag_uri

ENTRIES = 30


class ThreadFeed(Feed):
    """The threads of every public space, the last to have moved first."""

    feed_type = Atom1Feed

    def get_object(self, request, slug=None):
        if slug is None:
            return None
        forum = get_object_or_404(Forum, slug=slug)
        if not forum.is_public:
            raise Http404
        return forum

    def title(self, forum):
        return forum.label if forum else _("Discussions")

    def subtitle(self, forum):
        return forum.text if forum else _("Public questions and discussions")

    def link(self, forum):
        return forum.get_absolute_url() if forum else reverse("forums:index")

    def feed_url(self, forum):
        if forum:
            return reverse("forums:forum_feed", args=[forum.slug])
        return reverse("forums:feed")

    def items(self, forum):
        # What everyone reads, whoever asks.
        everyone = AnonymousUser()
        answer = ask(
            everyone,
            kinds=(THREAD,),
            filters=[Filter("forum", [forum.pk])] if forum else [],
            order=("-last", "-pk"),
            size=ENTRIES,
        )
        threads = Thread.objects.select_related("forum").prefetch_related(
            "themes",
            Prefetch(
                "posts",
                Post.objects.filter(is_first=True, is_hidden=False),
                to_attr="opening",
            ),
        )
        return shown(threads, answer.object_ids, everyone)

    def item_title(self, thread):
        return thread.title

    def item_description(self, thread):
        return thread.opening[0].body_html if thread.opening else ""

    def item_author_name(self, thread):
        return short_name(thread.opening[0].author_name) if thread.opening else ""

    def item_guid(self, thread):
        return tag_uri("discussion", thread.pk, thread.created_at)

    def item_pubdate(self, thread):
        return thread.created_at

    def item_updateddate(self, thread):
        return thread.last_post_at

    def item_categories(self, thread):
        return [theme.label for theme in thread.themes.all()]
