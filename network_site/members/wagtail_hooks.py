from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from network_site.catalogue.marks import touch, touch_gone
from network_site.members.admin_domains import write_domain_removed
from network_site.members.admin_panels import SecondFactorPanel
from network_site.members.models import EmailDomain, Organization
from network_site.members.views.security import second_factor_reset
from network_site.members.viewsets import NetworkGroup

register_snippet(NetworkGroup)


@hooks.register("register_admin_urls")
def second_factor_urls():
    return [
        path(
            "second-facteur/<number:pk>/",
            second_factor_reset,
            name="second_factor_reset",
        )
    ]


@hooks.register("construct_homepage_panels")
def second_factor_note(request, panels):
    panels.append(SecondFactorPanel(request))


@hooks.register("register_user_listing_buttons")
def remove_second_factor(user, request_user):
    """For administrators: the way to remove the second factor of somebody who lost it."""
    if request_user.is_superuser:
        yield Button(
            _("Remove the second factor"),
            url=reverse("second_factor_reset", args=[user.pk]),
            icon_name="lock",
            priority=40,
        )


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def file_organization_again(request, instance):
    """The sheet is found under its new words."""
    if isinstance(instance, Organization):
        touch(instance)


@hooks.register("after_delete_snippet")
def forget_organizations(request, instances):
    for instance in instances:
        if isinstance(instance, Organization):
            touch_gone(Organization, instance.pk)


@hooks.register("before_bulk_action")
def write_removed_domains(request, action_type, objects, action):
    """In the transaction that removes them, as Wagtail runs this hook."""
    if action_type == "delete":
        for instance in objects:
            if isinstance(instance, EmailDomain):
                write_domain_removed(instance, request.user)
