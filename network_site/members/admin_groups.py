"""Groups in the back office: what a group is decides what may be done to it.

A private space's takes no right, since whoever looks after the space chooses its people; a
role's, or a body's, is not deleted, since the site hangs on it.
"""

from django.contrib.admin.utils import quote
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from network_site.catalogue.marks import touch_many
from network_site.journal import admin_rights
from network_site.members import roles
from network_site.members.groups import is_space, uses_of
from network_site.members.models import BodyGroup, Profile


class _EditGroupView(admin_rights.GroupViewSet.edit_view_class):
    def is_valid(self, form):
        if not super().is_valid(form):
            return False
        if (
            self._asks_for_rights(form)
            and is_space(self.object)
            and uses_of(self.object)
        ):
            form.add_error(
                None,
                _(
                    "This group is that of a private space: whoever looks after the space"
                    " chooses its people, who would get these rights. Nothing was saved:"
                    " make another group for them."
                ),
            )
            self.produced_error_message = self.get_error_message()
            return False
        return True

    def _asks_for_rights(self, form):
        if form.cleaned_data["permissions"]:
            return True
        return any(
            one.cleaned_data.get("permissions")
            for panel in self.permission_panel_forms
            for one in getattr(panel, "forms", [panel])
            if one not in getattr(panel, "deleted_forms", ())
        )

    @transaction.atomic
    def process_form(self):
        before = is_space(self.object)
        response = super().process_form()
        if before != is_space(self.object):
            # Who shares a space with its people reads more of their sheets, or no longer does.
            people = Profile.objects.filter(user__groups=self.object)
            touch_many(Profile, people.values_list("pk", flat=True))
        return response


class _DeleteGroupView(admin_rights.GroupViewSet.delete_view_class):
    def dispatch(self, request, *args, **kwargs):
        if self.user_has_permission("delete") and (words := self._refusal()):
            messages.error(request, words)
            return redirect(self.edit_url_name, quote(self.object.pk))
        return super().dispatch(request, *args, **kwargs)

    def _refusal(self):
        """Why the group stays, "" when it may go."""
        group = self.object
        if roles.code_of(group):
            return _(
                "“%(name)s” holds a role of the network: the group can be renamed, not"
                " deleted."
            ) % {"name": group.name}
        if BodyGroup.objects.filter(group=group).exists():
            return _(
                "“%(name)s” holds a role in the space of an organisation in the library:"
                " the group can be renamed, not deleted."
            ) % {"name": group.name}
        if uses_of(group) - {"space_grants"}:
            return _(
                "“%(name)s” says who reads a space, a page or files: choose other readers"
                " for them first, then delete the group."
            ) % {"name": group.name}
        return ""


class GroupViewSet(admin_rights.GroupViewSet):
    """Wagtail's groups, written in the journal, with what their kind forbids."""

    edit_view_class = _EditGroupView
    delete_view_class = _DeleteGroupView
