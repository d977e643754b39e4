"""What the discussions tell: a message is posted, an answer accepted, somebody named."""

from dataclasses import replace
from urllib.parse import urlencode

from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.catalogue_source import ROOT
from forums.models import Forum, Mention, Post, Thread
from forums.permissions import tokens_of_forum
from network_site.core.addresses import absolute, site_host
from network_site.core.markdown import markdown_words
from network_site.core.numbers import whole_numbers
from network_site.core.templatetags.word_tags import words_only
from network_site.mailing.links import in_mail
from network_site.mailing.mail_body import mail_html
from network_site.notifications.targets import targets_of_themes
from network_site.pages.visibility import MEMBER, PUBLIC
from network_site.registries.enums import (
    Category,
    Level,
    Reason,
)
from network_site.registries.notifications import (
    Followable,
    InCatalogue,
    ItemNotification,
    Line,
    Notification,
    Target,
    followable,
    notification,
)

EXTRACT = 140


@followable
class FollowedThread(Followable):
    kind = "thread"
    precision = 50
    plural = gettext_lazy("Threads")
    verb = gettext_lazy("Follow this thread")
    following = gettext_lazy("You follow this thread")
    default_level = Level.ALL

    def load(self, pks, user):
        found = Thread.objects.visible_to(user).filter(pk__in=whole_numbers(pks))
        return {str(thread.pk): thread for thread in found.select_related("forum")}

    def mail_label(self, thread):
        if thread.forum.mails_without_content:
            return thread.forum.label
        return self.label(thread)


@followable
class FollowedForum(Followable):
    kind = "forum"
    precision = 40
    plural = gettext_lazy("Discussion spaces")
    verb = gettext_lazy("Follow this space")
    following = gettext_lazy("You follow this space")

    def load(self, pks, user):
        found = Forum.objects.visible_to(user).filter(pk__in=whole_numbers(pks))
        return {str(forum.pk): forum for forum in found}

    def label(self, forum):
        return forum.label


def message_id(kind, pk):
    """The identifier of a mail about a post: its answers name it, so that mails form threads
    (RFC 5322, 3.6.4)."""
    return f"<{kind}-{pk}@{site_host()}>"


def _shown_before():
    """The post shown just before a post, in its thread."""
    return (
        Post.objects.filter(thread=OuterRef("thread"), is_hidden=False)
        .filter(
            Q(created_at__lt=OuterRef("created_at"))
            | Q(created_at=OuterRef("created_at"), pk__lt=OuterRef("pk"))
        )
        .order_by("-created_at", "-pk")
    )


def shown_posts():
    """Posts that may be told of, with all that the lines, the targets and the mails read."""
    opening = Post.objects.filter(thread=OuterRef("thread"), is_first=True)
    return (
        Post.objects.filter(is_hidden=False, thread__is_hidden=False)
        .select_related("thread__forum")
        .prefetch_related(
            "thread__themes",
            Prefetch(
                "mentions",
                Mention.objects.filter(is_later=False, is_withdrawn=False),
                to_attr="first_mentions",
            ),
        )
        .annotate(
            opening_id=Subquery(opening.values("pk")[:1]),
            previous_id=Subquery(_shown_before().values("pk")[:1]),
        )
    )


# Whether the thread is hidden too, its entry says.
_SHOWN = Post.objects.filter(is_hidden=False)


def _in_catalogue(objects, thread="thread_id"):
    """The entry of the thread: what is told carries names, which members alone read."""
    return InCatalogue(ROOT, objects, (thread,), for_members=True)


