"""What a member says of themselves, and the words by which the directory finds it."""

import hashlib
import json

from django.db import transaction

from network_site.catalogue.marks import touch
from network_site.core.outbox import emit
from network_site.members.models import Profile, SpokenLanguage
from network_site.members.permissions import FIELDS
from network_site.members.services.organizations import find_organization
from network_site.members.services.positions import note_change
from network_site.members.words import keep_words

VISIBILITIES = tuple(f"{name}_visibility" for name in ("sheet", *FIELDS))
_COLUMNS = (
    "job_title",
    "presentation",
    "help_topics",
    "accepts_contact",
    *VISIBILITIES,
)


class ChangedMeanwhile(Exception):
    """The sheet is no longer the one that was read; `names` are the fields that differ."""

    def __init__(self, names):
        super().__init__(", ".join(names))
        self.names = names


def state_of(profile):
    """What is written on the sheet, by the names of `update_profile`: {name: plain value}."""
    return {
        "first_name": profile.user.first_name,
        "last_name": profile.user.last_name,
        # In French, whatever the language of the interface: it must not look like a change.
        "organization_name": profile.organization.name
        if profile.organization
        else profile.organization_name,
        "territory": profile.territory_id,
        "themes": sorted(theme.pk for theme in profile.themes.all()),
        "languages": sorted(one.code for one in profile.languages.all()),
        **{name: getattr(profile, name) for name in _COLUMNS},
    }


def version_of(profile):
    """A short mark of what is written on the sheet: it changes when anything does."""
    state = json.dumps(state_of(profile), sort_keys=True, default=str)
    return hashlib.sha256(state.encode()).hexdigest()[:20]


@transaction.atomic
def update_profile(*, profile, first_name, last_name, version="", **fields):
    """Change what a member says of themselves; `fields` are Profile's own.

    `languages` are codes, `themes` Theme objects. `version` is the mark of the sheet that was
    read (version_of): when another sheet is written by now, ChangedMeanwhile is raised, unless
    it already says what is asked (a form sent twice). Without one, nothing is compared.
    """
    # Read again under a lock: what the form was filled from may be old.
    Profile.objects.select_for_update().filter(pk=profile.pk).first()
    if version:
        _check_version(profile, version, first_name, last_name, fields)
    themes = fields.pop("themes", None)
    languages = fields.pop("languages", None)
    organization_name = fields.pop("organization_name", None)
    if organization_name is not None:
        profile.organization = find_organization(organization_name)
        profile.organization_name = "" if profile.organization else organization_name
    audience = profile.sheet_visibility
    for name, value in fields.items():
        setattr(profile, name, value)
    # Another employer: what the former one had opened is taken back in this transaction.
    note_change(profile=profile)
    # Nothing else of the row: a portrait or a decision may have been written meanwhile.
    profile.save(update_fields=["organization", "organization_name", *fields])
    if themes is not None:
        profile.themes.set(themes)
    if languages is not None:
        set_languages(profile=profile, codes=languages)
    user = profile.user
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name"])
    keep_words(Profile.objects.filter(pk=profile.pk))
    touch(profile)
    if profile.sheet_visibility != audience:
        emit("members.sheet_visibility_changed", user_id=user.pk)
    return profile


def set_languages(*, profile, codes):
    """Make `codes` the languages of `profile`, in their order."""
    kept = set(profile.languages.values_list("code", flat=True))
    profile.languages.exclude(code__in=codes).delete()
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(profile=profile, code=code)
        for code in dict.fromkeys(codes)
        if code not in kept
    )


def _with_all(profiles):
    return profiles.select_related(
        "user", "organization", "territory"
    ).prefetch_related("themes", "languages")


def _check_version(profile, version, first_name, last_name, fields):
    current = _with_all(Profile.objects.filter(pk=profile.pk)).get()
    if version_of(current) == version:
        return
    wanted = {"first_name": first_name, "last_name": last_name, **fields}
    if "themes" in wanted:
        wanted["themes"] = sorted(theme.pk for theme in wanted["themes"])
    if "languages" in wanted:
        wanted["languages"] = sorted(wanted["languages"])
    if "territory" in wanted:
        wanted["territory"] = wanted["territory"] and wanted["territory"].pk
    if "organization_name" in wanted:
        # Its acronym names it as well.
        found = find_organization(wanted["organization_name"])
        wanted["organization_name"] = (
            found.name if found else wanted["organization_name"]
        )
    state = state_of(current)
    names = [name for name, value in wanted.items() if state[name] != value]
    if names:
        raise ChangedMeanwhile(names)
