"""Opening a thread, answering, correcting.

What somebody has typed is never lost: see network_site/core/drafts.py.
"""

import uuid

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forums import limits
from forums.forms import (
    AnswerForm,
    EditForm,
    ThreadForm,
    page_about,
)
from forums.models import Forum, Post, Thread
from forums.permissions import (
    can_accept,
    can_answer,
    can_edit_post,
    can_view_thread,
    is_silent_edit,
)
from forums.services import (
    ThreadClosed,
    accept_answer,
    add_post,
    edit_post,
    open_thread,
    withdraw_acceptance,
)
from forums.services.mentions import people_of, render_post
from forums.views.access import LoginNeeded, readable_post, readable_thread
from forums.views.reading import address_of_post
from network_site.anonymity.contacts import find_contacts
from network_site.core import drafts
from network_site.core.limits import allow
from network_site.members import roles


def _owner(request):
    """The active member a posted form was made for, or None."""
    owner = drafts.owner_of(request)
    return owner if owner is not None and roles.is_member(owner) else None


# Pieces of the pages


def _closed_door(request, **context):
    """Say to a visitor or a pending member what to do to write."""
    context.setdefault("next", request.get_full_path())
    return render(request, "forums/not_member.html", context, status=403)


def _refuse_to_write(request, **context):
    """A visitor goes to the log-in, told why; a person waiting for admission is told so."""
    if request.user.is_authenticated or request.method == "POST":
        return _closed_door(request, **context)
    messages.info(
        request,
        _("Members of the network write here: log in, or ask to join the network."),
    )
    raise LoginNeeded


def _writing_page(request, template, name, form, status=200, **context):
    """The form `name`, with the preview of a text that was asked to be read again."""
    body = (
        form.cleaned_data.get("body", "") if form.is_bound and form.is_valid() else ""
    )
    if request.POST.get("action") != "preview":
        body = ""
    preview, named = "", []
    if body and not _allow(request, "preview", limits.PREVIEWS_PER_WINDOW):
        form.add_error(
            None,
            _(
                "You have read your text again many times within ten minutes. It is still"
                " here: wait a few minutes, or send it."
            ),
        )
        body, status = "", 429
    if body:
        preview, named = render_post(
            body,
            forum=context.get("forum") or form.cleaned_data["forum"],
            author=request.user,
            thread=context.get("thread"),
        )
    return render(
        request,
        template,
        {
            "form": form,
            "draft": drafts.marks(request, name, is_typed=form.is_bound),
            "preview": preview,
            "named": named,
            "contacts": find_contacts(body),
            **context,
        },
        status=status,
    )


def _refuse_too_many(form):
    form.add_error(
        None,
        _(
            "You have sent ten messages within ten minutes. Your text is still here:"
            " wait a few minutes, then send it again."
        ),
    )


def _may_send(request):
    return _allow(request, "post", limits.POSTS_PER_WINDOW)


def _allow(request, action, limit):
    return allow(f"forums:{action}", request.user.pk, limit=limit, window=limits.WINDOW)


def _kept_message(request):
    messages.info(
        request,
        _("Here is the text you had written. Read it again, then send it."),
    )


@drafts.keeps_text
def new_thread(request):
    """Open a thread: a space, a title, a message; read again before it is sent."""
    user = request.user
    if not user.is_authenticated and request.method == "POST":
        owner = _owner(request)
        if owner is None:
            return _closed_door(request)
        return drafts.keep(request, owner)
    if not roles.is_member(user):
        return _refuse_to_write(request)
    if request.method != "POST":
        return _show_new_thread(request)
    form = ThreadForm(request.POST, user=user)
    if not form.is_valid() or request.POST.get("action") != "send":
        return _thread_page(request, form)
    if request.has_stale_token:
        form.add_error(None, drafts.STALE_WORDS)
        return _thread_page(request, form)
    if not _may_send(request):
        _refuse_too_many(form)
        return _thread_page(request, form, status=429)
    data = form.cleaned_data
    thread = open_thread(
        forum=data["forum"],
        author=user,
        title=data["title"],
        body=data["body"],
        kind=data["kind"],
        themes=form.themes,
        about=data["about"],
        form_token=data["form_token"],
    )
    drafts.forget(request)
    messages.success(request, _("Your message is published."))
    return HttpResponseRedirect(thread.get_absolute_url())