class _PostItem(ItemNotification):
    """Something about a post; `post_of` leads from the object to it."""

    category = Category.FORUMS
    template = "forums/post"

    def post_of(self, obj):
        return obj

    def in_catalogue(self):
        return _in_catalogue(_SHOWN)

    def load(self, ids):
        posts = {post.pk: post for post in shown_posts().filter(pk__in=ids)}
        prepare(posts.values())
        return posts

    def tokens(self, obj):
        # What is told carries whole names, which visitors of a public space do not read.
        tokens = tokens_of_forum(self.post_of(obj).thread.forum)
        return tokens - {PUBLIC} | {MEMBER} if PUBLIC in tokens else tokens

    def targets(self, obj):
        return [Target("thread", str(self.post_of(obj).thread_id))]

    def what(self, post):
        raise NotImplementedError

    def line(self, obj):
        post = self.post_of(obj)
        themes = post.thread.themes.all()
        return Line(
            mark="discussion",
            what=self.what(post),
            title=post.thread.title,
            # From there to the right page of the thread, and to the message in it.
            path=post.get_absolute_url(),
            context=_said(post),
            theme=themes[0].label if themes else "",
            occurred_at=post.created_at,
        )

    def mail_line(self, obj):
        post = self.post_of(obj)
        line = replace(self.line(obj), path=path_in_mails(post))
        if not post.thread.forum.mails_without_content:
            return line
        return replace(
            line,
            what=_("New message"),
            title=_("There is something new in the space “%(name)s”")
            % {"name": post.thread.forum.label},
            context=_("To be read on the site: this space sends no content by e-mail."),
            theme="",
        )

    def mail_context(self, obj):
        post = self.post_of(obj)
        forum = post.thread.forum
        common = {
            "is_silent": forum.mails_without_content,
            "forum_name": forum.label,
            "action_url": absolute(path_in_mails(post)),
            "action_label": _("Read and answer on the site"),
        }
        if forum.mails_without_content:
            return common
        return common | {
            "thread_title": post.thread.title,
            "is_first": post.is_first,
            "author_name": post.author_name or _("A former member"),
            "author_title": post.author_title,
            "posted_at": post.created_at,
            "post_html": mark_safe(mail_html(post.body_html)),  # noqa: S308 - core.markdown
            "post_text": markdown_words(post.body, absolute=in_mail),
            **self.words_of_mail(post),
        }

    def words_of_mail(self, post):
        """What stands above the text, where the mail says more than "here is a message"."""
        return {}

    def mail_headers(self, obj):
        post = self.post_of(obj)
        former = dict.fromkeys(
            pk for pk in (post.opening_id, post.previous_id) if pk and pk != post.pk
        )
        headers = {"Message-ID": message_id("post", post.pk)}
        if former and not post.is_first:
            ids = [message_id("post", pk) for pk in former]
            headers |= {"In-Reply-To": ids[-1], "References": " ".join(ids)}
        return headers


def prepare(posts):
    """Give each post the targets of its themes, in one query."""
    broader = targets_of_themes(
        {theme for post in posts for theme in post.thread.themes.all()}
    )
    for post in posts:
        post.theme_targets = [
            target for theme in post.thread.themes.all() for target in broader[theme.pk]
        ]


def _said(post):
    """Who says what: « Samira Benali, cheffe de projet: “The first words…” »."""
    author = ", ".join(
        filter(None, [post.author_name or _("A former member"), post.author_title])
    )
    words = " ".join(words_only(post.body_html).split())
    if len(words) > EXTRACT:
        words = words[:EXTRACT].rsplit(" ", 1)[0] + "…"
    return _("%(author)s: %(words)s") % {"author": author, "words": words}


def path_in_mails(post):
    """Where a mail leads: through the log-in, which lets pass whoever has logged in.

    A private space is a bare 404 for everyone else, its own readers included.
    """
    path = post.get_absolute_url()
    if post.thread.forum.is_public:
        return path
    return f"{reverse('account_login')}?{urlencode({'next': path}, safe='/')}"


@notification
class NewPost(_PostItem):
    name = "forums.post"
    label = gettext_lazy("A question, a discussion or an answer is posted")
    audience = gettext_lazy(
        "Those who follow the thread, its space, its theme or the page it is about; its"
        " author; people named in it"
    )

    def targets(self, post):
        thread = post.thread
        found = [
            Target("thread", str(thread.pk)),
            Target("forum", str(thread.forum_id)),
            *post.theme_targets,
            Target("space", "forums"),
        ]
        if thread.about_id:
            found.append(Target("page", str(thread.about_id)))
        return dict.fromkeys(found)

    def addressed_to(self, post):
        people = {}
        if post.thread.author_id:
            people[post.thread.author_id] = Reason.OWN
        return people | {one.user_id: Reason.MENTION for one in post.first_mentions}

    def new_in_search(self, post):
        # An answer adds to a thread that could be found already.
        return post.thread if post.is_first else None

    def what(self, post):
        if post.is_first:
            return _("New question") if post.thread.is_question else _("New discussion")
        return _("New answer") if post.thread.is_question else _("New message")


