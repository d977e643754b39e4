"""Issues made by a program: the demonstration, an import of former letters."""

from django.db import transaction
from wagtail.models import Page

from network_site.newsletters.enums import DispatchStatus
from network_site.newsletters.models import (
    Dispatch,
    NewsletterIndexPage,
    NewsletterIssuePage,
)


@transaction.atomic
def create_issue(
    *, slug, title, summary, intro, body, by, number=None, sent_at=None, sent_count=0
):
    """Write an issue below the newsletter's page and return it.

    `body` is a list of (kind of block, value) as in blocks.BodyBlock. With `sent_at` it stands
    in the archive as sent then to `sent_count` people; without, it is a draft. No mail leaves.
    """
    index = Page.objects.get(pk=NewsletterIndexPage.objects.get().pk)
    page = NewsletterIssuePage(
        slug=slug,
        title=title,
        summary=summary,
        intro=intro,
        body=body,
        number=number,
        owner=by,
        live=False,
    )
    index.add_child(instance=page)
    revision = page.save_revision(user=by)
    if sent_at is None:
        return page
    revision.publish(user=by, skip_permission_checks=True)
    # The archive is dated by the sending.
    NewsletterIssuePage.objects.filter(pk=page.pk).update(
        first_published_at=sent_at, last_published_at=sent_at
    )
    Dispatch.objects.create(
        issue=page,
        status=DispatchStatus.SENT,
        starts_at=sent_at,
        started_at=sent_at,
        enqueued_at=sent_at,
        finished_at=sent_at,
        revision_id=revision.pk,
        content=revision.content,
        created_by=by,
        sent_count=sent_count,
    )
    page.refresh_from_db()
    return page
