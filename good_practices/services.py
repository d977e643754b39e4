"""What changes practices and measures: drafts, examination, publication, level.

For those who load content by program:

    page = create_practice(
        parent=index, title="…", summary="…", context="…", started_year=2016,
        measure=measure, organization=organization, territories=[commune], themes=[theme],
        grounds=[], target_groups=[], programmes=[], figures=[{"label": …, "value": …}],
        files=[document], related=[(text, "founded_on")], by=user,
    )
    publish_practice(page=page, by=user)
    set_practice_level(page=page, level="testimony")
    measure = create_measure(parent=measures, title="…", axis="daily", sessions=[1, 3], …)
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from good_practices.enums import DraftStanding, PracticeLevel
from good_practices.models import (
    GoodPracticePage,
    KeptText,
    MeasureFigure,
    MeasurePage,
    PracticeFigure,
    PracticeFile,
    PracticeIndexPage,
    PracticeState,
    PracticeSubmission,
)
from good_practices.permissions import (
    can_edit_draft,
    can_review_practice,
    can_submit_practice,
    can_withdraw,
)
from good_practices.queues import practices_awaiting as practices_awaiting
from good_practices.standing import standing_of
from network_site.catalogue.marks import touch
from network_site.core.outbox import emit
from network_site.pages.creating import TERMS, create_page, set_terms


def _create(model, figure_model, *, figures, pieces=None, **options):
    rows = [
        figure_model(**{"position": position, **figure})
        for position, figure in enumerate(figures)
    ]
    return create_page(
        model=model,
        pieces={"figures": rows, **(pieces or {})},
        otherwise="pratique",
        **options,
    )


@transaction.atomic
def create_practice(
    *, parent, figures=(), files=(), related=(), level=None, by=None, **fields
):
    """Return a new practice under `parent`, as a draft (`publish_practice` makes it public).

    `fields` are those of the page, and the lists themes, grounds, target_groups, programmes,
    territories. `figures` are dicts of Figure's fields; `files` documents or (document,
    title) pairs; `related` (page, kind) or (page, kind, note).
    """
    page = _create(
        GoodPracticePage,
        PracticeFigure,
        parent=parent,
        figures=figures,
        pieces={"files": _files(files)},
        related=related,
        by=by,
        **fields,
    )
    page.save_revision(user=by, clean=False)
    PracticeState.objects.create(page=page, level=level or PracticeLevel.TESTIMONY)
    return page


def _files(files):
    for order, item in enumerate(files):
        document, title = item if isinstance(item, tuple) else (item, "")
        yield PracticeFile(document=document, title=title, sort_order=order)


@transaction.atomic
def create_measure(*, parent, figures=(), related=(), by=None, **fields):
    """Return a new national measure under `parent`, as a draft; `fields` as create_practice."""
    page = _create(
        MeasurePage,
        MeasureFigure,
        parent=parent,
        figures=figures,
        related=related,
        by=by,
        **fields,
    )
    page.save_revision(user=by, clean=False)
    return page


@transaction.atomic
def publish_practice(*, page, by=None):
    """Publish the latest draft of a practice or a measure, and return it."""
    revision = page.latest_revision or page.save_revision(user=by)
    revision.publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()
    if isinstance(page, GoodPracticePage):
        PracticeState.objects.get_or_create(page=page)
    return page


@transaction.atomic
def set_practice_level(
    *, page, level, examined_on=None, examined_by="", confirmed_on=None
):
    """Set how far `page` has been examined, when and by whom; return its state.

    `confirmed_on` is the day on which those who lead it confirmed that it goes on; without
    it the former one stays. Raises ValidationError for a day that has not come.
    """
    confirmed = {"confirmed_on": confirmed_on} if confirmed_on else {}
    former = PracticeState.objects.filter(page=page).first()
    state, _created = PracticeState.objects.update_or_create(
        page=page,
        defaults={
            "level": level,
            "examined_on": examined_on,
            "examined_by": examined_by,
            **confirmed,
        },
    )
    if former is not None and former.level != state.level:
        emit("practice.level_changed", page_id=page.pk, level=state.level)
    touch(page)
    return state


@transaction.atomic
def note_reading(*, page, by, on):
    """Note that `by`, who examines practices, has read `page` before it was published.

    One's own reading of one's own practice is none. A practice only reported is then
    described; return whether anything changed.
    """
    if by is None or by.pk == page.owner_id:
        return False
    state, _created = PracticeState.objects.get_or_create(page=page)
    if state.read_on == on and state.level != PracticeLevel.TESTIMONY:
        return False
    state.read_on = on
    if state.level == PracticeLevel.TESTIMONY:
        state.level = PracticeLevel.DESCRIBED
    state.save()
    touch(page)
    return True


# What a member writes


@transaction.atomic
def create_draft(*, author, form_token, data):
    """Return (page, created): the draft made from `data`, or the one this form made before.

    Raises PermissionDenied when `author` may not begin a practice.
    """
    if not can_submit_practice(author):
        raise PermissionDenied
    before = _made_by(form_token, author)
    if before is not None:
        return before, False
    index = PracticeIndexPage.objects.get()
    fields = dict(data)
    try:
        with transaction.atomic():
            page = create_practice(parent=index, by=author, **fields)
            PracticeSubmission.objects.create(
                page=page, author=author, form_token=form_token
            )
    except IntegrityError:
        # The same form, sent twice at once: the other request has just made it.
        before = _made_by(form_token, author)
        if before is not None:
            return before, False
        # Someone else's token: it opens nothing, and what was typed is kept all the same.
        return create_draft(author=author, form_token=uuid.uuid4(), data=data)
    return page, True


def _made_by(form_token, author):
    submission = (
        PracticeSubmission.objects.filter(form_token=form_token, author=author)
        .select_related("page")
        .first()
    )
    return submission and submission.page


@transaction.atomic
def update_draft(*, page, by, data, seen_revision=None, kept=None):
    """Save `data` as a new version of the draft; return (page, None).

    `seen_revision` is the version that `by` had before them: if another has been saved
    since, that one stays the draft, what was sent is set aside, and (page, KeptText) is
    returned. `kept` is the text set aside that this version settles. Raises
    PermissionDenied when `by` may not edit.
    """
    page = GoodPracticePage.objects.select_for_update().get(pk=page.pk)
    if not can_edit_draft(by, page):
        raise PermissionDenied
    if seen_revision is not None and page.latest_revision_id != seen_revision:
        return page, KeptText.objects.create(page=page, author=by, data=_plain(data))
    draft = page.get_latest_revision_as_object()
    fields = dict(data)
    terms = {name: fields.pop(name) for name in TERMS if name in fields}
    set_terms(draft, **terms)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.draft_title = draft.title
    if not draft.live:
        # A page that was never public keeps its own row in step, as the admin does.
        draft.save(clean=False)
    draft.save_revision(user=by, clean=False)
    if kept is not None:
        kept.delete()
    return draft, None


def _plain(data):
    """`data` as JSON: objects by their keys."""
    plain = {}
    for name, value in data.items():
        if isinstance(value, list | tuple):
            plain[name] = [item.pk for item in value]
        elif hasattr(value, "pk"):
            plain[name] = value.pk
        else:
            plain[name] = value
    return plain


@transaction.atomic
def submit_practice(*, page, by):
    """Send the draft to those who examine; return its standing. Sent twice, it is sent once.

    Raises PermissionDenied when `by` may not send it.
    """
    page = GoodPracticePage.objects.select_for_update().get(pk=page.pk)
    standing = standing_of(page)
    if standing.code == DraftStanding.IN_EXAMINATION and page.owner_id == by.pk:
        return standing
    if not can_edit_draft(by, page):
        raise PermissionDenied
    state = page.current_workflow_state
    if state is not None:
        state.resume(user=by)
    else:
        page.get_workflow().start(page, by)
    return standing_of(GoodPracticePage.objects.get(pk=page.pk))


@transaction.atomic
def withdraw_practice(*, page, by):
    """Take back what was sent, to write on; raises PermissionDenied for anyone but its author."""
    page = GoodPracticePage.objects.select_for_update().get(pk=page.pk)
    if not can_withdraw(by, page):
        raise PermissionDenied
    page.current_workflow_state.cancel(user=by)
    return page


@transaction.atomic
def discard_draft(*, page, by):
    """Delete a draft that was never published; raises PermissionDenied but for its author."""
    page = GoodPracticePage.objects.select_for_update().get(pk=page.pk)
    if page.live or not can_edit_draft(by, page):
        raise PermissionDenied
    state = page.current_workflow_state
    if state is not None:
        state.cancel(user=by)
    page.delete()


# What those who examine do


@transaction.atomic
def approve_practice(*, page, by, level=None, examined_by="", examined_on=None):
    """Accept the draft, which publishes it; `level` says how far it was examined.

    Raises PermissionDenied when `by` may not examine it or when it is not in examination
    (someone else has just answered).
    """
    page, task_state = _in_examination(page, by)
    task_state.approve(user=by)
    if level is not None:
        set_practice_level(
            page=page, level=level, examined_on=examined_on, examined_by=examined_by
        )
    note_reading(page=page, by=by, on=timezone.localdate())
    page.refresh_from_db()
    return page


@transaction.atomic
def request_changes(*, page, by, comment):
    """Hand the draft back to its author with what is asked; raises as approve_practice."""
    page, task_state = _in_examination(page, by)
    task_state.reject(user=by, comment=comment)
    return page


def _in_examination(page, by):
    page = GoodPracticePage.objects.select_for_update().get(pk=page.pk)
    task_state = page.current_workflow_task_state
    if task_state is None or not can_review_practice(by, page):
        raise PermissionDenied
    return page, task_state
