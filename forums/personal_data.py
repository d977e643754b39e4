"""Discussions: what people wrote stays with the answers it received, signed as they chose."""

import re
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.models import (
    Forum,
    Mention,
    ModerationAction,
    Post,
    PostRead,
    ReadMark,
    Report,
    Thread,
)
from forums.services.mentions import render_again
from network_site.catalogue.marks import touch_many
from network_site.privacy.words import Words
from network_site.registries.personal_data import (
    Dependent,
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)

# Of who reported a message without an account: time to answer them.
REPORTER_KEPT_FOR = timedelta(days=365)
_QUOTED = re.compile(r"(?:^[ \t]*>.*(?:\n|$))+", re.MULTILINE)


def own_words(body):
    """The Markdown of a post without what it quotes: that was written by somebody else."""
    return _QUOTED.sub("> […]\n", body).strip()


@personal_data
class Posts(PersonalData):
    name = "forums.post"
    label = _("Messages of the discussions")
    purpose = _("To ask and to answer among colleagues")
    models = ("forums.Post", "forums.Thread", "forums.Mention")
    kept = _("As long as the discussion")
    on_leaving = _(
        "They stay with the answers they received, signed as you choose below; where you are"
        " named, your name is replaced too."
    )
    order = 40
    fields = {
        "title": _("Title"),
        "discussion": _("Number of the discussion"),
        "text": _("Your words, without what you quote"),
        "signed": _("Signed"),
        "posted": _("Posted"),
        "edited": _("Edited"),
        "hidden": _("Hidden"),
    }

    def export(self, user):
        posts = Post.objects.filter(author=user).select_related("thread")
        return Section(
            [
                {
                    "title": one.thread.title if one.is_first else "",
                    "discussion": one.thread_id,
                    "text": own_words(one.body),
                    "signed": ", ".join(
                        filter(None, [one.author_name, one.author_title])
                    ),
                    "posted": one.created_at,
                    "edited": one.edited_at,
                    "hidden": one.is_hidden,
                }
                for one in posts.order_by("pk")
            ]
        )

    def erase(self, leaving):
        self._unlink(leaving)
        mine = Post.objects.filter(author_id=leaving.user_id)
        threads = set(mine.values_list("thread_id", flat=True))
        threads |= set(
            Thread.objects.filter(author_id=leaving.user_id).values_list(
                "pk", flat=True
            )
        )
        if not leaving.keeps_name:
            mine.update(author_name=leaving.signature[:200], author_title="")
        touch_many(Thread, threads)
        kept = mine.count()
        yield ReceiptLine(
            self.label,
            kept=kept,
            why_kept=_("They stay with the answers they received, under your name.")
            if leaving.keeps_name
            else _("They stay with the answers they received, without your name."),
        )

    @staticmethod
    def _unlink(leaving):
        """Take the person out of the posts that name them: no link to a sheet that is gone."""
        words = Words.of(leaving)
        mentions = Mention.objects.filter(user_id=leaving.user_id)
        posts = list(
            Post.objects.filter(mentions__in=mentions).select_related(
                "thread__forum", "author"
            )
        )
        mentions.delete()
        for post in posts:
            post.body = words.cleared(post.body)
            post.body_html = render_again(post)
            post.save(update_fields=["body", "body_html"])
        touch_many(Thread, [post.thread_id for post in posts])

    def count(self):
        return Post.objects.count()


@personal_data
class Reading(PersonalData):
    name = "forums.reading"
    label = _("How far you have read")
    purpose = _("To bring you to the first message you have not read")
    models = ("forums.ReadMark", "forums.PostRead")
    kept = _("As long as the account")
    on_leaving = _("Erased.")
    fields = {
        "discussion": _("Number of the discussion"),
        "at": _("When"),
        "message": _("Number of a message read further on"),
    }

    def export(self, user):
        return Section(
            [
                *(
                    {"discussion": one.thread_id, "at": one.read_at}
                    for one in ReadMark.objects.filter(user=user).order_by("pk")
                ),
                *(
                    {"discussion": one.post.thread_id, "message": one.post_id}
                    for one in PostRead.objects.filter(user=user)
                    .select_related("post")
                    .order_by("pk")
                ),
            ]
        )

    def erase(self, leaving):
        marks, _rows = ReadMark.objects.filter(user_id=leaving.user_id).delete()
        posts, _rows = PostRead.objects.filter(user_id=leaving.user_id).delete()
        yield ReceiptLine(self.label, marks + posts)

    def count(self):
        return ReadMark.objects.count() + PostRead.objects.count()


@personal_data
class Moderation(PersonalData):
    name = "forums.moderation"
    label = _("Reports and moderation")
    purpose = _("To keep discussions safe, and decisions accountable")
    models = (
        "forums.Report",
        "forums.ModerationAction",
        "forums.Forum",
        "forums.Forum_facilitators",
    )
    retention = Retention(
        REPORTER_KEPT_FOR,
        _(
            "The address of who reports without an account: one year; decisions: as long as the message"
        ),
    )
    on_leaving = _("Reports lose your name; decisions that you took stay, by keys.")
    order = 41
    fields = {
        "message": _("Number of the message"),
        "reason": _("Reason"),
        "comment": _("Your comment"),
        "decision": _("Your decision"),
        "at": _("When"),
    }

    def export(self, user):
        reports = Report.objects.filter(reporter=user).order_by("pk")
        actions = ModerationAction.objects.filter(actor=user).order_by("pk")
        return Section(
            [
                {
                    "message": one.post_id,
                    "reason": one.get_reason_display(),
                    "comment": one.comment,
                    "at": one.created_at,
                }
                for one in reports
            ]
            + [
                {
                    "message": one.post_id,
                    "decision": one.get_kind_display(),
                    "comment": one.reason,
                    "at": one.created_at,
                }
                for one in actions
            ]
        )

    def erase(self, leaving):
        by_address = Q(pk__in=[])
        for address in leaving.addresses:
            by_address |= Q(reporter_email__iexact=address)
        reported = Report.objects.filter(Q(reporter_id=leaving.user_id) | by_address)
        count = reported.update(reporter=None, reporter_email="")
        Forum.facilitators.through.objects.filter(user_id=leaving.user_id).delete()
        kept = ModerationAction.objects.filter(actor_id=leaving.user_id).count()
        yield ReceiptLine(
            self.label,
            count,
            kept,
            _("Decisions about others stay, by keys that lead to your empty account.")
            if kept
            else "",
        )

    def dependents(self, user):
        alone = Forum.objects.filter(facilitators=user).exclude(
            pk__in=Forum.facilitators.through.objects.exclude(user=user).values("forum")
        )
        for forum in alone:
            yield Dependent(
                _("Space that you look after alone"),
                forum.label,
                forum.get_absolute_url(),
            )

    def _old(self, now):
        return Report.objects.filter(created_at__lt=now - REPORTER_KEPT_FOR).exclude(
            reporter_email=""
        )

    def count(self):
        return Report.objects.count()

    def overdue(self, now):
        return self._old(now - timedelta(days=1)).count()

    def forget(self, now):
        self._old(now).update(reporter_email="")
