import uuid
from functools import partial

from django.db.models import Q
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.citations import cited_pages
from forums.enums import ModerationKind
from forums.forms import AnswerForm
from forums.models import Forum, Mention, ModerationAction, Thread
from forums.permissions import (
    can_accept,
    can_answer,
    can_moderate,
    can_post_in,
)
from forums.services import mark_read
from forums.services.mentions import people_of
from forums.thread_listing import forums_of, threads_asked
from forums.views.access import readable_forum, readable_post, readable_thread
from network_site.catalogue.listing import shown
from network_site.core import drafts
from network_site.core.pagination import paginate
from network_site.members import roles
from network_site.notifications import items
from network_site.pages.reader_cache import (
    READERS,
    VISITORS,
    shared_by_readers,
    with_own_parts,
)
from network_site.pages.visibility import can_view_page

THREADS_PER_PAGE = 20
POSTS_PER_PAGE = 30


@shared_by_readers
@require_safe
def index(request):
    """The spaces the reader may see, and the threads of all of them."""
    return _thread_list(request, "forums/index.html")


@shared_by_readers
@require_safe
def forum(request, slug):
    """One space and its threads."""
    found = readable_forum(request.user, slug)
    return _thread_list(request, "forums/forum.html", found)


def _thread_list(request, template, forum=None):
    user = request.user
    filters = threads_asked(request.GET, user, forum)
    page = paginate(filters.object_ids, request, per_page=THREADS_PER_PAGE)
    page.object_list = shown(
        Thread.objects.select_related("forum"), page.object_list, user
    )
    if forum:
        forum.reader_count = _reader_count(forum)
    for thread in page.object_list:
        thread.has_hole = True
    response = render(
        request,
        template,
        {
            "forum": forum,
            "forums": [] if forum else forums_of(filters.catalogue),
            "filters": filters,
            "canonical_pairs": filters.pairs,
            "page_obj": page,
            "total": filters.total,
            "is_member": roles.is_member(user),
            "may_write": can_post_in(user, forum) if forum else roles.is_member(user),
        },
    )
    listed = [thread.pk for thread in page.object_list]
    return with_own_parts(
        response,
        partial(_own_parts_of_list, listed=listed, with_moderation=forum is None),
    )


def _own_parts_of_list(request, *, listed, with_moderation):
    """Of the threads `listed`, those with something new for the reader; and what they moderate."""
    user = request.user
    if not user.is_authenticated:
        return {}
    unread = Thread.objects.filter(pk__in=listed).unread_by(user)
    mark = format_html('<b class="unread">{}</b>', _("New messages"))
    parts = {}
    for thread in unread.with_first_unread(user).only("pk"):
        parts[f"unread-{thread.pk}"] = mark
        if thread.first_unread:
            # Where they stopped reading.
            parts[f"thread-{thread.pk}"] = reverse(
                "forums:post", args=[thread.first_unread]
            )
    if with_moderation and Forum.objects.moderated_by(user).exists():
        parts["moderation"] = format_html(
            '<a href="{}">{}</a>', reverse("forums:reports"), _("Reported messages")
        )
    return parts


def _reader_count(forum):
    return forum.group.user_set.count() if forum.group_id else None


@require_safe
def thread(request, pk, slug):
    """A thread: its question, the accepted answer, then the others by date."""
    user = request.user
    thread = readable_thread(user, pk)
    if slug != thread.slug:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponsePermanentRedirect(thread.get_absolute_url() + query)
    moderates = can_moderate(user, thread.forum)
    page = paginate(_answers(thread, user, moderates), request, per_page=POSTS_PER_PAGE)
    posts = list(page.object_list)
    head = []
    if page.number == 1:
        head = list(
            _readable(thread, user, moderates).filter(
                Q(is_first=True) | Q(pk=thread.accepted_post_id)
            )
        )
    first = next((post for post in head if post.is_first), None)
    accepted = next((post for post in head if not post.is_first), None)
    about = thread.about.specific if thread.about else None
    if about is not None and not can_view_page(user, about):
        about = None
    drawn = [*head, *posts]
    _tell_reading(request, drawn)
    response = render(
        request,
        "forums/thread.html",
        {
            "thread": thread,
            "forum": _with_reader_count(thread.forum),
            "first": first,
            "accepted": accepted,
            "posts": posts,
            "page_obj": page,
            "about": about,
            "cited": cited_pages(drawn, request, but=about),
            "themes": list(thread.themes.order_by("path")),
            "similar": _similar(thread, user),
            "may_answer": can_answer(user, thread),
            "is_member": roles.is_member(user),
            "lock": _last_action(thread, ModerationKind.LOCK)
            if thread.is_locked
            else None,
        },
    )
    # A hidden message is read by its author and the moderators only: two persons with the
    # same rights do not see the same page, but two visitors do.
    has_hidden = thread.is_hidden or thread.posts.filter(is_hidden=True).exists()
    response.shared_by = VISITORS if has_hidden else READERS
    return with_own_parts(
        response, partial(_own_parts_of_thread, thread=thread, shown=drawn)
    )


