"""Mails of the examination of practices, whether it is done on the site or in the admin."""

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry, TaskState

from good_practices.enums import DraftStanding
from good_practices.models import GoodPracticePage
from good_practices.permissions import can_review_practice, is_author
from good_practices.services import note_reading
from good_practices.standing import standing_of
from network_site.core.addresses import absolute
from network_site.core.outbox import handles
from network_site.mailing.mail import send_templated
from network_site.members import roles
from network_site.notifications.announce import announce
from network_site.notifications.page_items import canonical_path, was_known

_AUTHOR_REASON = _("You receive this mail because you proposed this practice.")


def _address(name, pk):
    return absolute(reverse(name, args=[pk]))


def _practice_of(task_state_id):
    """(task state, page) when it is the examination of a practice; (None, None) otherwise."""
    task_state = (
        TaskState.objects.filter(
            pk=task_state_id,
            workflow_state__content_type__app_label="good_practices",
            workflow_state__content_type__model="goodpracticepage",
        )
        .select_related("workflow_state")
        .first()
    )
    if task_state is None:
        return None, None
    page = GoodPracticePage.objects.filter(
        pk=task_state.workflow_state.object_id
    ).first()
    return (task_state, page) if page is not None else (None, None)


@handles("workflow.task_submitted")
def tell_reviewers(task_state_id):
    """A practice waits: those who examine are told, except its author."""
    task_state, page = _practice_of(task_state_id)
    if page is None or task_state.status != TaskState.STATUS_IN_PROGRESS:
        return
    reviewers = get_user_model().objects.filter(
        is_active=True, groups__role__code__in=[roles.REVIEWERS, roles.FACILITATORS]
    )
    for reviewer in reviewers.distinct().order_by("pk"):
        if not can_review_practice(reviewer, page):
            continue
        send_templated(
            template="good_practices/practice_to_examine",
            to=reviewer,
            once=f"practice_to_examine:{task_state_id}",
            context=lambda: {
                "page": page,
                "title": page.draft_title or page.title,
                "author": page.owner,
                "again": task_state.workflow_state.task_states.count() > 1,
                "action_url": _address("good_practices:review", page.pk),
                "action_label": _("Examine this practice"),
                "reason": _(
                    "You receive this mail because you examine the practices of the"
                    " network."
                ),
            },
        )


@handles("workflow.rejected")
def tell_changes_asked(task_state_id):
    """Changes are asked: the author reads what, in the words of who examined."""
    task_state, page = _practice_of(task_state_id)
    if page is None or page.owner is None or not is_author(page.owner, page):
        return
    if standing_of(page).code != DraftStanding.CHANGES_ASKED:
        return
    send_templated(
        template="good_practices/practice_changes_asked",
        to=page.owner,
        once=f"practice_changes_asked:{task_state_id}",
        context=lambda: {
            "title": page.draft_title or page.title,
            "comment": task_state.comment,
            "action_url": _address("good_practices:draft_edit", page.pk),
            "action_label": _("Take up my practice"),
            "reason": _AUTHOR_REASON,
        },
    )


@handles("workflow.approved")
def tell_approved(task_state_id):
    """A practice is accepted: it has a level, and its author is told where it stands."""
    task_state, page = _practice_of(task_state_id)
    if page is None:
        return
    if task_state.finished_at is not None:
        # Examined in the back office.
        note_reading(
            page=page,
            by=task_state.finished_by,
            on=timezone.localdate(task_state.finished_at),
        )
    if page.owner is None or not page.live:
        return
    send_templated(
        template="good_practices/practice_published",
        to=page.owner,
        once=f"practice_published:{task_state_id}",
        context=lambda: {
            "title": page.title,
            "action_url": page.full_url,
            "action_label": _("See my practice"),
            "reason": _AUTHOR_REASON,
        },
    )


# What reaches those who follow


@handles("page.published")
def tell_of_practice(model, pk):
    """A practice is published, once; an adaptation is told where it comes from."""
    page = (
        GoodPracticePage.objects.filter(pk=pk, live=True)
        .select_related("adapted_from")
        .first()
    )
    if page is None:
        return
    told = {
        "actor_id": page.owner_id,
        "occurred_at": page.first_published_at,
        "path": canonical_path(page),
    }
    announce("good_practices.practice", page.pk, **told)
    if page.adapted_from is not None and page.adapted_from.live:
        announce("good_practices.practice_taken_up", page.pk, **told)
    if page.ended and _was_going_on(page):
        _tell_of_change(page, "ended", page.last_published_at)


@handles("practice.level_changed")
def tell_of_level(page_id, level):
    page = GoodPracticePage.objects.filter(pk=page_id, live=True).first()
    now = timezone.now()
    if page is None or page.level != level or not was_known(page, now):
        return
    _tell_of_change(page, f"level-{level}", now)


def _tell_of_change(page, variant, occurred_at):
    announce(
        "good_practices.practice_changed",
        page.pk,
        variant=variant,
        occurred_at=occurred_at,
        path=canonical_path(page),
    )


def _was_going_on(page):
    """Whether the version published before this one did not say that the practice stopped."""
    former = (
        PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.publish")
        .exclude(revision=None)
        .exclude(revision_id=page.live_revision_id)
        .select_related("revision")
        .order_by("-timestamp", "-pk")
        .first()
    )
    return former is not None and not former.revision.content.get("ended")
