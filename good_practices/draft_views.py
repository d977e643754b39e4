"""A member's practice from its first two lines to its publication, and its examination."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from good_practices import forms, services
from good_practices.enums import DraftStanding
from good_practices.models import GoodPracticePage, KeptText, PracticeIndexPage
from good_practices.permissions import (
    can_edit_draft,
    can_review_practice,
    can_submit_practice,
    can_view_draft,
    can_withdraw,
    is_author,
)
from good_practices.queues import own_practices, practices_awaiting
from good_practices.standing import standing_of
from good_practices.views import practice_context
from network_site.core import drafts
from network_site.core.numbers import whole_number
from network_site.members import roles
from network_site.pages.creating import set_terms_by_key
from network_site.pages.publishing import NotPublishable, check_publishable

_FIELDS = frozenset(forms.PracticeForm.base_fields)


def _crumbs(request, *more):
    index = PracticeIndexPage.objects.get()
    return [
        {"lang": index.lang, "title": index.title, "url": index.get_url(request)},
        *more,
    ]


def _my_drafts_crumb():
    return {"title": _("My practices"), "url": reverse("good_practices:draft_list")}


# Session ended while writing


def _to_login(request):
    """A visitor goes to the log-in; what they have posted as somebody waits for that person."""
    owner = drafts.owner_of(request) if request.method == "POST" else None
    if owner is None:
        return redirect_to_login(request.path)
    return drafts.keep(request, owner)


def _waiting(request):
    """What waits for this person at this address, as the form's initial values; or None."""
    kept = drafts.kept_post(request)
    if kept is None:
        return None
    messages.info(request, _("Here is what you had written. Save it now."))
    return _form_initial(
        {name: values for name, values in kept.lists() if name in _FIELDS}
    )


def _form_initial(data):
    """Posted lists as initial values."""
    many = {"themes", "target_groups"}
    return {
        name: values if name in many else (values[0] if values else "")
        for name, values in data.items()
        if name not in {"seen_revision"}
    }


# Writing


@never_cache
@drafts.keeps_text
def submit(request):
    """Begin a practice: a title and a problem are enough to keep it."""
    if not request.user.is_authenticated:
        return _to_login(request)
    if not can_submit_practice(request.user):
        return render(
            request,
            "good_practices/not_yet_member.html",
            {"crumbs": _crumbs(request)},
            status=403,
        )
    sending = request.POST.get("do") == "send"
    if request.method == "POST":
        form = forms.PracticeForm(request.POST, user=request.user)
        if _is_taken(request, form):
            page, created = services.create_draft(
                author=request.user,
                form_token=form.cleaned_data["form_token"] or forms.new_token(),
                data=form.practice_data(),
            )
            if not created and can_edit_draft(request.user, page):
                # The same form again: its text is the newest.
                page, _set_aside = services.update_draft(
                    page=page, by=request.user, data=form.practice_data()
                )
            return _after_saving(request, page, sending)
    else:
        initial = {"form_token": forms.new_token()} | (_waiting(request) or {})
        form = forms.PracticeForm(user=request.user, initial=initial)
    return render(
        request,
        "good_practices/draft_form.html",
        {
            "form": form,
            "draft": drafts.marks(request, "practice", is_typed=form.is_bound),
            "crumbs": _crumbs(request, _my_drafts_crumb()),
        },
    )


def _is_taken(request, form):
    """Whether what was posted may be saved: valid, and sent with a token of this session."""
    if not form.is_valid():
        return False
    if request.has_stale_token:
        form.add_error(None, drafts.STALE_WORDS)
        return False
    return True


def _after_saving(request, page, sending):
    """Say that it is saved; and send it, when that was asked and nothing is missing."""
    drafts.forget(request)
    if sending:
        return _send(request, page)
    messages.success(request, _("Your draft is saved. Only you can see it."))
    return redirect("good_practices:draft_edit", pk=page.pk)


def _send(request, page):
    if standing_of(page).code == DraftStanding.IN_EXAMINATION:
        return redirect("good_practices:draft_detail", pk=page.pk)
    draft = page.get_latest_revision_as_object()
    check = forms.PracticeForm(
        forms.initial_from_page(draft), user=request.user, sending=True
    )
    if not check.is_valid():
        messages.warning(
            request,
            _("Your draft is saved, but something is missing before it can be sent."),
        )
        return redirect(
            f"{reverse('good_practices:draft_edit', args=[page.pk])}?manque=1"
        )
    services.submit_practice(page=page, by=request.user)
    messages.success(
        request,
        _("Your practice is sent. Those who examine it have just been told by e-mail."),
    )
    return redirect("good_practices:draft_detail", pk=page.pk)


