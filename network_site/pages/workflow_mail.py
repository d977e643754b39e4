"""Wagtail's own workflow mails, silent: the network writes its own (outbox_handlers).

Wagtail connects its notifiers under fixed names when its admin is ready; what is connected
first under the same names takes their place.
"""

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

_PLACES = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def say_nothing(**kwargs):
    """Stand where a notifier of Wagtail would."""


def connect():
    """Take the places of Wagtail's notifiers."""
    for signal, sender, name in _PLACES:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(say_nothing, sender=sender, dispatch_uid=name)
