from forums.enums import ForumVisibility
from forums.models import Forum
from network_site.members.places import opens


@opens
def private_spaces(group_ids):
    """The private spaces of discussion that each group reads."""
    found = {}
    for forum in Forum.objects.filter(
        visibility=ForumVisibility.GROUP, group__in=group_ids
    ).order_by("position", "name", "pk"):
        found.setdefault(forum.group_id, []).append(
            (forum.label, forum.get_absolute_url())
        )
    return found
