"""Who may write, read and examine a practice that is not published."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import WorkflowState

from good_practices.enums import DraftStanding
from good_practices.standing import standing_of
from network_site.members import roles
from network_site.pages.known import knows, unknown_rule


@unknown_rule
def never_sent_by_another(user):
    """A draft that was never sent, nor ever public, is its author's alone."""
    was_sent = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_by_natural_key("wagtailcore", "page"),
        object_id=Cast(OuterRef("pk"), CharField()),
    ).exclude(status=WorkflowState.STATUS_CANCELLED)
    return (
        Q(
            content_type=ContentType.objects.get_by_natural_key(
                "good_practices", "goodpracticepage"
            ),
            live=False,
            first_published_at=None,
            owner__isnull=False,
        )
        & ~Q(owner=user if user.is_authenticated else None)
        & ~Q(Exists(was_sent))
    )


def can_submit_practice(user):
    """Whether `user` may begin a practice: admitted members."""
    return roles.is_member(user)


def is_author(user, page):
    """Whether `user` began `page` on the public site."""
    return user.is_authenticated and page.owner_id == user.pk and roles.is_member(user)


def can_view_draft(user, page):
    """Whether `user` may read the draft of `page`: its author, and those who examine."""
    return is_author(user, page) or can_review_practice(user, page)


def can_edit_draft(user, page):
    """Whether `user` may change the draft: its author, while nobody is examining it."""
    return is_author(user, page) and standing_of(page).code in (
        DraftStanding.DRAFT,
        DraftStanding.CHANGES_ASKED,
    )


def can_withdraw(user, page):
    """Whether `user` may take back what they have sent."""
    return (
        is_author(user, page) and standing_of(page).code == DraftStanding.IN_EXAMINATION
    )


def can_review_practice(user, page):
    """Whether `user` examines practices; never one's own, unless an administrator.

    A draft that was never sent is its author's alone.
    """
    if not roles.is_reviewer(user):
        return False
    if page.owner_id == user.pk and not user.is_superuser:
        return False
    return standing_of(page).code != DraftStanding.DRAFT and knows(user, page)


def can_view_contact(user):
    """Whether `user` sees whom to call about a practice: members only."""
    return roles.is_member(user)
