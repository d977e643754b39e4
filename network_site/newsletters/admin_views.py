"""The sending of an issue in the back office: through readers' eyes, then for good."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from wagtail.admin import messages

from network_site.core.numbers import whole_number
from network_site.core.templatetags.date_tags import datetime_long
from network_site.newsletters import audience as reach
from network_site.newsletters import services
from network_site.newsletters.admin_context import dispatch_context, head, send_context
from network_site.newsletters.forms import LATER, ProofForm, SendForm
from network_site.newsletters.models import Dispatch, NewsletterIssuePage
from network_site.newsletters.permissions import can_send
from network_site.newsletters.profiles import profiles_of
from network_site.newsletters.views import sample_response
from network_site.newsletters.wording import count_words

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _issue(request, pk):
    """The issue, for who may send it."""
    issue = get_object_or_404(NewsletterIssuePage, pk=pk)
    if not can_send(request.user):
        raise PermissionDenied
    return issue


def _draft(issue):
    """The latest version, and its key; a page written by a program has none yet."""
    revision = issue.get_latest_revision()
    if revision is None:
        revision = issue.save_revision(log_action=False)
    return revision.as_object(), revision.pk


def _dispatch(request, pk):
    issue = _issue(request, pk)
    return get_object_or_404(Dispatch.objects.select_related("issue"), issue=issue)


@form_methods
def send(request, pk):
    """Everything about the sending of one issue: before, while, after."""
    issue = _issue(request, pk)
    dispatch = Dispatch.objects.select_related("created_by").filter(issue=issue).first()
    if dispatch is not None:
        if request.method == "POST":
            messages.warning(request, _already(dispatch))
            return redirect("newsletters_admin:send", issue.pk)
        draft, revision_id = _draft(issue)
        return render(
            request,
            "newsletters/admin_dispatch.html",
            dispatch_context(issue, draft, revision_id, dispatch),
        )
    now = timezone.now()
    draft, revision_id = _draft(issue)
    if request.method != "POST":
        form = SendForm(now=now)
        return _send_page(request, issue, draft, revision_id, form)
    form = SendForm(request.POST, now=now)
    if not form.is_valid():
        return _send_page(request, issue, draft, revision_id, form, status=422)
    if request.POST.get("step") != "send":
        return _confirm_page(request, issue, draft, revision_id, form)
    return _plan(request, issue, draft, revision_id, form, now)


def _already(dispatch):
    return _(
        "This issue has already been sent or planned, by %(name)s: it was not sent again."
    ) % {"name": dispatch.created_by or "—"}


def _send_page(request, issue, draft, revision_id, form, status=200, proof_form=None):
    return render(
        request,
        "newsletters/admin_send.html",
        {
            **send_context(issue, draft),
            "revision_id": revision_id,
            "form": form,
            "proof_form": proof_form
            or ProofForm(initial={"address": request.user.email}),
        },
        status=status,
    )


def _confirm_page(request, issue, draft, revision_id, form):
    data = form.cleaned_data
    count = reach.count(issue, data["audience"], data["starts_at"] or form.now)
    if not count.total:
        form.add_error("audience", _("Nobody would receive it."))
        return _send_page(request, issue, draft, revision_id, form, status=422)
    return render(
        request,
        "newsletters/admin_confirm.html",
        {
            "issue": issue,
            "draft": draft,
            "data": data,
            "when": request.POST.get("when"),
            "typed": request.POST.get("starts_at", ""),
            "is_later": data["when"] == LATER,
            "revision_id": revision_id,
            "count": count,
            "count_words": count_words(count),
            **head(issue, _("Confirm the sending")),
        },
    )


def _plan(request, issue, draft, revision_id, form, now):
    data = form.cleaned_data
    try:
        dispatch = services.plan_dispatch(
            issue=issue,
            revision_id=data["revision"] or 0,
            audience=data["audience"],
            starts_at=data["starts_at"],
            by=request.user,
            now=now,
        )
    except services.AlreadyPlanned:
        dispatch = Dispatch.objects.select_related("created_by").get(issue=issue)
        messages.warning(request, _already(dispatch))
        return redirect("newsletters_admin:send", issue.pk)
    except services.IssueChanged:
        form.add_error(
            None,
            _(
                "The issue was written again while you were confirming. Nothing has been"
                " sent: look at the new version below, then send it."
            ),
        )
    except services.PublicationDelayed:
        form.add_error(
            None,
            _(
                "The page has a date of publication of its own, after the sending: the"
                " link to the archive would not work. Take that date away in the"
                " schedule of the page. Nothing has been sent."
            ),
        )
    except services.PastTime:
        form.add_error(
            "starts_at",
            _(
                "This date has passed. Choose one to come, or send right away; nothing has"
                " been sent."
            ),
        )
    except services.NobodyToWrite:
        form.add_error("audience", _("Nobody would receive it."))
    else:
        if data["starts_at"]:
            words = _("The letter will leave on %(date)s.") % {
                "date": datetime_long(dispatch.starts_at)
            }
        else:
            words = _("The letter is leaving. This page tells how far it has got.")
        messages.success(request, words)
        return redirect("newsletters_admin:send", issue.pk)
    return _send_page(request, issue, draft, revision_id, form, status=422)


@require_POST
def cancel(request, pk):
    """Forget a planned sending."""
    dispatch = _dispatch(request, pk)
    if services.cancel_dispatch(dispatch=dispatch, by=request.user):
        messages.success(request, _("The sending is cancelled; nothing has left."))
    else:
        messages.warning(
            request,
            _("Too late: the letter has begun to leave. You can stop the rest."),
        )
    return redirect("newsletters_admin:send", pk)


@require_POST
def new_version(request, pk):
    """Have what was written since leave instead of the version planned."""
    dispatch = _dispatch(request, pk)
    try:
        done = services.take_new_version(
            dispatch=dispatch,
            revision_id=whole_number(request.POST.get("revision")) or 0,
            by=request.user,
        )
    except (services.IssueChanged, services.PublicationDelayed):
        messages.warning(
            request,
            _("The issue was written again meanwhile. Look at it again, then choose."),
        )
    else:
        if done:
            messages.success(request, _("The new version will leave."))
        else:
            messages.warning(request, _("Too late: the letter has begun to leave."))
    return redirect("newsletters_admin:send", pk)


@require_POST
def stop(request, pk):
    """Keep back the mails that have not left."""
    kept = services.stop_dispatch(dispatch=_dispatch(request, pk), by=request.user)
    if kept is None:
        messages.info(request, _("There is nothing to stop."))
    else:
        messages.success(
            request, _("The sending is stopped. Mails kept back: %(n)s.") % {"n": kept}
        )
    return redirect("newsletters_admin:send", pk)


@require_POST
def resume(request, pk):
    """Let the mails kept back leave."""
    if services.resume_dispatch(dispatch=_dispatch(request, pk), by=request.user):
        messages.success(request, _("The sending goes on."))
    else:
        messages.info(request, _("The sending was not stopped."))
    return redirect("newsletters_admin:send", pk)


@require_POST
def proof(request, pk):
    """Send a test to oneself or a colleague."""
    issue = _issue(request, pk)
    draft, revision_id = _draft(issue)
    form = ProofForm(request.POST)
    if not form.is_valid():
        return _send_page(
            request,
            issue,
            draft,
            revision_id,
            SendForm(now=timezone.now()),
            status=422,
            proof_form=form,
        )
    services.ask_proof(
        issue=issue,
        revision_id=revision_id,
        address=form.cleaned_data["address"],
        by=request.user,
    )
    messages.success(
        request,
        _("A test is leaving for %(address)s.")
        % {"address": form.cleaned_data["address"]},
    )
    return redirect("newsletters_admin:send", issue.pk)


@require_safe
@xframe_options_sameorigin
def sample(request, pk, key):
    """The mail of one of the three readers, in the frame of the sending page."""
    issue = _issue(request, pk)
    draft, _revision_id = _draft(issue)
    profiles, writer = profiles_of(draft)
    for profile in profiles:
        if profile.key == key:
            return sample_response(
                writer, profile, as_text=request.GET.get("partie") == "texte"
            )
    raise Http404
