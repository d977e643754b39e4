"""Writing to a person or to an organisation without seeing an address, and answering."""

import uuid

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_site.core import drafts
from network_site.core.numbers import whole_number
from network_site.core.signed_pages import signed_page
from network_site.directory import services
from network_site.directory.forms import AnswerForm, ContactForm, ReportForm
from network_site.directory.links import MESSAGE, message_of
from network_site.directory.models import LONGEST_SUBJECT, ContactBlock, ContactMessage
from network_site.directory.permissions import (
    can_see_contact,
    organization_receives_from,
    receives_from,
)
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.members.models import Organization, Profile


@drafts.keeps_text
def person_contact(request, pk):
    """Write to a member, or answer one."""
    profile = get_object_or_404(
        Profile.objects.select_related("user", "organization").filter(
            status=MembershipStatus.APPROVED
        ),
        pk=pk,
    )
    writer = _writer(request)
    if writer is None:
        return redirect_to_login(request.get_full_path())
    if not can_see_contact(writer, profile):
        raise Http404
    return _contact(
        request,
        writer,
        name=profile.user.get_full_name() or _("Member"),
        url=profile.get_absolute_url(),
        receives=receives_from(profile, writer),
        to={"recipient": profile.user},
        answered={"sender": profile.user, "recipient": writer},
    )


@drafts.keeps_text
def organization_contact(request, slug):
    """Write to the contact point of an organisation, or answer it."""
    organization = get_object_or_404(Organization.objects.listed(), slug=slug)
    writer = _writer(request)
    if writer is None:
        return redirect_to_login(request.get_full_path())
    if not organization.contact_email:
        raise Http404
    return _contact(
        request,
        writer,
        name=organization.label,
        url=organization.get_absolute_url(),
        receives=organization_receives_from(organization, writer),
        to={"organization": organization},
        answered={
            "sender": None,
            "organization": organization,
            "recipient": writer,
        },
    )


def _writer(request):
    """The member who writes: whoever is logged in, or for whom the posted form was made.

    None for a visitor. Raises PermissionDenied for somebody who is waiting for admission.
    """
    user = request.user
    if not user.is_authenticated and request.method == "POST":
        user = drafts.owner_of(request)
    if user is None or not user.is_authenticated:
        return None
    if not roles.is_member(user):
        raise PermissionDenied(
            _("Members write to each other: your request is being examined.")
        )
    return user


def _contact(request, writer, *, name, url, receives, to, answered):
    """The form, filled with what waits for its writer; a post sends it."""
    if request.method == "POST" and not request.user.is_authenticated:
        return drafts.keep(request, writer)
    answers = _answered(request, answered)
    if request.method == "POST":
        form, status = ContactForm(request.POST), 200
        if form.is_valid():
            sent, status = _send(request, writer, form, to=to, answers=answers)
            if sent:
                drafts.forget(request)
                messages.success(
                    request, _("Your message to %(name)s is sent.") % {"name": name}
                )
                return HttpResponseRedirect(url)
    else:
        kept, status = drafts.kept(request), 200
        if kept is not None:
            messages.info(
                request,
                _("Here is the text you had written. Read it again, then send it."),
            )
        form = ContactForm(
            initial=kept
            or {
                "form_token": uuid.uuid4(),
                "subject": _subject_of(answers) if answers else "",
            }
        )
    return render(
        request,
        "directory/contact_form.html",
        {
            "form": form,
            "name": name,
            "url": url,
            "receives": receives,
            "to_organization": "organization" in to,
            "answers": answers,
            "owner_token": drafts.owner_token(writer),
            "signature": _signature(writer),
            "limits": services,
        },
        status=status,
    )


def _send(request, writer, form, *, to, answers):
    """(whether the message left, the status of the page when it did not)."""
    if request.has_stale_token:
        form.add_error(None, drafts.STALE_WORDS)
        return False, 200
    try:
        services.write_message(
            sender=writer,
            subject=form.cleaned_data["subject"],
            body=form.cleaned_data["body"],
            form_token=form.cleaned_data["form_token"],
            answers=answers,
            **to,
        )
    except services.NotReceived:
        return False, 409
    except services.TooMany as error:
        form.add_error(None, _too_many(error))
        return False, 429
    return True, 200


def _too_many(error):
    if error.from_all:
        return _(
            "This recipient has received many messages through the site today. Your text"
            " is still here: send it tomorrow."
        )
    if error.to_one:
        return ngettext(
            "You have written to this recipient %(n)s time in twenty-four hours, which is"
            " the most. Your text is still here: send it tomorrow.",
            "You have written to this recipient %(n)s times in twenty-four hours, which is"
            " the most. Your text is still here: send it tomorrow.",
            error.limit,
        ) % {"n": error.limit}
    return ngettext(
        "You have sent %(n)s message in twenty-four hours, which is the most. Your text is"
        " still here: send it tomorrow.",
        "You have sent %(n)s messages in twenty-four hours, which is the most. Your text is"
        " still here: send it tomorrow.",
        error.limit,
    ) % {"n": error.limit}


