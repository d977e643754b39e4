"""What an effect of a discussion tells, and to whom: decisions of moderation to those they
concern, with the reason and the way to contest; contributions to those who follow."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from forums.enums import ReportReason
from forums.models import Mention, ModerationAction, Post, Report
from forums.permissions import can_moderate
from forums.services import draw_all_again, draw_mentions_again
from network_site.core.addresses import absolute
from network_site.core.outbox import handles
from network_site.mailing.mail import send_templated
from network_site.members import roles, visitor_mails
from network_site.notifications.announce import announce


def _action(action_id):
    return (
        ModerationAction.objects.filter(pk=action_id)
        .select_related("post__author", "thread__author", "thread__forum")
        .first()
    )


def _context(thread, *, action, why, needs_login=False, **more):
    """What the templates read; `action` is (path, words) of the mail's one button.

    Where the page asks for an account, the button goes through the log-in, which passes on at
    once whoever is logged in: a page that somebody may not read is a bare 404.
    """
    path, label = action
    if needs_login or not thread.forum.is_public:
        path = f"{reverse('account_login')}?{urlencode({'next': path}, safe='/')}"
    return {
        "thread": thread,
        "forum": thread.forum,
        "action_url": absolute(path),
        "action_label": label,
        "reason": why,
        **more,
    }


_WHY_AUTHOR = _("You receive this mail because you wrote in the discussions.")
_WHY_FACILITATOR = _("You receive this mail because you facilitate this space.")
_WHY_REPORTER = _("You receive this mail because you reported a message.")


@handles("forum.post_hidden")
def tell_author_of_hidden_post(action_id):
    """The rule, the reason, and how to contest."""
    action = _action(action_id)
    # Shown again before the mail left: nothing to say any more.
    if action is None or action.post is None or not action.post.is_hidden:
        return
    author = action.post.author
    if author is None or author == action.actor:
        return
    send_templated(
        template="forums/post_hidden",
        to=author,
        context=lambda: _context(
            action.thread,
            action=(
                reverse("forums:contest", args=[action.post.pk]),
                _("Contest the decision"),
            ),
            why=_WHY_AUTHOR,
            needs_login=True,
            post=action.post,
            decision=action.reason,
        ),
        once=f"forums.post_hidden:{action.pk}",
    )


@handles("forum.post_restored")
def tell_author_of_restored_post(action_id):
    action = _action(action_id)
    if action is None or action.post is None or action.post.is_hidden:
        return
    author = action.post.author
    if author is None or author == action.actor:
        return
    send_templated(
        template="forums/post_restored",
        to=author,
        context=lambda: _context(
            action.thread,
            action=(action.post.get_absolute_url(), _("Read the message")),
            why=_WHY_AUTHOR,
            post=action.post,
            decision=action.reason,
        ),
        once=f"forums.post_restored:{action.pk}",
    )


@handles("forum.thread_locked")
def tell_author_of_closed_thread(action_id):
    action = _action(action_id)
    if action is None or not action.thread.is_locked:
        return
    author = action.thread.author
    if author is None or author == action.actor:
        return
    send_templated(
        template="forums/thread_locked",
        to=author,
        context=lambda: _context(
            action.thread,
            action=(action.thread.get_absolute_url(), _("Read the thread")),
            why=_WHY_AUTHOR,
            decision=action.reason,
        ),
        once=f"forums.thread_locked:{action.pk}",
    )


def _report(report_id):
    return (
        Report.objects.filter(pk=report_id)
        .select_related("post__author", "post__thread__forum", "reporter")
        .first()
    )


def facilitators_of(forum):
    """Who is told of what happens in a space: its own facilitators, else the network's.

    Only those who read it: a private space is not told about to others.
    """
    users = get_user_model().objects.filter(is_active=True)
    own = [user for user in forum.facilitators.all() if user.is_active]
    everyone = users.filter(groups__role__code=roles.FACILITATORS)
    for candidates in (own, everyone):
        chosen = [user for user in candidates if can_moderate(user, forum)]
        if chosen:
            return chosen
    return list(users.filter(is_superuser=True))


@handles("forum.post_reported")
def tell_facilitators_of_report(report_id):
    report = _report(report_id)
    if report is None or report.handled_at is not None:
        return
    thread = report.post.thread
    for facilitator in facilitators_of(thread.forum):
        if facilitator == report.reporter or not visitor_mails.may_alert(
            facilitator, "report"
        ):
            continue
        send_templated(
            template="forums/report_received",
            to=facilitator,
            context=lambda: _context(
                thread,
                action=(reverse("forums:reports"), _("See the reported messages")),
                why=_WHY_FACILITATOR,
                needs_login=True,
                report=report,
            ),
            once=f"forums.report_received:{report.pk}",
        )


@handles("forum.post_reported")
def acknowledge_report(report_id):
    report = _report(report_id)
    if report is None or not report.reporter_email:
        return
    with visitor_mails.notice(report.reporter_email, "report") as allowed:
        if not allowed:
            return
        send_templated(
            template="forums/report_acknowledged",
            to=report.reporter_email,
            context=lambda: _context(
                report.post.thread,
                action=(report.post.get_absolute_url(), _("Read the message")),
                why=_WHY_REPORTER,
                report=report,
            ),
            once=f"forums.report_acknowledged:{report.pk}",
        )


@handles("forum.report_handled")
def tell_reporter_of_decision(report_id, action_id):
    """Whoever reported, or contested, learns what was decided and why."""
    report, action = _report(report_id), _action(action_id)
    if report is None or action is None:
        return
    to = report.reporter or report.reporter_email
    if not to or to == action.actor:
        return
    if isinstance(to, str) and not visitor_mails.may_answer(to):
        return
    send_templated(
        template="forums/report_handled",
        to=to,
        context=lambda: _context(
            report.post.thread,
            action=(reverse("forums:index"), _("Go to the discussions"))
            if report.post.is_hidden and report.reason != ReportReason.CONTEST
            else (report.post.get_absolute_url(), _("Read the message")),
            why=_WHY_AUTHOR if report.reason == ReportReason.CONTEST else _WHY_REPORTER,
            needs_login=report.reason == ReportReason.CONTEST,
            report=report,
            decision=action.reason,
            is_hidden=report.post.is_hidden,
        ),
        once=f"forums.report_handled:{report.pk}",
    )


# What reaches those who follow


def _tell_post(name, post, *, object_id=None, actor_id, occurred_at):
    with translation.override(settings.LANGUAGE_CODE):
        path = post.thread.get_absolute_url()
    announce(
        name,
        object_id or post.pk,
        actor_id=actor_id,
        occurred_at=occurred_at,
        path=path,
    )


def _shown_post(post_id):
    return (
        Post.objects.filter(pk=post_id, is_hidden=False, thread__is_hidden=False)
        .select_related("thread", "author")
        .first()
    )


@handles("forum.post_added")
def tell_of_post(post_id):
    """A message is told to those who follow."""
    post = _shown_post(post_id)
    if post is None:
        return
    _tell_post(
        "forums.post", post, actor_id=post.author_id, occurred_at=post.created_at
    )


@handles("forum.post_restored")
def tell_of_restored_post(action_id):
    """Hidden before it was told, shown again: told now, once at any rate."""
    action = _action(action_id)
    if action is not None and action.post is not None:
        tell_of_post(action.post.pk)


@handles("forum.answer_accepted")
def tell_of_accepted_answer(post_id):
    post = _shown_post(post_id)
    if post is None or post.thread.accepted_post_id != post.pk:
        return
    _tell_post(
        "forums.answer_accepted",
        post,
        actor_id=post.thread.accepted_by_id,
        occurred_at=post.thread.accepted_at,
    )


@handles("forum.mention_added")
def tell_of_mention(mention_id):
    """Somebody is named by a correction of a message that was told already."""
    mention = Mention.objects.filter(pk=mention_id, is_withdrawn=False).first()
    post = _shown_post(mention.post_id) if mention is not None else None
    if post is None:
        return
    _tell_post(
        "forums.mention",
        post,
        object_id=mention.pk,
        actor_id=post.author_id,
        occurred_at=mention.created_at,
    )


@handles("markdown.changed")
def draw_posts_again():
    """The rules of Markdown have changed with a new version of the site."""
    draw_all_again()


@handles("members.sheet_visibility_changed")
def draw_names_again(user_id):
    draw_mentions_again(user_id=user_id)
