"""Reporting a post, and what facilitators do about it: always with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forums import limits
from forums.enums import ModerationKind
from forums.forms import ReasonForm, ReportForm
from forums.models import Forum, Report
from forums.pending import reports_awaiting
from forums.permissions import can_contest, can_moderate
from forums.services import (
    contest_hiding,
    handle_report,
    hide_post,
    lock_thread,
    report_post,
    restore_post,
    unlock_thread,
)
from forums.views.access import (
    LoginNeeded,
    moderated_post,
    moderated_thread,
    readable_post,
)
from forums.views.reading import address_of_post
from network_site.core.limits import allow, place_of
from network_site.core.pagination import paginate

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@form_methods
def report(request, pk):
    """Bring a post to the facilitators' notice; open to visitors."""
    user = request.user
    post = readable_post(user, pk)
    if post.is_hidden:
        raise Http404
    form = ReportForm(request.POST or None, user=user)
    status = 200
    if request.method == "POST" and form.is_valid():
        who = user.pk if user.is_authenticated else place_of(request)
        if not allow(
            "forums:report",
            who,
            limit=limits.REPORTS_PER_WINDOW,
            window=limits.WINDOW,
        ):
            form.add_error(
                None,
                _(
                    "Several reports have just been sent from here. Wait ten minutes,"
                    " then send this one again."
                ),
            )
            status = 429
        else:
            if not form.is_trapped:
                report_post(
                    post=post,
                    reason=form.cleaned_data["reason"],
                    comment=form.cleaned_data["comment"],
                    reporter=user if user.is_authenticated else None,
                    email=form.cleaned_data.get("email", ""),
                )
            messages.success(
                request,
                _(
                    "Thank you. The facilitators have been told and will look at this"
                    " message."
                ),
            )
            return HttpResponseRedirect(address_of_post(post, user))
    return render(
        request,
        "forums/report_form.html",
        {"form": form, "post": post, "thread": post.thread, "forum": post.thread.forum},
        status=status,
    )


def _decide(
    request, *, title, text, submit, help_text, act, done, back, danger=False, **context
):
    """A page that asks for a reason, then acts. `act(reason)` returns whether it changed."""
    form = ReasonForm(request.POST or None, help_text=help_text)
    if request.method == "POST" and form.is_valid():
        if act(form.cleaned_data["reason"]):
            messages.success(request, done)
        else:
            messages.info(request, _("This had already been done."))
        return HttpResponseRedirect(back)
    return render(
        request,
        "forums/moderation_form.html",
        {
            "form": form,
            "title": title,
            "text": text,
            "submit": submit,
            "back": back,
            "danger": danger,
            **context,
        },
    )


def _after_hiding(request, post):
    if request.GET.get("depuis") == "signalements":
        return reverse("forums:reports")
    return address_of_post(post, request.user)


@form_methods
def hide(request, pk):
    """Withdraw a post from its readers."""
    post = moderated_post(request.user, pk)
    accepted = post.thread.accepted_post_id == post.pk
    if accepted:
        text = _(
            "This message is the accepted answer: the question will be open again, without"
            " an accepted answer. Nobody but its author and the facilitators will see the"
            " message; its author receives the reason, and how to contest it."
        )
    elif post.is_first:
        text = _(
            "This message opens the thread: the whole thread will be hidden. Its author"
            " receives the reason, and how to contest it."
        )
    else:
        text = _(
            "Nobody but its author and the facilitators will see this message. Its"
            " author receives the reason, and how to contest it."
        )
    return _decide(
        request,
        title=_("Hide this message"),
        text=text,
        submit=_("Hide the message"),
        help_text=_("The rule that was broken, and what would have to change."),
        act=lambda reason: hide_post(post=post, actor=request.user, reason=reason),
        done=_(
            "The message is hidden; its author has been told why. The question is open"
            " again, without an accepted answer."
        )
        if accepted
        else _("The message is hidden; its author has been told why."),
        back=_after_hiding(request, post),
        danger=True,
        post=post,
        thread=post.thread,
        forum=post.thread.forum,
    )


