from wagtail import hooks
from wagtail.permissions import register_permission_policy

from network_site.journal.models import Entry
from network_site.journal.rights import watch_bulk_action
from network_site.journal.viewsets import JournalViewSet, ReadByAdministrators

register_permission_policy(Entry, ReadByAdministrators(Entry))


@hooks.register("register_admin_viewset")
def register_journal():
    return JournalViewSet()


@hooks.register("before_bulk_action")
def before_bulk_action(request, action_type, objects, action):
    watch_bulk_action(request, action_type, objects)


@hooks.register("after_bulk_action")
def after_bulk_action(request, action_type, objects, action):
    """In the transaction of the action, as Wagtail runs these hooks."""
    watch_bulk_action(request, action_type, objects)
