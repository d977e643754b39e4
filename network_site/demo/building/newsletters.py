"""Two issues of the newsletter, made of the pages and threads just built."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from forums.models import Thread
from network_site.core.text import one_line
from network_site.demo.building.base import text
from network_site.demo.content.newsletter import ISSUES, NEWSLETTER
from network_site.newsletters.models import NewsletterIndexPage, NewsletterIssuePage
from network_site.newsletters.services import create_issue


def build_newsletter(built):
    """The words of the newsletter's page, an issue of the archive and a draft."""
    NewsletterIndexPage.objects.filter(summary="").update(
        summary=text(NEWSLETTER["summary"])
    )
    for item in ISSUES:
        if NewsletterIssuePage.objects.filter(slug=item["slug"]).exists():
            continue
        sent_at = item["days_ago"] and timezone.localtime(
            built.now - timedelta(days=item["days_ago"])
        ).replace(hour=8, minute=0, second=0, microsecond=0)
        built.remember(
            create_issue(
                slug=item["slug"],
                number=item["number"],
                title=text(item["title"]),
                summary=text(item["summary"]),
                intro=text(item["intro"]),
                body=[block for one in item["body"] for block in _block(*one)],
                by=built.people["animation"],
                sent_at=sent_at,
            )
        )


def _block(kind, value, words=""):
    """The block of a line of the data; none for a page or thread that was not built."""
    if kind == "page":
        page = Page.objects.filter(slug=value, depth__gt=3).first()
        if page is not None:
            yield "content", {"page": page, "sentence": text(words), "by": ""}
    elif kind == "thread":
        thread = Thread.objects.filter(title=one_line(text(value))).first()
        if thread is not None:
            yield (
                "link",
                {
                    "title": thread.title,
                    "url": thread.get_absolute_url(),
                    "text": text(words),
                    "by": "",
                },
            )
    else:
        yield kind, text(value)