def _draft_or_404(request, pk, allowed):
    """The draft `pk`, a 404 for anyone it does not concern: its existence is not told."""
    page = get_object_or_404(
        GoodPracticePage.objects.select_related("latest_revision"), pk=pk
    )
    if not allowed(request.user, page):
        raise Http404
    return page


@never_cache
@drafts.keeps_text
def draft_edit(request, pk):
    """Write on; saved by a button, as often as one likes, sent when it is complete."""
    if not request.user.is_authenticated:
        return _to_login(request)
    page = _draft_or_404(request, pk, is_author)
    standing = standing_of(page)
    if not can_edit_draft(request.user, page):
        if request.method == "POST" and standing.code == DraftStanding.IN_EXAMINATION:
            messages.info(
                request, _("This practice is being examined: take it back to write on.")
            )
        return redirect("good_practices:draft_detail", pk=page.pk)
    kept = _kept(request, page)
    conflict = None
    if request.method == "POST":
        form = forms.PracticeForm(request.POST, user=request.user)
        if _is_taken(request, form):
            # What is sent is the version just saved, which the page read before is not.
            page, set_aside = services.update_draft(
                page=page,
                by=request.user,
                data=form.practice_data(),
                seen_revision=form.cleaned_data["seen_revision"],
                kept=kept,
            )
            if set_aside is not None:
                return redirect(
                    f"{reverse('good_practices:draft_edit', args=[page.pk])}"
                    f"?version={set_aside.pk}"
                )
            return _after_saving(
                request, page, sending=request.POST.get("do") == "send"
            )
    else:
        form, conflict = _editing_form(request, page, kept)
    return render(
        request,
        "good_practices/draft_form.html",
        {
            "form": form,
            "page": page,
            "standing": standing,
            "conflict": conflict,
            "draft": drafts.marks(
                request,
                f"practice-{page.pk}",
                is_typed=request.method == "POST" or kept is not None,
            ),
            "set_aside": page.kept_texts.filter(author=request.user).order_by("-pk")[:5]
            if conflict is None
            else [],
            "crumbs": _crumbs(request, _my_drafts_crumb()),
        },
    )


def _kept(request, page):
    """The text set aside that this request is about, if it is this person's."""
    number = whole_number(request.POST.get("kept") or request.GET.get("version"))
    if number is None:
        return None
    return KeptText.objects.filter(pk=number, page=page, author=request.user).first()


def _editing_form(request, page, kept):
    """The form on the latest version, on a text set aside, or on one that was rescued."""
    draft = page.get_latest_revision_as_object()
    current = forms.initial_from_page(draft)
    conflict = None
    if kept is not None:
        mine = forms.initial_from_page(_page_from(kept))
        conflict = _differences(page, current, mine)
        current = mine | {"kept": kept.pk}
    elif waiting := _waiting(request):
        current |= waiting
    current["seen_revision"] = page.latest_revision_id
    if request.GET.get("manque"):
        form = forms.PracticeForm(current, user=request.user, sending=True)
        form.is_valid()
    else:
        form = forms.PracticeForm(user=request.user, initial=current)
    return form, conflict


def _page_from(kept):
    """A practice in memory with the words set aside, to fill the form with."""
    data = dict(kept.data)
    page = GoodPracticePage(
        **{
            name: value
            for name, value in data.items()
            if name not in {"themes", "target_groups", "territories", "measure"}
        },
        measure_id=data.get("measure"),
    )
    set_terms_by_key(
        page,
        themes=data.get("themes", ()),
        target_groups=data.get("target_groups", ()),
        territories=data.get("territories", ()),
    )
    return page


def _differences(page, theirs, mine):
    """The fields where the two versions differ, with the words of the one that was saved."""
    labels = forms.PracticeForm.base_fields
    revision = page.latest_revision
    return {
        "by": revision.user if revision else None,
        "at": revision.created_at if revision else None,
        "fields": [
            {"label": labels[name].label, "text": theirs[name]}
            for name in labels
            if name in theirs
            and isinstance(theirs[name], str)
            and theirs[name] != mine.get(name)
        ],
    }


@login_required
@never_cache
@require_safe
def draft_list(request):
    """What this member has written, and where each stands."""
    if not can_submit_practice(request.user):
        raise PermissionDenied
    practices = list(own_practices(request.user)[:200])
    for practice in practices:
        practice.standing = standing_of(practice)
    return render(
        request,
        "good_practices/draft_list.html",
        {
            "practices": practices,
            "can_submit": can_submit_practice(request.user),
            "crumbs": _crumbs(request),
        },
    )