@form_methods
def restore(request, pk):
    """Show a hidden post again."""
    post = moderated_post(request.user, pk)
    return _decide(
        request,
        title=_("Show this message again"),
        text=_("Everyone who reads the space will see it again; its author is told."),
        submit=_("Show the message again"),
        help_text="",
        act=lambda reason: restore_post(post=post, actor=request.user, reason=reason),
        done=_("The message is shown again."),
        back=_after_hiding(request, post),
        post=post,
        thread=post.thread,
        forum=post.thread.forum,
    )


@form_methods
def lock(request, pk):
    """Close a thread to new answers."""
    thread = moderated_thread(request.user, pk)
    return _decide(
        request,
        title=_("Close this thread"),
        text=_("It stays readable; nobody can answer it any more."),
        submit=_("Close the thread"),
        help_text=_("It is shown to readers under the thread."),
        act=lambda reason: lock_thread(
            thread=thread, actor=request.user, reason=reason
        ),
        done=_("The thread is closed."),
        back=thread.get_absolute_url(),
        danger=True,
        thread=thread,
        forum=thread.forum,
    )


@form_methods
def unlock(request, pk):
    """Open a closed thread again."""
    thread = moderated_thread(request.user, pk)
    return _decide(
        request,
        title=_("Open this thread again"),
        text=_("Members will be able to answer it."),
        submit=_("Open the thread again"),
        help_text="",
        act=lambda reason: unlock_thread(
            thread=thread, actor=request.user, reason=reason
        ),
        done=_("The thread is open again."),
        back=thread.get_absolute_url(),
        thread=thread,
        forum=thread.forum,
    )


@form_methods
def contest(request, pk):
    """Ask for one's own hidden post to be looked at again."""
    post = readable_post(request.user, pk)
    if not can_contest(request.user, post):
        was_restored = post.moderation.filter(kind=ModerationKind.RESTORE).exists()
        if post.author_id != request.user.pk or not was_restored:
            raise Http404
        # The link of a mail that was overtaken.
        messages.info(
            request, _("Your message is shown again: there is nothing left to contest.")
        )
        return HttpResponseRedirect(address_of_post(post, request.user))
    return _decide(
        request,
        title=_("Contest the decision"),
        text=_("Your reasons go to the facilitators, who will write back to you."),
        submit=_("Send to the facilitators"),
        help_text="",
        act=lambda reason: contest_hiding(
            post=post, author=request.user, comment=reason
        ),
        done=_("Your request has been sent to the facilitators."),
        back=address_of_post(post, request.user),
        post=post,
        thread=post.thread,
        forum=post.thread.forum,
    )


@require_safe
def reports(request):
    """Open reports on the spaces this person moderates."""
    user = request.user
    if not user.is_authenticated:
        raise LoginNeeded
    if not Forum.objects.moderated_by(user).exists():
        raise PermissionDenied(
            _("Reported messages are read by those who facilitate the spaces.")
        )
    page = paginate(
        reports_awaiting(user).select_related("post__author", "post__thread__forum"),
        request,
    )
    return render(request, "forums/reports.html", {"page_obj": page})


@form_methods
def dismiss(request, pk):
    """Set a report aside."""
    report = get_object_or_404(
        Report.objects.select_related("post__thread__forum", "post__author"), pk=pk
    )
    if not can_moderate(request.user, report.post.thread.forum):
        raise Http404
    return _decide(
        request,
        title=_("Set this report aside"),
        text=_("The message stays as it is. Whoever reported it is told why."),
        submit=_("Set the report aside"),
        help_text="",
        act=lambda reason: handle_report(
            report=report, actor=request.user, reason=reason
        ),
        done=_("The report is set aside."),
        back=reverse("forums:reports"),
        post=report.post,
        thread=report.post.thread,
        forum=report.post.thread.forum,
    )
