"""Where a draft stands, read from Wagtail's own workflow: no second state to keep in step."""

from dataclasses import dataclass
from datetime import datetime

from wagtail.models import WorkflowState

from good_practices.enums import DraftStanding


@dataclass(frozen=True)
class Standing:
    """Where a practice stands on its way to publication, in words for its author."""

    code: str
    since: datetime | None = None
    comment: str = ""
    by: object = None

    @property
    def label(self):
        return DraftStanding(self.code).label


def standing_of(page):
    """The standing of `page`; two queries at most, none after `prefetch_workflow_states`."""
    state = page.current_workflow_state
    if state is None or state.current_task_state is None:
        code = DraftStanding.PUBLISHED if page.live else DraftStanding.DRAFT
        return Standing(
            code,
            page.first_published_at if page.live else page.latest_revision_created_at,
        )
    task = state.current_task_state
    if state.status == WorkflowState.STATUS_IN_PROGRESS:
        return Standing(DraftStanding.IN_EXAMINATION, task.started_at)
    return Standing(
        DraftStanding.CHANGES_ASKED, task.finished_at, task.comment, task.finished_by
    )
