"""The portrait of a sheet: put in place, changed, taken off."""

from django.db import transaction

from network_site.catalogue.marks import touch
from network_site.core.outbox import emit
from network_site.members import portraits
from network_site.members.models import Profile


def crop_portrait(*, profile, draft, frame):
    """Make the portrait of `profile` of what `frame` keeps of its `draft`, which is forgotten."""
    put_portrait(profile=profile, image=portraits.open_draft(draft), frame=frame)
    portraits.delete_drafts(profile)
    return profile


def put_portrait(*, profile, image, frame=None):
    """Make the portrait of `profile` of the pixels of `image`; by default its middle square."""
    key = portraits.write_files(image, frame or portraits.Frame())
    try:
        _set_key(profile, key)
    except Exception:
        portraits.delete_key(key)
        raise
    return profile


def remove_portrait(*, profile):
    """Take the portrait off the sheet, and forget what was being cropped."""
    _set_key(profile, "")
    portraits.delete_drafts(profile)
    return profile


@transaction.atomic
def _set_key(profile, key):
    locked = Profile.objects.select_for_update().get(pk=profile.pk)
    former = locked.portrait
    Profile.objects.filter(pk=profile.pk).update(portrait=key)
    profile.portrait = key
    if former and former != key:
        emit("members.portrait_replaced", key=former)
    touch(profile)