def _own_parts_of_thread(request, *, thread, shown):
    """What the reader may do with each message `shown`, and their form; they have read it."""
    user = request.user
    if not user.is_authenticated:
        return {}
    _tell_reading(request, shown)
    is_member, may_answer = roles.is_member(user), can_answer(user, thread)
    moderates = can_moderate(user, thread.forum)
    may_accept = can_accept(user, thread, moderates=moderates)
    if is_member:
        mark_read(thread=thread, user=user, posts=shown)
    context = {
        "thread": thread,
        "is_member": is_member,
        "moderates": moderates,
        "may_accept": may_accept,
    }
    parts = {}
    for post in shown:
        is_own = post.author_id == user.pk
        if is_own or moderates or (may_accept and not post.is_first):
            parts[f"acts-{post.pk}"] = render_to_string(
                "forums/_acts.html",
                {
                    **context,
                    "post": post,
                    "is_own": is_own,
                    "may_edit": is_own and not post.is_hidden and may_answer,
                    "is_accepted": post.pk == thread.accepted_post_id,
                },
                request,
            )
    if moderates:
        parts["facilitation"] = render_to_string(
            "forums/_facilitation.html", context, request
        )
    if may_answer:
        is_asker = thread.is_question and thread.author_id == user.pk
        parts["answer"] = render_to_string(
            "forums/_answer.html",
            {
                "thread": thread,
                "is_asker": is_asker,
                # Nothing more is awaited of them.
                "is_folded": is_asker and thread.accepted_post_id is not None,
                "form": AnswerForm(
                    initial={"form_token": uuid.uuid4()},
                    people=people_of(thread, but=user),
                ),
                "draft": drafts.marks(request, f"answer-{thread.pk}"),
            },
            request,
        )
    return parts


def _tell_reading(request, shown):
    """Of what was told about a thread, the page shows these posts and no others."""
    pks = {post.pk for post in shown}

    def is_shown(name, object_id):
        if name == "forums.mention":
            return Mention.objects.filter(pk=object_id, post__in=pks).exists()
        return object_id in pks

    items.read_only(request, is_shown)


def _with_reader_count(forum):
    forum.reader_count = _reader_count(forum)
    return forum


def _readable(thread, user, moderates):
    return (
        thread.posts.shown_in_thread(user, moderates=moderates)
        .select_related("author__profile")
        .with_hiding_reason()
        .order_by("created_at", "pk")
    )


def _answers(thread, user, moderates):
    """The answers shown under the question; the accepted one stands apart."""
    answers = _readable(thread, user, moderates).filter(is_first=False)
    if thread.accepted_post_id:
        answers = answers.exclude(pk=thread.accepted_post_id)
    return answers


def _last_action(thread, kind):
    return (
        ModerationAction.objects.filter(thread=thread, kind=kind)
        .order_by("-created_at", "-pk")
        .first()
    )


def _similar(thread, user, limit=5):
    """Other threads of the same themes, or of the same space: unanswered ones first."""
    others = Thread.objects.visible_to(user).exclude(pk=thread.pk)
    related = others.filter(themes__in=thread.themes.all()).distinct()
    found = list(
        related.select_related("forum").order_by(
            "answer_count", "-last_post_at", "-pk"
        )[:limit]
    )
    return found or list(
        others.filter(forum=thread.forum)
        .select_related("forum")
        .order_by("answer_count", "-last_post_at", "-pk")[:limit]
    )


@require_safe
def post(request, pk):
    """The stable address of a post: leads to its page of the thread, and to its anchor."""
    found = readable_post(request.user, pk)
    return HttpResponseRedirect(address_of_post(found, request.user))


def address_of_post(post, user):
    """Where `user` reads `post`: the page of its thread it stands on, and its anchor."""
    thread = post.thread
    address = thread.get_absolute_url()
    if not post.is_first and thread.accepted_post_id != post.pk:
        moderates = can_moderate(user, thread.forum)
        ids = list(_answers(thread, user, moderates).values_list("pk", flat=True))
        if post.pk not in ids:
            raise Http404
        number = ids.index(post.pk) // POSTS_PER_PAGE + 1
        if number > 1:
            address = f"{address}?page={number}"
    return f"{address}#{post.anchor}"
