"""What follows, on pages, from a change elsewhere."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Collection, Page, TaskState

from network_site.catalogue.marks import touch_many
from network_site.core.addresses import absolute
from network_site.core.outbox import handles
from network_site.mailing.mail import send_templated
from network_site.media.models import SiteDocument
from network_site.media.owners import held


@handles("files.access_changed")
def file_again_words_of_collection(pk):
    """A collection's readers changed: the words of its files are filed under the new ones."""
    collection = Collection.objects.filter(pk=pk).first()
    if collection is None:
        return
    documents = held(
        SiteDocument.objects.filter(collection__path__startswith=collection.path)
    )
    touch_many(SiteDocument, documents.values_list("pk", flat=True))


# Pages that are examined before they are published, but those that tell it in their own words.


def _examined(task_state_id):
    """(task state, page) of an examination that is told here; (None, None) otherwise."""
    task_state = (
        TaskState.objects.filter(pk=task_state_id)
        .select_related("workflow_state__requested_by", "finished_by")
        .first()
    )
    page = task_state and task_state.workflow_state.content_object
    if not isinstance(page, Page):
        return None, None
    page = page.specific
    if getattr(page, "tells_its_examination", False):
        return None, None
    return task_state, page.get_latest_revision_as_object()


@handles("workflow.task_submitted")
def tell_examiners(task_state_id):
    """A page waits: those who examine it are told, except who sent it."""
    task_state, page = _examined(task_state_id)
    if page is None or task_state.status != TaskState.STATUS_IN_PROGRESS:
        return
    task = task_state.task.specific
    examiners = get_user_model().objects.filter(
        is_active=True, groups__in=getattr(task, "groups", Group.objects.none()).all()
    )
    author = task_state.workflow_state.requested_by
    for examiner in examiners.distinct().order_by("pk"):
        if examiner == author:
            continue
        send_templated(
            template="pages/page_to_examine",
            to=examiner,
            once=f"page_to_examine:{task_state_id}",
            context=lambda: {
                "title": page.title,
                "author": author,
                "action_url": absolute(
                    reverse("wagtailadmin_pages:edit", args=[page.pk])
                ),
                "action_label": _("Examine this page"),
                "reason": _(
                    "You receive this mail because you examine what is proposed for publication."
                ),
            },
        )


def _tell_author(task_state, page, name, **context):
    author = task_state.workflow_state.requested_by
    if author is None or not author.is_active or author == task_state.finished_by:
        return
    send_templated(
        template=f"pages/{name}",
        to=author,
        once=f"{name}:{task_state.pk}",
        context=lambda: {
            "title": page.title,
            "reason": _("You receive this mail because you proposed this page."),
            **{key: value() for key, value in context.items()},
        },
    )


@handles("workflow.rejected")
def tell_author_of_changes_asked(task_state_id):
    """Changes are asked: the author reads what, in the words of who examined."""
    task_state, page = _examined(task_state_id)
    if page is not None and task_state.status == TaskState.STATUS_REJECTED:
        _tell_author(
            task_state,
            page,
            "page_changes_asked",
            comment=lambda: task_state.comment,
            action_url=lambda: absolute(
                reverse("wagtailadmin_pages:edit", args=[page.pk])
            ),
            action_label=lambda: _("Take up my page"),
        )


@handles("workflow.approved")
def tell_author_of_publication(task_state_id):
    task_state, page = _examined(task_state_id)
    if page is not None and page.live:
        _tell_author(
            task_state,
            page,
            "page_published",
            action_url=lambda: page.full_url or "",
            action_label=lambda: _("See my page"),
        )
