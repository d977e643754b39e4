from wagtail.models import PageViewRestriction

from network_site.members.places import opens


@opens
def private_pages(group_ids):
    """The pages kept for each group, with all that lies below them."""
    found = {}
    restrictions = (
        PageViewRestriction.objects.filter(
            restriction_type=PageViewRestriction.GROUPS,
            groups__in=group_ids,
            page__live=True,
        )
        .select_related("page")
        .prefetch_related("groups")
        .order_by("page__title", "page__pk")
        .distinct()
    )
    for restriction in restrictions:
        for group in restriction.groups.all():
            if group.pk in group_ids:
                found.setdefault(group.pk, []).append(
                    (restriction.page.title, restriction.page.get_url() or "")
                )
    return found
