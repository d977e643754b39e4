"""What can be done in the discussion spaces: one module per action.

Every service is keyword-only and atomic, takes the thread row's lock before it touches a
counter, and leaves its effects to the outbox. Permissions are the caller's business
(forums.permissions); what would break the data is refused here too.
"""

from forums.services.accept_answer import accept_answer, withdraw_acceptance
from forums.services.add_post import add_post
from forums.services.contest_hiding import contest_hiding
from forums.services.draw_again import (
    draw_again,
    draw_all_again,
    draw_mentions_again,
)
from forums.services.edit_post import edit_post
from forums.services.errors import ThreadClosed
from forums.services.handle_report import handle_report
from forums.services.hide_post import hide_post
from forums.services.lock_thread import lock_thread
from forums.services.mark_read import mark_read
from forums.services.open_thread import open_thread
from forums.services.people import add_person, remove_person
from forums.services.report_post import report_post
from forums.services.restore_post import restore_post
from forums.services.unlock_thread import unlock_thread

__all__ = [
    "ThreadClosed",
    "accept_answer",
    "add_person",
    "add_post",
    "contest_hiding",
    "draw_again",
    "draw_all_again",
    "draw_mentions_again",
    "edit_post",
    "handle_report",
    "hide_post",
    "lock_thread",
    "mark_read",
    "open_thread",
    "remove_person",
    "report_post",
    "restore_post",
    "unlock_thread",
    "withdraw_acceptance",
]
