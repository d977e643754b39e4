"""What Wagtail's back office keeps of those who work in it."""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)

# Unfinished work of a form, and files sent for one that was never saved.
UNFINISHED_KEPT_FOR = timedelta(days=30)


@personal_data
class BackOffice(PersonalData):
    name = "wagtail.user"
    label = _("Settings and unfinished work of the back office")
    purpose = _("To find the back office as you left it")
    models = (
        "wagtailusers.UserProfile",
        "wagtailadmin.EditingSession",
        "wagtailadmin.FormState",
        "wagtailcore.APIToken",
        "wagtailcore.PageSubscription",
        "wagtailcore.UploadedFile",
    )
    retention = Retention(
        UNFINISHED_KEPT_FOR,
        _("Unfinished work: 30 days; settings: as long as the account"),
    )
    on_leaving = _("Erased.")
    order = 20
    fields = {
        "language": _("Language"),
        "followed_pages": _("Pages whose comments you follow"),
    }

    def export(self, user):
        profile = UserProfile.objects.filter(user=user).first()
        pages = PageSubscription.objects.filter(user=user).count()
        if profile is None and not pages:
            return Section()
        return Section(
            [
                {
                    "language": profile.preferred_language if profile else "",
                    "followed_pages": pages,
                }
            ]
        )

    def erase(self, leaving):
        user = leaving.user_id
        count = 0
        for profile in UserProfile.objects.filter(user_id=user):
            if profile.avatar:
                default_storage.delete(profile.avatar.name)
            profile.delete()
            count += 1
        for upload in UploadedFile.objects.filter(uploaded_by_user_id=user):
            upload.file.delete(save=False)
            upload.delete()
            count += 1
        for model in (EditingSession, FormState, APIToken, PageSubscription):
            count += model.objects.filter(user_id=user).delete()[0]
        # A page that somebody locked before leaving must not stay shut.
        Page.objects.filter(locked_by_id=user).update(
            locked=False, locked_by=None, locked_at=None
        )
        yield ReceiptLine(self.label, count)

    def _old(self, now):
        before = now - UNFINISHED_KEPT_FOR
        return (
            EditingSession.objects.filter(last_seen_at__lt=before),
            FormState.objects.filter(last_updated_at__lt=before),
        )

    def count(self):
        return UserProfile.objects.count() + FormState.objects.count()

    def overdue(self, now):
        return sum(rows.count() for rows in self._old(now - timedelta(days=1)))

    def forget(self, now):
        for rows in self._old(now):
            rows.delete()


@personal_data
class History(PersonalData):
    name = "wagtail.history"
    label = _("History of the pages")
    purpose = _(
        "To know who changed a page, examined it or commented on it, and to undo it"
    )
    models = (
        "wagtailcore.Revision",
        "wagtailcore.PageLogEntry",
        "wagtailcore.ModelLogEntry",
        "wagtailcore.Comment",
        "wagtailcore.CommentReply",
        "wagtailcore.TaskState",
        "wagtailcore.WorkflowState",
        "wagtailcore.Page",
        "admin.LogEntry",
    )
    kept = _("As long as the pages")
    on_leaving = _(
        "The versions of the pages stay, without your name: what they cite of you is cleared."
    )
    fields = {
        "page": _("Page"),
        "action": _("What you did"),
        "at": _("When"),
        "comment": _("Your comment"),
    }

    def export(self, user):
        """What one did and wrote; the titles of pages are others': they are left out."""
        rows = [
            {"page": entry.page_id, "action": entry.action, "at": entry.timestamp}
            for entry in PageLogEntry.objects.filter(user=user).order_by("pk")
        ]
        rows += [
            {"page": one.page_id, "comment": one.text, "at": one.created_at}
            for one in Comment.objects.filter(user=user).order_by("pk")
        ]
        rows += [
            {"comment": one.text, "at": one.created_at}
            for one in CommentReply.objects.filter(user=user).order_by("pk")
        ]
        rows += [
            {"comment": one.comment, "at": one.finished_at}
            for one in TaskState.objects.filter(finished_by=user).order_by("pk")
            if one.comment
        ]
        return Section(rows)

    def erase(self, leaving):
        user = leaving.user_id
        LogEntry.objects.filter(user_id=user).delete()
        kept = sum(
            rows.count()
            for rows in (
                Revision.objects.filter(user_id=user),
                PageLogEntry.objects.filter(user_id=user),
                ModelLogEntry.objects.filter(user_id=user),
                Comment.objects.filter(user_id=user),
                CommentReply.objects.filter(user_id=user),
                TaskState.objects.filter(finished_by_id=user),
                WorkflowState.objects.filter(requested_by_id=user),
            )
        )
        yield ReceiptLine(
            self.label,
            kept=kept,
            why_kept=_(
                "They are the history of pages that stay; they lead to your empty account"
                " and no longer name you."
            ),
        )

    def count(self):
        return Revision.objects.count() + PageLogEntry.objects.count()
