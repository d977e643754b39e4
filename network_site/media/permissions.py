"""Who may open a file or an image: the one rule for documents, originals and renditions."""

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from wagtail.models import CollectionViewRestriction, ReferenceIndex
from wagtail.permissions import policy_registry

from network_site.media import owners


def can_view_document(user, document):
    """Whether `user` may open `document`."""
    return _can_view(user, document)


def readable_among(user, items):
    """Those of `items`, held by a page that `user` reads, whose collection admits `user`.

    For the page that shows its own files: two queries, whatever their number.
    """
    restrictions = list(
        CollectionViewRestriction.objects.select_related("collection").prefetch_related(
            "groups"
        )
    )
    return [
        item
        for item in items
        if user.is_superuser
        or _passes(
            user,
            [
                restriction
                for restriction in restrictions
                if item.collection.path.startswith(restriction.collection.path)
            ],
        )
    ]


def can_view_image(user, image):
    """Whether `user` may open `image`, in any size."""
    return _can_view(user, image)


def is_public(item):
    """Whether anyone may open it: what a shared cache may keep."""
    return not _restrictions(item) and _is_seen(_VISITOR, item)


def groups_of_collection(item):
    """The groups to which its collection is kept, read with their roles; None if open.

    Empty where no group is enough (a collection kept for those who log in).
    """
    allowed = None
    for restriction in _restrictions(item):
        groups = set()
        if restriction.restriction_type == CollectionViewRestriction.GROUPS:
            groups = set(restriction.groups.all())
        allowed = groups if allowed is None else allowed & groups
    return allowed


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
    if _passes(user, _restrictions(item)) and _is_seen(user, item):
        return True
    return _manages(user, item)


def _restrictions(item):
    return list(
        CollectionViewRestriction.objects.filter(
            collection__in=item.collection.get_ancestors(inclusive=True)
        ).prefetch_related(Prefetch("groups", Group.objects.select_related("role")))
    )


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
    holders = defaultdict(set)
    for type_id, pk in (
        ReferenceIndex.get_references_to(item)
        .values_list("base_content_type_id", "object_id")
        .distinct()
    ):
        holders[type_id].add(pk)
    for type_id, pks in holders.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model and owners.sees_any(user, model._meta.label_lower, pks):
            return True
    return owners.is_held(user, item)


def _manages(user, item):
    if not user.is_authenticated:
        return False
    return policy_registry.get_by_type(type(item)).user_has_permission_for_instance(
        user, "change", item
    )
