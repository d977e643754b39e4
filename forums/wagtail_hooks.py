from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from forums.admin_policy import ForumPolicy
from forums.models import Forum, Thread
from forums.services import draw_again
from forums.viewsets import ForumViewSet
from network_site.catalogue.marks import touch_many

register_permission_policy(Forum, ForumPolicy(Forum))
register_snippet(ForumViewSet)


@hooks.register("after_edit_snippet")
def file_threads_again(request, instance):
    """Who reads a space may have changed: its threads are filed under the new tokens."""
    if isinstance(instance, Forum):
        draw_again(forum=instance)
        touch_many(Thread, instance.threads.values_list("pk", flat=True))


@hooks.register("before_delete_snippet")
def keep_what_was_said(request, instances):
    """A space with threads is archived, not deleted."""
    for instance in instances:
        if isinstance(instance, Forum) and instance.threads.exists():
            messages.error(
                request,
                _(
                    "The space “%(name)s” holds threads: archive it instead of deleting"
                    " it."
                )
                % {"name": instance.name},
            )
            return redirect("wagtailsnippets_forums_forum:list")
    return None
