"""Lists of practices that are not those of every reader: drafts, and what waits for an eye."""

from wagtail.models import TaskState, WorkflowState

from good_practices.models import GoodPracticePage
from network_site.members import roles
from network_site.pages.known import known


def own_practices(user):
    """Practices that `user` began on the public site, drafts and published, newest first."""
    if not user.is_authenticated:
        return GoodPracticePage.objects.none()
    return (
        GoodPracticePage.objects.filter(submission__author=user)
        .select_related("latest_revision")
        .prefetch_workflow_states()
        .order_by("-latest_revision_created_at", "-pk")
    )


def practices_awaiting(user):
    """Practices sent for examination, the longest wait first, if `user` examines them.

    Each carries `waiting_since` and `sent_by`. Nobody examines a practice of their own.
    """
    if not roles.is_reviewer(user):
        return []
    waiting = [page for page in all_awaiting() if page.owner_id != user.pk]
    pages = GoodPracticePage.objects.filter(pk__in=[page.pk for page in waiting])
    names = set(known(pages, user).values_list("pk", flat=True))
    return [page for page in waiting if page.pk in names]


def all_awaiting():
    """Every practice sent for examination, whoever asks: only for who examines them."""
    states = (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            workflow_state__content_type__app_label="good_practices",
            workflow_state__content_type__model="goodpracticepage",
        )
        .select_related("workflow_state__requested_by")
        .order_by("started_at", "pk")
    )
    by_page = {int(state.workflow_state.object_id): state for state in states}
    pages = GoodPracticePage.objects.select_related(
        "submission__author", "latest_revision"
    ).in_bulk(by_page)
    waiting = []
    for pk, state in by_page.items():
        page = pages.get(pk)
        if page is None:
            continue
        page.waiting_since = state.started_at
        page.sent_by = state.workflow_state.requested_by
        page.draft_title = page.draft_title or page.title
        waiting.append(page)
    return waiting
