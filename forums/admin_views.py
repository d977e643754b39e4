"""The views of a space in the back office: who reads it and who looks after it is written."""

from django.contrib.auth import get_user_model
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    UsageView,
)

from forums.enums import ForumVisibility
from forums.models import Forum
from network_site.journal.admin_objects import WatchedSave
from network_site.journal.enums import Action
from network_site.journal.services import record


def _rights(forum):
    if forum is None:
        return {"readers": [], "facilitators": set()}
    readers = [forum.visibility]
    if forum.visibility == ForumVisibility.GROUP:
        readers = [forum.group_id]
    facilitators = set(forum.facilitators.values_list("pk", flat=True))
    return {"readers": readers, "facilitators": facilitators}


def _write(forum, before, after, by):
    if before["readers"] != after["readers"]:
        record(
            Action.VISIBILITY_CHANGED,
            actor=by,
            about=forum,
            before=before["readers"],
            after=after["readers"],
        )
    for action, keys in (
        (Action.ROLE_GIVEN, after["facilitators"] - before["facilitators"]),
        (Action.ROLE_WITHDRAWN, before["facilitators"] - after["facilitators"]),
    ):
        for person in get_user_model().objects.filter(pk__in=keys).order_by("pk"):
            record(action, actor=by, subject=person, about=forum, role="facilitator")


class _Watched(WatchedSave):
    snapshot = staticmethod(_rights)
    write = staticmethod(_write)


class _Read:
    """As on the site, a space that one does not read is not there: 404."""

    def get_queryset(self):
        return Forum.objects.visible_to(self.request.user)


class _ReadObject:
    """The same, for the views whose list is one of something else."""

    def get_base_object_queryset(self):
        return Forum.objects.visible_to(self.request.user)


class ForumCreateView(_Watched, CreateView):
    pass


class ForumEditView(_Watched, _Read, EditView):
    pass


class ForumDeleteView(_Read, DeleteView):
    pass


class ForumUsageView(_ReadObject, UsageView):
    pass


class ForumHistoryView(_ReadObject, HistoryView):
    pass