@login_required
@never_cache
@require_safe
def draft_detail(request, pk):
    """The draft as it would be published, for its author and those who examine it."""
    page = _draft_or_404(request, pk, can_view_draft)
    draft = page.get_latest_revision_as_object()
    context = practice_context(request, draft, is_draft=True)
    context.update(
        {
            "standing": standing_of(page),
            "is_author": is_author(request.user, page),
            "can_edit": can_edit_draft(request.user, page),
            "can_withdraw": can_withdraw(request.user, page),
            "can_review": can_review_practice(request.user, page),
            "draft_pk": page.pk,
            "sent_drafts": drafts.sent(request),
            "public_url": page.get_url(request) if page.live else "",
            "crumbs": _crumbs(request, _my_drafts_crumb())
            if is_author(request.user, page)
            else _crumbs(request),
        }
    )
    return render(request, "good_practices/draft_detail.html", context)


@login_required
@require_http_methods(["POST"])
def draft_withdraw(request, pk):
    """Take back what was sent, to write on."""
    page = _draft_or_404(request, pk, is_author)
    try:
        services.withdraw_practice(page=page, by=request.user)
    except PermissionDenied:
        messages.info(request, _("This practice is no longer in examination."))
    else:
        messages.success(request, _("Your practice is a draft again."))
    return redirect("good_practices:draft_edit", pk=page.pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft_discard(request, pk):
    """Throw a draft away, after one confirmation."""
    page = _draft_or_404(request, pk, is_author)
    if page.live or not can_edit_draft(request.user, page):
        return redirect("good_practices:draft_detail", pk=page.pk)
    if request.method == "POST":
        services.discard_draft(page=page, by=request.user)
        messages.success(request, _("Your draft is deleted."))
        return redirect("good_practices:draft_list")
    return render(
        request,
        "good_practices/draft_discard.html",
        {"page": page, "crumbs": _crumbs(request, _my_drafts_crumb())},
    )


# Examining


@login_required
@never_cache
@require_safe
def review_list(request):
    """The practices that wait for an eye, the longest wait first."""
    if not roles.is_reviewer(request.user):
        raise PermissionDenied
    return render(
        request,
        "good_practices/review_list.html",
        {
            "practices": practices_awaiting(request.user),
            "crumbs": _crumbs(request),
        },
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request, pk):
    """Read a practice and answer: publish it, or ask its author for changes."""
    page = _draft_or_404(request, pk, can_review_practice)
    if standing_of(page).code != DraftStanding.IN_EXAMINATION:
        messages.info(request, _("This practice is no longer in examination."))
        return redirect("good_practices:draft_detail", pk=page.pk)
    if request.method == "POST":
        form = forms.ReviewForm(request.POST)
        if form.is_valid() and _may_be_published(page, form):
            return _answer(request, page, form.cleaned_data)
    else:
        profile = getattr(request.user, "profile", None)
        form = forms.ReviewForm(
            initial={"examined_by": profile.organization_label if profile else ""}
        )
    draft = page.get_latest_revision_as_object()
    context = practice_context(request, draft, is_draft=True)
    context.update(
        {
            "form": form,
            "standing": standing_of(page),
            "sent_by": page.owner,
            "draft_pk": page.pk,
            "crumbs": _crumbs(
                request,
                {
                    "title": _("Practices to examine"),
                    "url": reverse("good_practices:review_list"),
                },
            ),
        }
    )
    return render(request, "good_practices/review.html", context)


def _may_be_published(page, form):
    """Whether the answer stands; if it publishes, the practice has what readers need."""
    if form.cleaned_data["decision"] != "publish":
        return True
    try:
        check_publishable(page.get_latest_revision_as_object())
    except NotPublishable as error:
        for label, words in error.sentences():
            form.add_error(
                "decision",
                _("“%(part)s”: %(words)s") % {"part": label, "words": words}
                if label
                else words,
            )
        return False
    return True


def _answer(request, page, data):
    try:
        if data["decision"] == "publish":
            is_examined = data["level"] == "examined"
            services.approve_practice(
                page=page,
                by=request.user,
                level=data["level"] or None,
                examined_by=data["examined_by"] if is_examined else "",
                examined_on=timezone.localdate() if is_examined else None,
            )
            messages.success(
                request, _("The practice is published, and its author is told.")
            )
        else:
            services.request_changes(
                page=page, by=request.user, comment=data["comment"]
            )
            messages.success(request, _("Your words are sent to the author by e-mail."))
    except PermissionDenied:
        messages.info(request, _("Someone else has just answered."))
    return redirect("good_practices:review_list")
