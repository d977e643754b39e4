from wagtail import hooks
from wagtail.snippets.models import register_snippet

from network_site.core.outbox import emit
from network_site.members.models import Organization
from network_site.members.viewsets import NetworkGroup

register_snippet(NetworkGroup)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def file_organization_again(request, instance):
    """The sheet is found under its new words."""
    if isinstance(instance, Organization):
        emit("object.changed", model="members.organization", pk=instance.pk)


@hooks.register("after_delete_snippet")
def forget_organizations(request, instances):
    for instance in instances:
        if isinstance(instance, Organization):
            emit("object.deleted", model="members.organization", pk=instance.pk)
