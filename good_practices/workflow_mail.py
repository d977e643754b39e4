"""Wagtail's own workflow mails, silent for practices: the network writes its own.

Wagtail connects its notifiers under fixed names when its admin is ready; connected first,
under the same names, these take their place. They do everything else as before.
"""

from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)


class QuietForPractices:
    """A notifier that leaves good practices to templates/emails/good_practices."""

    def can_handle(self, instance, **kwargs):
        state = getattr(instance, "workflow_state", instance)
        if state.content_type.model == "goodpracticepage":
            return False
        return super().can_handle(instance, **kwargs)


class TaskNotifier(QuietForPractices, GroupApprovalTaskStateSubmissionEmailNotifier):
    pass


class SubmissionNotifier(QuietForPractices, WorkflowStateSubmissionEmailNotifier):
    pass


class RejectionNotifier(QuietForPractices, WorkflowStateRejectionEmailNotifier):
    pass


class ApprovalNotifier(QuietForPractices, WorkflowStateApprovalEmailNotifier):
    pass


# Signals hold their receivers weakly: they live here.
_NOTIFIERS = (
    (
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        TaskNotifier(),
    ),
    (
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        SubmissionNotifier(),
    ),
    (
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        RejectionNotifier(),
    ),
    (
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        ApprovalNotifier(),
    ),
)


def connect():
    """Take the places of Wagtail's notifiers."""
    for signal, sender, name, notifier in _NOTIFIERS:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(notifier, sender=sender, dispatch_uid=name)