def _show_new_thread(request):
    kept = drafts.kept(request)
    if kept is not None:
        form = ThreadForm(initial=kept, user=request.user)
        _kept_message(request)
    else:
        form = ThreadForm(
            initial={
                "form_token": uuid.uuid4(),
                "forum": request.GET.get("espace", ""),
                "theme": request.GET.get("theme", ""),
                "about": request.GET.get("about", ""),
                # A question that the search could not answer.
                "title": _title_given(request.GET.get("titre", "")),
            },
            user=request.user,
        )
    return _thread_page(request, form)


def _title_given(text):
    field = ThreadForm.base_fields["title"]
    return field.to_python(text)[: field.max_length]


def _thread_page(request, form, status=200):
    if form.is_bound:
        about = page_about(form.data.get("about"), request.user)
    else:
        about = page_about(form.initial.get("about"), request.user)
    similar = []
    if form.is_bound and form.is_valid():
        similar = similar_threads(request.user, form.cleaned_data["title"])
    return _writing_page(
        request,
        "forums/thread_form.html",
        "thread",
        form,
        status=status,
        about=about.specific if about else None,
        similar=similar,
        forums=Forum.objects.visible_to(request.user).open_to_writing(),
    )


# They tell nothing of what is asked.
_SAID_IN_ANY_QUESTION = frozenset(
    [
        "comment",
        "pourquoi",
        "quand",
        "quel",
        "quelle",
        "quels",
        "quelles",
        "combien",
        "lequel",
        "laquelle",
        "est-ce",
        "avez-vous",
        "avez",
        "vous",
        "votre",
        "vos",
        "nous",
        "notre",
        "dans",
        "avec",
        "sans",
        "pour",
        "chez",
        "entre",
        "depuis",
        "avant",
        "après",
        "pendant",
        "faire",
        "fait",
        "faut",
        "peut",
        "peut-on",
        "peuvent",
        "doit",
        "doit-on",
        "être",
        "avoir",
        "quelqu’un",
        "cette",
        "leur",
        "leurs",
        "plus",
        "tout",
        "tous",
        "toute",
        "toutes",
        "aussi",
        "comme",
        "mais",
        "donc",
        "sont",
        "ceux",
        "celui",
        "celle",
        "question",
        "bonjour",
        "merci",
        "besoin",
        "aide",
        "quelque",
        "quelques",
    ]
)


def similar_threads(user, title, limit=5):
    """Threads that `user` reads whose title shares the most words with `title`."""
    words = {
        word.strip(".,;:!?«»()'\"’").lower()
        for word in title.replace("’", " ").replace("'", " ").split()
    }
    words -= _SAID_IN_ANY_QUESTION
    words = sorted((word for word in words if len(word) > 3), key=len, reverse=True)[:8]
    if not words:
        return []
    any_word = Q()
    for word in words:
        any_word |= Q(title__icontains=word)
    candidates = (
        Thread.objects.visible_to(user)
        .filter(any_word)
        .select_related("forum")
        .order_by("-last_post_at", "-pk")[:50]
    )

    def common(thread):
        lowered = thread.title.lower()
        return sum(word in lowered for word in words)

    return sorted(candidates, key=common, reverse=True)[:limit]


