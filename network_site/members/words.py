"""What the directory reads of a sheet: its folded words for each audience, its order.

Kept in Profile, so that the directory's search reads one column: the words that an audience
may read and no other. They are folded as questions are (core.text.fold).
"""

from network_site.core.text import fold
from network_site.members.enums import FieldVisibility
from network_site.members.languages import names_of_language
from network_site.members.models import Profile
from network_site.members.permissions import FIELDS, fields_at

COLUMNS = {
    "words_everyone": FieldVisibility.EVERYONE,
    "words_members": FieldVisibility.MEMBERS,
    "words_spaces": FieldVisibility.SPACES,
}
KEPT = ["name_key", *COLUMNS]
_CHUNK = 200


def words_in(profile, field):
    """What `field` of `profile` says, as texts; the portrait says nothing."""
    if field == "organization":
        body = profile.organization
        return (
            [body.name, body.name_en, body.acronym]
            if body
            else [profile.organization_name]
        )
    if field == "territory":
        return [profile.territory.name] if profile.territory else []
    if field == "themes":
        return [
            name
            for theme in profile.themes.all()
            for name in (theme.name, theme.name_en)
        ]
    if field == "languages":
        return [
            name
            for spoken in profile.languages.all()
            for name in names_of_language(spoken.code)
        ]
    if field == "portrait":
        return []
    return [getattr(profile, field)]


def set_words(profile):
    """Set on `profile`, unsaved, what the directory sorts and searches by (KEPT)."""
    user = profile.user
    profile.name_key = fold(f"{user.last_name} {user.first_name}")[:310]
    for column, level in COLUMNS.items():
        texts = []
        if profile.sheet_visibility >= level:
            shown = fields_at(profile, level)
            texts = [user.get_full_name()]
            for field in FIELDS:
                if field in shown:
                    texts += words_in(profile, field)
        setattr(profile, column, fold(" ".join(filter(None, texts))))


def keep_words(profiles):
    """Write the words of `profiles` (a queryset) as they now are; return the keys changed."""
    changed, batch = [], []
    rows = profiles.select_related("user", "organization", "territory")
    rows = rows.prefetch_related("themes", "languages").order_by("pk")
    for profile in rows.iterator(chunk_size=_CHUNK):
        before = [getattr(profile, name) for name in KEPT]
        set_words(profile)
        if before != [getattr(profile, name) for name in KEPT]:
            batch.append(profile)
            changed.append(profile.pk)
        if len(batch) >= _CHUNK:
            Profile.objects.bulk_update(batch, KEPT)
            batch = []
    if batch:
        Profile.objects.bulk_update(batch, KEPT)
    return changed
