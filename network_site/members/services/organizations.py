"""Finding organisations, keeping their sheets, naming their delegates, joining two of them."""

from django.apps import apps
from django.db import transaction
from django.utils.crypto import get_random_string
from wagtail.models import Page

from network_site.catalogue.marks import touch, touch_gone, touch_many
from network_site.core.outbox import emit
from network_site.journal.enums import Action
from network_site.journal.services import record
from network_site.media.intake import made_file
from network_site.media.models import SiteImage
from network_site.media.owners import is_held
from network_site.members import roles
from network_site.members.merging import move_links, relations_to
from network_site.members.models import (
    BodyGroup,
    Organization,
    OrganizationAlias,
    OrganizationDelegate,
    Partnership,
    Profile,
)
from network_site.members.words import keep_words

# What a delegate may write; the rest is kept by those who run the network.
SHEET_FIELDS = (
    "summary",
    "summary_en",
    "body",
    "body_en",
    "website",
    "contact_label",
    "contact_email",
)
# What the organisation that stays takes from the other where it says nothing itself.
FILLED_FIELDS = (
    "name_en",
    "acronym",
    "territory",
    "siret",
    "summary",
    "summary_en",
    "body",
    "body_en",
    "logo",
    "website",
    "contact_label",
    "contact_email",
    "founded",
    "source_citation",
    "source_url",
)


class SheetChanged(Exception):
    """Somebody else wrote the sheet meanwhile; `organization` is as it now is."""

    def __init__(self, organization):
        super().__init__(organization.pk)
        self.organization = organization


class AlreadyMerged(Exception):
    """The two organisations are one already."""


class NotAMember(ValueError):
    """Only an admitted member may be a delegate."""


def find_organization(words):
    """The organisation whose name, acronym or former name is `words`, whatever the case; or None."""
    words = " ".join(words.split())
    if not words:
        return None
    for field in ("name", "acronym", "name_en", "aliases__name"):
        matches = Organization.objects.filter(**{f"{field}__iexact": words}).distinct()
        found = matches[:2]
        if len(found) == 1:
            return found[0]
    return None


def version_of(organization):
    """The mark of the sheet as it was read: it changes each time the sheet is written."""
    return organization.updated_at.isoformat()


@transaction.atomic
def update_sheet(*, organization, version, by, logo=None, removes_logo=False, **fields):
    """Write what a delegate may write of the sheet; returns it.

    `logo` is what the intake made of the file that was sent (media.intake). Raises SheetChanged when
    `version` is no longer that of the sheet, unless it already says what is asked (a form sent
    twice); nothing is written then.
    """
    found = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    unknown = set(fields) - set(SHEET_FIELDS)
    if unknown:
        raise TypeError(f"not a delegate's to write: {sorted(unknown)}")
    differs = any(getattr(found, name) != value for name, value in fields.items())
    if not differs and logo is None and not removes_logo:
        return found
    if version != version_of(found):
        raise SheetChanged(found)
    for name, value in fields.items():
        setattr(found, name, value)
    former = found.logo
    if logo is not None:
        image = SiteImage(title=found.name[:255], uploaded_by_user=by)
        file = made_file(logo, f"logo-{get_random_string(12)}")
        image.file.save(file.name, file, save=False)
        image.save()
        found.logo = image
    elif removes_logo:
        found.logo = None
    found.save()
    if former is not None and found.logo_id != former.pk:
        _forget_image(former)
    touch(found)
    return found


def _forget_image(image):
    """Delete a former logo that nothing else shows."""
    if not is_held(image):
        image.delete()


@transaction.atomic
def name_delegate(*, organization, user, by):
    """Make `user` a delegate of `organization`; returns whether they were not one yet.

    Raises NotAMember. They are told by e-mail.
    """
    if not roles.is_member(user):
        raise NotAMember(user.pk)
    delegate, created = OrganizationDelegate.objects.get_or_create(
        organization=organization, user=user, defaults={"named_by": by}
    )
    if created:
        record(Action.DELEGATE_NAMED, actor=by, subject=user, about=organization)
        emit("delegate.named", delegate_id=delegate.pk)
    return created


@transaction.atomic
def withdraw_delegate(*, organization, user, by):
    """End a delegation; returns whether there was one. The person is told by e-mail."""
    deleted, _models = OrganizationDelegate.objects.filter(
        organization=organization, user=user
    ).delete()
    if deleted:
        record(Action.DELEGATE_WITHDRAWN, actor=by, subject=user, about=organization)
        emit(
            "delegate.withdrawn",
            organization_id=organization.pk,
            user_id=user.pk,
            by_id=by.pk,
        )
    return bool(deleted)


@transaction.atomic
def merge(*, kept, absorbed, by):
    """Join `absorbed` to `kept`: every link is moved, and its name and address still lead there.

    Where `kept` says nothing, it takes what `absorbed` says; their themes are put together.
    Returns `kept` as it now is. Raises AlreadyMerged when `absorbed` is gone (a form sent
    twice), ValueError when they are one organisation.
    """
    if kept.pk == absorbed.pk:
        raise ValueError("An organisation is not joined to itself.")
    # In the order of keys: two people who join the same two never wait for each other.
    locked = {
        one.pk: one
        for one in Organization.objects.select_for_update(of=("self",))
        .filter(pk__in=[kept.pk, absorbed.pk])
        .order_by("pk")
    }
    if absorbed.pk not in locked or kept.pk not in locked:
        raise AlreadyMerged
    kept, absorbed = locked[kept.pk], locked[absorbed.pk]
    name, slug, key = absorbed.name, absorbed.slug, absorbed.pk
    is_listed = kept.is_listed or absorbed.is_listed
    values = {one: getattr(absorbed, one) for one in FILLED_FIELDS}
    # What they do with each other is no partnership any more.
    Partnership.objects.filter(organization=kept, partner=absorbed).delete()
    Partnership.objects.filter(organization=absorbed, partner=kept).delete()
    _join_groups(kept, absorbed)
    moved = move_links(kept, absorbed)
    left = [
        f"{holder._meta.label}.{field.name}"
        for holder, field in relations_to(Organization)
        if holder._base_manager.filter(**{field.name: absorbed}).exists()
    ]
    if left:
        raise RuntimeError(f"links to {key} were not moved: {left}")
    Organization.objects.filter(pk=key).delete()
    kept = Organization.objects.get(pk=kept.pk)
    for field, value in values.items():
        if not getattr(kept, field):
            setattr(kept, field, value)
    kept.is_listed = is_listed
    kept.save()
    OrganizationAlias.objects.create(organization=kept, name=name, slug=slug)
    people = moved.get(Profile._meta.label_lower, [])
    keep_words(Profile.objects.filter(organization=kept))
    record(Action.ORGANIZATIONS_MERGED, actor=by, about=kept, absorbed=key)
    touch_gone(Organization, key)
    touch(kept)
    touch_many(Profile, people)
    touch_many(Page, _pages_among(moved))
    return kept


def _join_groups(kept, absorbed):
    """Where both bodies have a group for a role, the people and rights of both are put together."""
    own = {one.role: one for one in BodyGroup.objects.filter(organization=kept)}
    for other in BodyGroup.objects.filter(organization=absorbed).select_related(
        "group"
    ):
        if mine := own.get(other.role):
            group = other.group
            other.delete()
            move_links(mine.group, group)
            group.delete()


def _pages_among(moved):
    keys = set()
    for label, rows in moved.items():
        if hasattr(apps.get_model(label), "get_url_parts"):
            keys.update(rows)
    return sorted(keys)
