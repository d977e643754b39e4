from django.utils import timezone
from wagtail.models import Page

from network_site.newsletters.models import (
    NewsletterIndexPage,
    NewsletterIssuePage,
    Subscription,
)


def content(page, sentence="", by=""):
    return "content", {"page": page, "sentence": sentence, "by": by}


def link(title, url, text="", by=""):
    return "link", {"title": title, "url": url, "text": text, "by": by}


_number = iter(range(1, 1_000_000))


def make_issue(title="Lettre d’automne", body=(), *, live=False, **fields):
    """An issue with one version, a draft unless `live`."""
    index = Page.objects.get(pk=NewsletterIndexPage.objects.get().pk)
    fields.setdefault("intro", "Bonjour, voici **la lettre**.")
    fields.setdefault("slug", f"numero-{next(_number)}")
    page = NewsletterIssuePage(title=title, body=list(body), live=False, **fields)
    index.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
        page.refresh_from_db()
    return page


def make_subscription(email, *, confirmed=True, language="fr", **fields):
    fields.setdefault("created_at", timezone.now())
    return Subscription.objects.create(
        email=email,
        language=language,
        consent="J’accepte.",
        confirmed_at=timezone.now() if confirmed else None,
        **fields,
    )
