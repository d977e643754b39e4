"""What other spaces show of the discussions, always as the reader may see them."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from forums.enums import ForumVisibility
from forums.models import Thread
from forums.permissions import sheet_opens_in
from network_site.core.text import NBSP
from network_site.members import roles
from network_site.members.enums import MembershipStatus

register = template.Library()


def _user(context):
    return context["request"].user


@register.simple_tag(takes_context=True)
def threads_for(context, theme=None, page=None, territory=None, limit=5):
    """Threads on a theme (or a narrower one), about a page, or opened by somebody who acts
    on a territory; unanswered questions first, then the last to have moved.

    `{% threads_for theme=theme limit=3 as threads %}`. Two criteria must both be met; without
    any, nothing is returned.
    """
    if theme is None and page is None and territory is None:
        return []
    threads = Thread.objects.visible_to(_user(context))
    if theme is not None:
        threads = threads.on_theme(theme)
    if page is not None:
        threads = threads.filter(about_id=page.pk)
    if territory is not None:
        places = type(territory).objects.within(territory)
        threads = threads.filter(author__profile__territory__in=places)
    return list(
        threads.select_related("forum").order_by(
            "answer_count", "-last_post_at", "-pk"
        )[:limit]
    )


@register.simple_tag(takes_context=True)
def latest_threads(context, limit=3):
    """The threads the reader may see that moved last."""
    threads = Thread.objects.visible_to(_user(context)).select_related("forum")
    return list(threads.order_by("-last_post_at", "-pk")[:limit])


@register.simple_tag(takes_context=True)
def oldest_unanswered(context):
    """The question the reader may see that has waited longest, or None."""
    return (
        Thread.objects.visible_to(_user(context))
        .unanswered()
        .select_related("forum")
        .order_by("created_at", "pk")
        .first()
    )


@register.filter
def thread_item(thread):
    """A thread as components/card_discussion.html wants it."""
    if thread.is_waiting:
        status = {"kind": "wait", "label": _("No answer yet"), "attention": True}
    elif thread.is_question and thread.accepted_post_id:
        status = {"kind": "ok", "label": pgettext("thread", "Solved")}
    elif thread.is_locked:
        status = {"kind": "locked", "label": pgettext("thread", "Closed")}
    else:
        status = {"kind": "open", "label": pgettext("thread", "Open")}
    private = ""
    if thread.forum.visibility == ForumVisibility.MEMBERS:
        private = _("Members of the network")
    elif thread.forum.visibility == ForumVisibility.GROUP:
        private = _("Members of the space")
    return {
        "type": "discussion",
        "lang": thread.lang,
        "title": thread.title,
        "url": thread.get_absolute_url(),
        "kind_label": _("Question") if thread.is_question else _("Discussion"),
        "forum": thread.forum.label,
        "answers": thread.answer_count,
        "last_at": thread.last_post_at,
        "status": status,
        "private": private,
        # Filled for each reader where a list leaves room for it (pages.reader_cache).
        "unread_hole": f"unread-{thread.pk}" if hasattr(thread, "has_hole") else "",
        "url_hole": f"thread-{thread.pk}" if hasattr(thread, "has_hole") else "",
    }


@register.filter
def readers_sentence(forum):
    """Who reads a space, as a sentence; `forum.reader_count` counts a private one's members."""
    if forum.visibility == ForumVisibility.PUBLIC:
        return _("Readable by everyone")
    if forum.visibility == ForumVisibility.MEMBERS:
        return _("Readable by the members of the network")
    count = getattr(forum, "reader_count", None)
    if count is None:
        return _("Readable by the members of the space “%(name)s”") % {
            "name": forum.label
        }
    return ngettext(
        "Readable by the only member of the space “%(name)s”",
        "Readable by the %(count)d members of the space “%(name)s”",
        count,
    ) % {"count": count, "name": forum.label}


def short_name(name):
    """« Samira Benali » as the public reads it: « Samira B. »."""
    words = (name or "").split()
    if not words:
        return _("A former member")
    if len(words) == 1:
        return words[0]
    return f"{words[0]}{NBSP}{words[-1][0].upper()}."


@register.filter
def written_by(post, is_member):
    """The author's name: whole for members, without the family name for visitors."""
    if not is_member:
        return short_name(post.author_name)
    return post.author_name or _("A former member")


@register.filter
def profile_of(post):
    """The author's sheet when every member who reads the post may open it, else None."""
    profile = getattr(post.author, "profile", None) if post.author_id else None
    if profile is None or profile.status != MembershipStatus.APPROVED:
        return None
    return profile if sheet_opens_in(post.thread.forum, profile) else None


@register.simple_tag(takes_context=True)
def reader_is_member(context):
    """Whether the reader has been admitted to the network."""
    return roles.is_member(_user(context))