@notification
class AnswerAccepted(_PostItem):
    name = "forums.answer_accepted"
    label = gettext_lazy("An answer is accepted")
    audience = gettext_lazy("The author of the answer, and those who follow the thread")

    def in_catalogue(self):
        return _in_catalogue(_SHOWN.filter(thread__accepted_post=F("pk")))

    def load(self, ids):
        # Withdrawn since: nobody is told of it.
        posts = shown_posts().filter(pk__in=ids, thread__accepted_post=F("pk"))
        return {post.pk: post for post in posts}

    def addressed_to(self, post):
        return {post.author_id: Reason.OWN} if post.author_id else {}

    def what(self, post):
        return _("Accepted answer")

    def line(self, post):
        return replace(super().line(post), occurred_at=post.thread.accepted_at)

    def words_of_mail(self, post):
        return {"is_accepted": True}

    def mail_headers(self, post):
        return _answer_to(post, message_id("accepted", post.pk))


@notification
class Mentioned(_PostItem):
    """Named by a correction of a post; the object is the Mention."""

    name = "forums.mention"
    label = gettext_lazy("You are named in a message that was corrected")
    audience = gettext_lazy("The person named")

    def post_of(self, mention):
        return mention.post

    def in_catalogue(self):
        shown = Mention.objects.filter(is_withdrawn=False, post__is_hidden=False)
        return _in_catalogue(shown, "post__thread_id")

    def load(self, ids):
        mentions = list(Mention.objects.filter(pk__in=ids, is_withdrawn=False))
        posts = {
            post.pk: post
            for post in shown_posts().filter(pk__in={one.post_id for one in mentions})
        }
        found = {}
        for mention in mentions:
            if mention.post_id in posts:
                mention.post = posts[mention.post_id]
                found[mention.pk] = mention
        return found

    def addressed_to(self, mention):
        return {mention.user_id: Reason.MENTION}

    def what(self, post):
        return _("You are named")

    def words_of_mail(self, post):
        return {"is_named": True}

    def mail_headers(self, mention):
        return _answer_to(mention.post, message_id("mention", mention.pk))


def _answer_to(post, own_id):
    """Headers of a mail that stands under the mail of the post itself."""
    about = message_id("post", post.pk)
    return {"Message-ID": own_id, "In-Reply-To": about, "References": about}


@notification
class PostHidden(Notification):
    name = "forums.post_hidden"
    category = Category.FORUMS
    label = gettext_lazy("A message of yours is hidden, and why")
    audience = gettext_lazy("The author of the message")


@notification
class PostRestored(Notification):
    name = "forums.post_restored"
    category = Category.FORUMS
    label = gettext_lazy("A message of yours is shown again")
    audience = gettext_lazy("The author of the message")


@notification
class ThreadLocked(Notification):
    name = "forums.thread_locked"
    category = Category.FORUMS
    label = gettext_lazy("A thread of yours is closed, and why")
    audience = gettext_lazy("The author of the thread")


@notification
class ReportReceived(Notification):
    name = "forums.report_received"
    category = Category.FORUMS
    label = gettext_lazy("A message is reported, or a decision contested")
    audience = gettext_lazy("Those who facilitate the space")


@notification
class ReportAcknowledged(Notification):
    name = "forums.report_acknowledged"
    category = Category.FORUMS
    label = gettext_lazy("Your report has been received")
    audience = gettext_lazy("The person who reported, when they have no account")


@notification
class ReportHandled(Notification):
    name = "forums.report_handled"
    category = Category.FORUMS
    label = gettext_lazy("What was decided about your report")
    audience = gettext_lazy("The person who reported or contested")
