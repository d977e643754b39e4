"""What other spaces show of the discussions, always as the reader may see them."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from forums.enums import ForumVisibility
from forums.permissions import sheet_opens_in
from network_site.core.text import NBSP
from network_site.members import roles
from network_site.members.enums import MembershipStatus

register = template.Library()


@register.filter
def thread_item(thread):
    """A thread as templates/hot/cards.jinja wants it."""
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


@register.simple_tag
def thread_items(threads):
    """The `items` of templates/hot/cards.jinja for threads."""
    return [thread_item(thread) for thread in threads]


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
    return roles.is_member(context["request"].user)
