"""What members propose for the next issue, and what the composers answer."""

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from network_site.core.outbox import emit
from network_site.newsletters.enums import ContributionStatus
from network_site.newsletters.models import Contribution
from network_site.pages.addresses import standing_at
from network_site.pages.visibility import can_view_page


class AlreadyDecided(Exception):
    """Somebody has answered this proposal."""


class IssueLocked(Exception):
    """The issue is being sent, was sent, or is locked by somebody."""


@transaction.atomic
def propose_contribution(*, author, title, text, form_token, url="", organization=None):
    """Note a proposal, once for a form; return (contribution, is_new)."""
    known = Contribution.objects.filter(form_token=form_token, author=author).first()
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            contribution = Contribution.objects.create(
                author=author,
                organization=organization,
                title=title,
                text=text,
                url=url,
                page=_page_at(url, author),
                form_token=form_token,
            )
    except IntegrityError:
        return Contribution.objects.get(form_token=form_token), False
    emit("newsletter.contribution_received", contribution_id=contribution.pk)
    return contribution, True


@transaction.atomic
def accept_contribution(*, contribution, by, issue=None, now=None):
    """Say yes, and put it at the end of `issue` when one is given.

    Raises AlreadyDecided, IssueLocked.
    """
    contribution = _waiting(contribution)
    contribution.status = ContributionStatus.ACCEPTED
    _decide(contribution, by, now)
    if issue is not None:
        _insert(contribution, issue, by)
    contribution.save()
    emit("newsletter.contribution_decided", contribution_id=contribution.pk)
    return contribution


@transaction.atomic
def place_contribution(*, contribution, issue, by):
    """Put an accepted proposal into an issue, later. Raises AlreadyDecided, IssueLocked."""
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.status != ContributionStatus.ACCEPTED or contribution.issue_id:
        raise AlreadyDecided
    _insert(contribution, issue, by)
    contribution.save()
    return contribution


@transaction.atomic
def refuse_contribution(*, contribution, by, reason, now=None):
    """Say no, with the reason that its author will read. Raises AlreadyDecided."""
    contribution = _waiting(contribution)
    contribution.status = ContributionStatus.REFUSED
    contribution.reason = reason
    _decide(contribution, by, now)
    contribution.save()
    emit("newsletter.contribution_decided", contribution_id=contribution.pk)
    return contribution


def _page_at(url, author):
    """The page of the site that `author` means by `url`; None for one they may not open."""
    page = standing_at(url).obj
    if not isinstance(page, Page) or not can_view_page(author, page):
        return None
    return page


def _waiting(contribution):
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.status != ContributionStatus.WAITING:
        raise AlreadyDecided
    return contribution


def _decide(contribution, by, now):
    contribution.decided_at = now or timezone.now()
    contribution.decided_by = by


def _insert(contribution, issue, by):
    """A new version of `issue` with the proposal at the end of the proposals' section."""
    if issue.was_planned or issue.permissions_for_user(by).page_locked():
        raise IssueLocked
    draft = issue.get_latest_revision_as_object()
    with translation.override(draft.lang):
        heading = _("Proposed by members")
    # Who composes is shown no more of a page than they may read; its readers are.
    if contribution.page_id and can_view_page(by, contribution.page):
        block = (
            "content",
            {
                "page": contribution.page,
                "sentence": contribution.text,
                "by": contribution.signature,
            },
        )
    else:
        block = (
            "link",
            {
                "title": contribution.title,
                "url": contribution.url,
                "text": contribution.text,
                "by": contribution.signature,
            },
        )
    draft.body.insert(_end_of_section(draft.body, heading), block)
    draft.save_revision(user=by, log_action=True)
    contribution.issue = issue


def _end_of_section(body, heading):
    """Where the section called `heading` ends; it is opened at the end when there is none."""
    inside = False
    for position, block in enumerate(body):
        if block.block_type == "heading":
            if inside:
                return position
            inside = block.value == heading
    if not inside:
        body.append(("heading", heading))
    return len(body)
