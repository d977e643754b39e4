"""A body's own space in the library: its people draft, its people publish.

    open_body_space(organization=centre, by=facilitator)
    give_body_role(user=ada, organization=centre, role=BodyRole.CONTRIBUTOR, by=facilitator)
    withdraw_body_role(user=ada, organization=centre, role=BodyRole.CONTRIBUTOR, by=facilitator)

A contributor drafts and submits, a curator of the same body publishes; neither sees what
another body prepares. Whoever leaves the body loses both (members.services.positions).
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from library.models import LibraryIndexPage, LibrarySectionPage
from library.permissions import can_manage_body_spaces
from network_site.core.outbox import emit
from network_site.journal.enums import Action
from network_site.journal.services import record
from network_site.members import roles
from network_site.members.enums import BodyRole
from network_site.members.models import BodyGroup, Organization

# French, as the admin shows the names of groups as they are.
_GROUP_NAMES = {BodyRole.CONTRIBUTOR: "Contribution", BodyRole.CURATOR: "Curation"}
_PAGE_RIGHTS = {
    BodyRole.CONTRIBUTOR: ("add_page",),
    BodyRole.CURATOR: ("add_page", "change_page", "publish_page", "lock_page"),
}
_FILE_RIGHTS = {
    BodyRole.CONTRIBUTOR: ("add_document", "choose_document"),
    BodyRole.CURATOR: ("add_document", "choose_document", "change_document"),
}


class NotOfTheBody(Exception):
    """The person is no member of the network who works for this body."""


@transaction.atomic
def open_body_space(*, organization, by=None):
    """Return the LibrarySectionPage of `organization`, made with all that goes with it.

    Its two groups, what each may do in this branch alone, the collection of its files, the
    workflow in which its curators answer. Run again, it mends what is missing and changes
    nothing else. `by` is who decided (None: the site itself); raises PermissionDenied.
    """
    _check(by)
    # Two who press at once: the second finds what the first made.
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    section = LibrarySectionPage.objects.filter(organization=organization).first()
    is_new = section is None
    if is_new:
        section = _new_section(organization)
    if section.collection is None:
        root = Collection.get_first_root_node()
        section.collection = root.add_child(name=_cut(organization.name))
        LibrarySectionPage.objects.filter(pk=section.pk).update(
            collection=section.collection
        )
    groups = {role: _ensure_group(organization, role) for role in BodyRole}
    for role, group in groups.items():
        _grant(group, role, section)
    _ensure_workflow(section, organization, groups[BodyRole.CURATOR])
    if is_new:
        record(
            Action.BODY_SPACE_OPENED,
            actor=by,
            about=organization,
        )
    return section


@transaction.atomic
def give_body_role(*, user, organization, role, by=None):
    """Make `user` a contributor or a curator of `organization`; False when they were one.

    Raises PermissionDenied, NotOfTheBody (only members who work there), and
    BodyGroup.DoesNotExist where the body has no space.
    """
    _check(by)
    body_group = _body_group(organization, role)
    profile = getattr(user, "profile", None)
    works_there = profile is not None and profile.organization_id == organization.pk
    if not works_there or not roles.is_member(user):
        raise NotOfTheBody
    if body_group.group.user_set.filter(pk=user.pk).exists():
        return False
    user.groups.add(body_group.group)
    entry = _write_role(Action.ROLE_GIVEN, user, body_group, by)
    emit("library.body_role_given", **_payload(user, body_group, entry))
    return True


@transaction.atomic
def withdraw_body_role(*, user, organization, role, by=None):
    """Take the role back; False when `user` did not have it. Raises as give_body_role()."""
    _check(by)
    body_group = _body_group(organization, role)
    if not body_group.group.user_set.filter(pk=user.pk).exists():
        return False
    user.groups.remove(body_group.group)
    entry = _write_role(Action.ROLE_WITHDRAWN, user, body_group, by)
    emit("library.body_role_withdrawn", **_payload(user, body_group, entry))
    return True


def body_people(organization):
    """{role: [users, in the order of names]} of those who work in the body's space."""
    people = {role: [] for role in BodyRole}
    for body_group in BodyGroup.objects.filter(organization=organization):
        people[BodyRole(body_group.role)] = list(
            get_user_model()
            .objects.filter(groups=body_group.group_id)
            .order_by("last_name", "first_name", "pk")
        )
    return people


def _check(by):
    if by is not None and not can_manage_body_spaces(by):
        raise PermissionDenied


def _body_group(organization, role):
    groups = BodyGroup.objects.select_for_update(of=("self",)).select_related("group")
    return groups.get(organization=organization, role=role)


def _write_role(action, user, body_group, by):
    return record(
        action,
        actor=by,
        subject=user,
        about=body_group.group,
        role=body_group.role,
        body=body_group.organization_id,
    )


def _payload(user, body_group, entry):
    # The entry of the journal tells one giving of a role from the next.
    return {
        "entry_id": entry.pk,
        "user_id": user.pk,
        "organization_id": body_group.organization_id,
        "role": body_group.role,
    }


def _cut(name, most=140):
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _new_section(organization):
    library = LibraryIndexPage.objects.get()
    taken = set(Page.objects.child_of(library).values_list("slug", flat=True))
    slug = organization.slug
    if slug in taken:
        slug = f"{slug}-{organization.pk}"
    section = LibrarySectionPage(
        title=organization.name, slug=slug, organization=organization, live=True
    )
    library.add_child(instance=section)
    section.save_revision(clean=False).publish()
    section.refresh_from_db()
    return section


def _ensure_group(organization, role):
    found = BodyGroup.objects.filter(organization=organization, role=role)
    body_group = found.select_related("group").first()
    if body_group is not None:
        return body_group.group
    name = f"{_GROUP_NAMES[role]} — {_cut(organization.name, 120)}"
    if Group.objects.filter(name=name).exists():
        # Another body of the same first words.
        name = f"{name} ({organization.pk})"
    group = Group.objects.create(name=name)
    BodyGroup.objects.create(group=group, organization=organization, role=role)
    return group


def _grant(group, role, section):
    group.permissions.add(
        Permission.objects.get(
            codename="access_admin", content_type__app_label="wagtailadmin"
        )
    )
    for codename in _PAGE_RIGHTS[role]:
        permission = Permission.objects.get(
            codename=codename, content_type__app_label="wagtailcore"
        )
        GroupPagePermission.objects.get_or_create(
            group=group, page=section.page_ptr, permission=permission
        )
    for codename in _FILE_RIGHTS[role]:
        # Wagtail asks for the right on its own model, whatever replaces it.
        permission = Permission.objects.get(
            codename=codename, content_type__app_label="wagtaildocs"
        )
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=section.collection, permission=permission
        )


def _ensure_workflow(section, organization, curators):
    page = WorkflowPage.objects.filter(page=section).first()
    if page is not None:
        return
    name = f"Publication — {_cut(organization.name)}"
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.set([curators])
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=section.page_ptr, workflow=workflow)