@drafts.keeps_text
def answer(request, pk):
    """Answer in a thread."""
    user = request.user
    if not user.is_authenticated and request.method == "POST":
        owner = _owner(request)
        thread = get_object_or_404(Thread.objects.select_related("forum"), pk=pk)
        if owner is not None and can_view_thread(owner, thread):
            return drafts.keep(request, owner)
    thread = readable_thread(user, pk)
    if not roles.is_member(user):
        return _refuse_to_write(request, thread=thread)
    people = people_of(thread, but=user)
    if request.method == "POST":
        form = AnswerForm(request.POST, people=people)
        form.is_valid()
    else:
        kept = drafts.kept(request)
        form = AnswerForm(initial=kept or {"form_token": uuid.uuid4()}, people=people)
        if kept is not None:
            _kept_message(request)
    if request.method != "POST" or not form.is_valid():
        return _answer_page(request, form, thread)
    if request.POST.get("action") != "send":
        return _answer_page(request, form, thread)
    if request.has_stale_token:
        form.add_error(None, drafts.STALE_WORDS)
        return _answer_page(request, form, thread)
    token = form.cleaned_data["form_token"]
    known = Post.objects.filter(form_token=token, author=user).first()
    if known is None and not can_answer(user, thread):
        return _answer_page(request, form, thread, status=409)
    if known is None and not _may_send(request):
        _refuse_too_many(form)
        return _answer_page(request, form, thread, status=429)
    try:
        post = add_post(
            thread=thread,
            author=user,
            body=form.cleaned_data["body"],
            form_token=token,
        )
    except ThreadClosed:
        thread.refresh_from_db()
        return _answer_page(request, form, thread, status=409)
    drafts.forget(request)
    messages.success(request, _("Your answer is published."))
    return HttpResponseRedirect(address_of_post(post, user))


def _answer_page(request, form, thread, status=200):
    return _writing_page(
        request,
        "forums/answer_form.html",
        f"answer-{thread.pk}",
        form,
        status=status,
        thread=thread,
        forum=thread.forum,
        may_answer=can_answer(request.user, thread),
        question=thread.posts.filter(is_first=True, is_hidden=False).first(),
    )


@drafts.keeps_text
def edit(request, pk):
    """Correct one's own post."""
    user = request.user
    if not user.is_authenticated and request.method == "POST":
        owner = _owner(request)
        post = get_object_or_404(Post.objects.select_related("thread__forum"), pk=pk)
        if owner is not None and can_edit_post(owner, post):
            return drafts.keep(request, owner)
    post = readable_post(user, pk)
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    may_edit = can_edit_post(user, post)
    if post.author_id != user.pk or not (may_edit or request.method == "POST"):
        raise Http404
    people = people_of(post.thread, but=user)
    if request.method == "POST":
        form = EditForm(request.POST, people=people)
        is_ready = form.is_valid() and request.POST.get("action") == "send"
        if not may_edit:
            # Closed or hidden while the form was open: what was typed is given back.
            form.add_error(
                None,
                _(
                    "This message can no longer be corrected: it was hidden, or its thread"
                    " closed. Your text is below, so that you can copy it."
                ),
            )
        elif is_ready and request.has_stale_token:
            form.add_error(None, drafts.STALE_WORDS)
        elif is_ready:
            if edit_post(post=post, body=form.cleaned_data["body"]):
                messages.success(request, _("Your message has been corrected."))
            drafts.forget(request)
            return HttpResponseRedirect(address_of_post(post, user))
    else:
        kept = drafts.kept(request)
        form = EditForm(initial=kept or {"body": post.body}, people=people)
        if kept is not None:
            _kept_message(request)
    return _writing_page(
        request,
        "forums/edit_form.html",
        f"edit-{post.pk}",
        form,
        status=200 if may_edit else 409,
        post=post,
        thread=post.thread,
        forum=post.thread.forum,
        is_silent=is_silent_edit(post),
    )


@require_POST
def accept(request, pk):
    """Say that an answer settles the question, or take it back."""
    post = readable_post(request.user, pk)
    if not can_accept(request.user, post.thread):
        raise Http404
    if request.POST.get("withdraw"):
        if withdraw_acceptance(thread=post.thread):
            messages.success(request, _("The question is open again."))
    elif accept_answer(post=post, actor=request.user):
        messages.success(
            request, _("This answer now stands first, under the question.")
        )
    post.thread.refresh_from_db()
    return HttpResponseRedirect(address_of_post(post, request.user))
