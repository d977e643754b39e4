"""Rights changed in the back office: what was before, what is after, and the difference written.

    with watching_people([user], by=request.user):
        form.save()

Wagtail's own views of people, groups and restrictions pass through here (admin_rights.py,
wagtail_hooks.py, urls of the site), whatever field of theirs was changed.
"""

from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
)

from network_site.journal.enums import Action
from network_site.journal.services import record


def rights_of_people(people):
    """{pk: what each may do and how they log in}, in three queries; {} for nobody."""
    keys = [person.pk for person in people if person.pk]
    found = {}
    User = get_user_model()
    for person in User.objects.filter(pk__in=keys):
        found[person.pk] = {
            "groups": set(),
            "permissions": set(),
            "is_superuser": person.is_superuser,
            "is_active": person.is_active,
            "email": person.email,
            # Only compared: neither leaves this module.
            "password": person.password,
        }
    for name, column in (("groups", "group_id"), ("user_permissions", "permission_id")):
        through = User._meta.get_field(name).remote_field.through
        rows = through.objects.filter(user__in=keys).values_list("user_id", column)
        for pk, key in rows:
            found[pk]["groups" if name == "groups" else "permissions"].add(key)
    return found


_NOTHING = {
    "groups": set(),
    "permissions": set(),
    "is_superuser": False,
    "is_active": True,
}


def write_changes_of_people(people, before, *, by):
    """Write in the journal how the rights of `people` differ from `before`."""
    after = rights_of_people(people)
    groups = Group.objects.in_bulk()
    for person in people:
        now = after.get(person.pk)
        if now is None:
            continue
        was = before.get(person.pk, {**_NOTHING, **_login(now)})
        entry = {"actor": by, "subject": person}
        for pk in sorted(now["groups"] - was["groups"]):
            record(Action.ROLE_GIVEN, about=groups[pk], **entry)
        for pk in sorted(was["groups"] - now["groups"]):
            record(Action.ROLE_WITHDRAWN, about=groups.get(pk), **entry)
        if now["is_superuser"] != was["is_superuser"]:
            action = Action.ROLE_GIVEN if now["is_superuser"] else Action.ROLE_WITHDRAWN
            record(action, role="administrator", **entry)
        if now["permissions"] != was["permissions"]:
            record(
                Action.RIGHTS_CHANGED,
                given=sorted(now["permissions"] - was["permissions"]),
                withdrawn=sorted(was["permissions"] - now["permissions"]),
                **entry,
            )
        if now["is_active"] != was["is_active"]:
            record(
                Action.ACCOUNT_REOPENED
                if now["is_active"]
                else Action.ACCOUNT_SUSPENDED,
                **entry,
            )
        changed = [name for name in _login(now) if now[name] != was[name]]
        if changed and person != by:
            record(Action.ACCOUNT_CHANGED, fields=changed, **entry)


def _login(rights):
    return {name: rights[name] for name in ("email", "password")}


@contextmanager
def watching_people(people, *, by):
    """Write what changes, meanwhile, in the rights of `people`, in the same transaction.

    People without a key yet are those about to be created.
    """
    with transaction.atomic():
        before = rights_of_people(people)
        yield
        write_changes_of_people(people, before, by=by)


def rights_of_group(group):
    """The codes of what `group` may do: of the site, of pages, of collections of files."""
    if not group.pk:
        return set()
    rights = {
        f"{app}.{code}"
        for app, code in group.permissions.values_list(
            "content_type__app_label", "codename"
        )
    }
    pages = GroupPagePermission.objects.filter(group=group)
    for page, code in pages.values_list("page_id", "permission__codename"):
        rights.add(f"page {page}: {code}")
    collections = GroupCollectionPermission.objects.filter(group=group)
    for key, code in collections.values_list("collection_id", "permission__codename"):
        rights.add(f"collection {key}: {code}")
    sites = GroupSitePermission.objects.filter(group=group)
    for key, code in sites.values_list("site_id", "permission__codename"):
        rights.add(f"site {key}: {code}")
    return rights


@contextmanager
def watching_group(group, *, by):
    """Write what changes, meanwhile, in the rights of `group`, in the same transaction."""
    with transaction.atomic():
        before = rights_of_group(group)
        yield
        after = rights_of_group(group)
        if group.pk and before != after:
            record(
                Action.RIGHTS_CHANGED,
                actor=by,
                about=group,
                given=sorted(after - before),
                withdrawn=sorted(before - after),
            )


def readers_of(restrictions):
    """The readers that `restrictions` leave: "everyone", or the keys of groups; as codes."""
    restrictions = list(restrictions.prefetch_related("groups"))
    if not restrictions:
        return ["everyone"]
    readers = []
    for restriction in restrictions:
        groups = sorted(group.pk for group in restriction.groups.all())
        readers += groups or [restriction.restriction_type]
    return readers


@contextmanager
def watching_readers(thing, *, by):
    """Write a change of who may read `thing`: a page, or a collection of files."""
    with transaction.atomic():
        before = readers_of(thing.view_restrictions.order_by("pk"))
        yield
        after = readers_of(thing.view_restrictions.order_by("pk"))
        if before != after:
            record(
                Action.VISIBILITY_CHANGED,
                actor=by,
                about=thing,
                before=before,
                after=after,
            )


_BULK = "_rights_before_bulk"


def watch_bulk_action(request, action_type, objects):
    """Called before and after an action on several rows: the second time, write the changes."""
    people = [one for one in objects if isinstance(one, get_user_model())]
    if not people:
        return
    before = getattr(request, _BULK, None)
    if before is None:
        setattr(request, _BULK, rights_of_people(people))
        return
    delattr(request, _BULK)
    if action_type == "delete":
        write_deletions(people, before, by=request.user)
    else:
        write_changes_of_people(people, before, by=request.user)


def write_deletions(people, keys, *, by):
    """Write that the accounts of `keys` are gone; an instance has no key once deleted."""
    remaining = set(
        get_user_model().objects.filter(pk__in=list(keys)).values_list("pk", flat=True)
    )
    for pk in sorted(set(keys) - remaining):
        record(Action.ACCOUNT_ERASED, actor=by, subject=get_user_model()(pk=pk))