def _answered(request, conditions):
    """The message that ?reponse= says is being answered, None when it is not theirs."""
    key = whole_number(request.GET.get("reponse"))
    if key is None:
        return None
    return ContactMessage.objects.filter(pk=key, erased_at=None, **conditions).first()


def _subject_of(message):
    """The subject of an answer, "Re:" once."""
    prefix = _("Re: ")
    subject = message.subject
    if not subject.startswith(prefix):
        subject = prefix + subject
    return subject[:LONGEST_SUBJECT]


def _signature(user):
    """What the recipient is told of the writer."""
    profile = Profile.objects.select_related("organization").filter(user=user).first()
    parts = [user.get_full_name() or _("Member")]
    if profile is not None:
        parts += [profile.job_title, profile.organization_label]
    return ", ".join(filter(None, parts))


# What the reader of a mail decides, without logging in: the signed address is the authority.


@signed_page(MESSAGE, message_of, dead="directory/contact_message_dead.html")
def contact_message(request, message):
    """GET shows, POST acts: refuse the sender, receive nothing at all, report, answer."""
    done, status, answer_form, report_form = "", 200, None, None
    if request.method == "POST":
        action = request.POST.get("action", "")
        if action == "answer" and _may_answer_here(message):
            answer_form = AnswerForm(request.POST)
            done, status = _answer(message, answer_form)
        elif action == "report":
            report_form = ReportForm(request.POST)
            done = _report(message, report_form)
        else:
            done = _decide(message, action)
        if not done and status == 200:
            status = 400
    blocks = ContactBlock.objects.filter(sender=message.sender)
    if message.recipient_id:
        blocks = blocks.filter(recipient=message.recipient)
        profile = Profile.objects.filter(user=message.recipient).first()
    else:
        blocks = blocks.filter(organization=message.organization)
        profile = None
    return render(
        request,
        "directory/contact_message.html",
        {
            "message": message,
            "done": done,
            "name": _name_of_sender(message),
            "is_refused": message.sender_id and blocks.exists(),
            "is_open": profile is None or profile.accepts_contact,
            "is_persons": message.recipient_id is not None,
            "is_reported": ContactMessage.objects.filter(
                pk=message.pk, reported_at__isnull=False
            ).exists(),
            "may_answer": _may_answer_here(message),
            "answer_form": None
            if done
            else answer_form or AnswerForm(initial={"form_token": uuid.uuid4()}),
            "report_form": report_form or ReportForm(),
        },
        status=status,
    )


def _name_of_sender(message):
    if message.sender_id:
        return message.sender.get_full_name() or _("Member")
    return message.organization.label


def _may_answer_here(message):
    """Whether it was sent to a mailbox, whose reader has no account to answer with."""
    return (
        message.recipient_id is None
        and message.erased_at is None
        and message.sender_id is not None
    )


def _answer(message, form):
    """(what was done in words, the status of the page when it was not)."""
    if not form.is_valid():
        return "", 400
    try:
        services.answer_for_organization(
            message=message,
            body=form.cleaned_data["body"],
            form_token=form.cleaned_data["form_token"],
        )
    except services.NotReceived:
        form.add_error(None, _("This person is no longer in the network."))
        return "", 409
    except services.TooMany as error:
        form.add_error(
            None,
            ngettext(
                "This message has been answered %(n)s time, which is the most.",
                "This message has been answered %(n)s times, which is the most.",
                error.limit,
            )
            % {"n": error.limit},
        )
        return "", 429
    return _("Your answer is sent."), 200


def _report(message, form):
    if not form.is_valid():
        return ""
    services.report_message(message=message, comment=form.cleaned_data["comment"])
    return _("The facilitators are told of this message.")


def _decide(message, action):
    """Act on one of the buttons; return what was done, in words, "" for nothing."""
    name = _name_of_sender(message)
    if action == "refuse" and message.sender_id:
        services.refuse_sender(message=message)
        return _("You will receive nothing more from %(name)s.") % {"name": name}
    if action == "accept" and message.sender_id:
        services.accept_sender(message=message)
        return _("%(name)s may write to you again.") % {"name": name}
    if action in {"close", "open"} and message.recipient_id:
        is_open = action == "open"
        services.set_contact(user=message.recipient, is_open=is_open)
        if is_open:
            return _("Members may write to you through the site again.")
        return _("Nobody can write to you through the site any more.")
    return ""
