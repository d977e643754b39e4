"""Wagtail's views of people, of groups and of readers, which write in the journal what changed."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import collection_privacy
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import Collection
from wagtail.users.views import groups, users

from network_site.journal.enums import Action
from network_site.journal.rights import (
    watching_group,
    watching_people,
    watching_readers,
    write_deletions,
)
from network_site.journal.services import record


class _PersonSaved:
    """Inside the transaction in which Wagtail saves the account."""

    def save_instance(self):
        person = self.form.instance
        with watching_people([person], by=self.request.user):
            return super().save_instance()


class _CreateUserView(_PersonSaved, users.CreateView):
    pass


class _EditUserView(_PersonSaved, users.EditView):
    pass


class _DeleteUserView(users.DeleteView):
    @transaction.atomic
    def delete_action(self):
        keys = [self.object.pk]
        super().delete_action()
        write_deletions([], keys, by=self.request.user)


class UserViewSet(users.UserViewSet):
    add_view_class = _CreateUserView
    edit_view_class = _EditUserView
    delete_view_class = _DeleteUserView


class _GroupSaved:
    """Around the form and its panels, which Wagtail saves one after the other."""

    def process_form(self):
        with watching_group(self.object, by=self.request.user):
            return super().process_form()


class _CreateGroupView(_GroupSaved, groups.CreateView):
    pass


class _EditGroupView(_GroupSaved, groups.EditView):
    pass


class _DeleteGroupView(groups.DeleteView):
    @transaction.atomic
    def delete_action(self):
        record(
            Action.RIGHTS_CHANGED,
            actor=self.request.user,
            about=self.object,
            deleted=True,
            people=self.object.user_set.count(),
        )
        super().delete_action()


class GroupViewSet(groups.GroupViewSet):
    add_view_class = _CreateGroupView
    edit_view_class = _EditGroupView
    delete_view_class = _DeleteGroupView


class PagePrivacyView(SetPrivacyView):
    """Wagtail's view of who reads a page; home.admin_guards says which groups it offers."""

    def form_valid(self, form):
        with watching_readers(self.page, by=self.request.user):
            return super().form_valid(form)


@require_admin_access
def collection_privacy_view(request, collection_id):
    """Who may read a collection's files, as Wagtail asks it."""
    collection = get_object_or_404(Collection, pk=collection_id)
    with watching_readers(collection, by=request.user):
        return collection_privacy.set_privacy(request, collection_id)
