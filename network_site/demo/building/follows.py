"""What is new for the invented members: their themes and their territory, every week.

The content is noted as an archive is, so that nobody receives a mail about it: the newest of
what each person follows waits in their notification centre and for their first summary.
"""

from datetime import timedelta

from django.urls import reverse

from forums.models import Post
from network_site.members.enums import MembershipStatus
from network_site.notifications.enums import Rhythm
from network_site.notifications.models import Item
from network_site.notifications.page_items import canonical_path
from network_site.notifications.services import answer_welcome, follow_by_taking_part
from network_site.registries.enums import (
    Category,
    Level,
)
from network_site.registries.notifications import Target

# One page after the other over the last weeks, as if an editor had published them.
BETWEEN_PAGES = timedelta(hours=31)
OLDEST_POST = timedelta(days=30)


def build_follows(built):
    """Each admitted member has answered the three questions as their sheet suggests."""
    rows = [*_pages(built), *_posts(built)]
    rows.sort(key=lambda item: item.occurred_at)
    for item in Item.objects.bulk_create(rows):
        built.remember(item)
    for user in built.people.values():
        profile = user.profile
        if profile.status != MembershipStatus.APPROVED:
            continue
        answer_welcome(
            user=user,
            territory=profile.territory,
            themes=list(profile.themes.all()),
            rhythm=Rhythm.WEEKLY,
        )


def _pages(built):
    kinds = (
        ("events.day", Category.EVENTS, built.events),
        ("good_practices.practice", Category.PRACTICES, built.practices),
        ("library.record", Category.LIBRARY, built.records),
    )
    return [
        Item(
            name=name,
            object_id=page.pk,
            category=category,
            path=canonical_path(page),
            occurred_at=built.now - (order + 1) * BETWEEN_PAGES,
        )
        for name, category, pages in kinds
        for order, page in enumerate(
            sorted(pages.values(), key=lambda page: page.pk, reverse=True)
        )
        if page.live and not getattr(page, "is_past", False)
    ]


def _posts(built):
    posts = Post.objects.filter(
        author__in=built.people.values(), is_hidden=False, thread__is_hidden=False
    ).select_related("thread", "author")
    rows = []
    for post in posts.order_by("pk"):
        follow_by_taking_part(
            user=post.author,
            target=Target("thread", str(post.thread_id)),
            level=Level.ALL if post.is_first else Level.SUMMARY,
        )
        if built.now - post.created_at < OLDEST_POST:
            rows.append(
                Item(
                    name="forums.post",
                    object_id=post.pk,
                    category=Category.FORUMS,
                    actor=post.author,
                    path=reverse(
                        "forums:thread", args=[post.thread_id, post.thread.slug]
                    ),
                    occurred_at=post.created_at,
                )
            )
    return rows
