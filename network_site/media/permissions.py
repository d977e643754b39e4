"""Who may open a file or an image: the one rule for documents, originals and renditions."""

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import Prefetch
from wagtail.models import CollectionViewRestriction
from wagtail.permissions import policy_registry

from network_site.media import owners


def can_view_document(user, document):
    """Whether `user` may open `document`."""
    return _can_view(user, document)


def files_shown(user, links):
    """(those of `links` whose document's collection admits `user`, whether any is kept from them).

    `links` are the rows of a page that `user` reads, with their `document` and its collection:
    two queries, whatever their number.
    """
    restrictions = list(
        CollectionViewRestriction.objects.select_related("collection").prefetch_related(
            "groups"
        )
    )
    shown = [
        link
        for link in links
        if user.is_superuser
        or _passes(
            user,
            [
                restriction
                for restriction in restrictions
                if link.document.collection.path.startswith(restriction.collection.path)
            ],
        )
    ]
    return shown, len(shown) < len(links)


def can_view_image(user, image):
    """Whether `user` may see `image`, in the sizes made from it."""
    return _can_view(user, image)


def is_public(item):
    """Whether anyone may open it: what a shared cache may keep."""
    return not restrictions_of(item) and _is_seen(_VISITOR, item)


def restrictions_of(item):
    """The view restrictions on the collection of `item` and on what it stands in."""
    return list(
        CollectionViewRestriction.objects.filter(
            collection__in=item.collection.get_ancestors(inclusive=True)
        ).prefetch_related(Prefetch("groups", Group.objects.select_related("role")))
    )


_VISITOR = AnonymousUser()


def _can_view(user, item):
    """The rule, in the order that costs least.

    A file in a private collection is for its groups. What a page or another object holds
    is for those who see at least one of its holders: the same photograph on a public and a
    restricted page is public. What nothing holds (just uploaded, or taken off its page) is
    for those who manage files. Those who manage the file may always open it.
    """
    if user.is_superuser:
        return True
    if _passes(user, restrictions_of(item)) and _is_seen(user, item):
        return True
    return manages(user, item)


def _passes(user, restrictions):
    for restriction in restrictions:
        if not user.is_authenticated:
            return False
        groups = set(user.groups.values_list("pk", flat=True))
        if restriction.restriction_type == CollectionViewRestriction.LOGIN:
            # Any login would admit someone who only asked for membership: they have
            # no group yet.
            if not groups:
                return False
        elif restriction.restriction_type != CollectionViewRestriction.GROUPS or not (
            groups & {group.pk for group in restriction.groups.all()}
        ):
            return False
    return True


def _is_seen(user, item):
    return any(
        owners.sees_any(user, model, pks)
        for model, pks in owners.holders_of(item).items()
    )


def manages(user, item):
    """Whether `user` may change the file or the image itself."""
    if not user.is_authenticated:
        return False
    return policy_registry.get_by_type(type(item)).user_has_permission_for_instance(
        user, "change", item
    )
