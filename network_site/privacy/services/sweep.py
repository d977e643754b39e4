"""The last pass of an erasure: every text of every table is read for the person's name.

What categories erase by themselves is gone by then. What is left are words: a contact under a
practice, a mention in a colleague's post, an old version of a page, an error report. Wherever
it is not a publication, the name becomes the signature and the address disappears.
"""

import json
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.models import Page

from network_site.catalogue.marks import touch, touch_many
from network_site.core.slugs import slug_of
from network_site.privacy.words import Words
from network_site.registries.personal_data import categories

CHUNK = 100
# Rows that hold what is still needed to end the erasure, or are erased by their category.
_LEFT_ALONE = {
    "accounts.User",
    "account.EmailAddress",
    "privacy.Departure",
    "contenttypes.ContentType",
    "sessions.Session",
    # It keeps no words, and refuses to be changed.
    "journal.Entry",
}


@dataclass
class Swept:
    """How many rows were cleared, and how many were left: publications, addresses of pages."""

    cleared: int = 0
    published: int = 0
    addresses: int = 0
    # Rows where the family name stands alone: it may be somebody else's.
    alone: int = 0


def sweep(leaving, *, address_gone=""):
    """Clear every text of the database of the words of `leaving`; return a Swept.

    Reads outside of transactions and writes a row at a time, so that nobody waits for it.
    Doing it again finds nothing more.
    """
    words = Words.of(leaving, address_gone)
    swept = Swept()
    if not words.addresses and not leaving.words:
        return swept
    published = _published_models()
    types = {
        content_type.pk
        for content_type in ContentType.objects.get_for_models(*published).values()
    }
    for model in apps.get_models():
        if model._meta.label in _LEFT_ALONE or model._meta.proxy:
            continue
        _sweep_model(model, words, swept, model in published, types)
    return swept


def _published_models():
    labels = {label for one in categories() for label in one.published_works}
    return [apps.get_model(label) for label in sorted(labels)]


def _fields(model):
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, (models.CharField, models.TextField, models.JSONField))
        and not field.is_relation
        and not field.choices
        and not field.primary_key
    ]


def _rows(model, fields, hints):
    """The rows that may hold one of the words, a few at a time."""
    rows = model._base_manager.order_by("pk")
    if hints:
        condition = Q()
        for number, field in enumerate(fields):
            name = field.attname
            if not isinstance(field, (models.CharField, models.TextField)):
                name = f"_text{number}"
                rows = rows.alias(**{name: Cast(field.attname, TextField())})
            elif type(field).get_internal_type(field) == "TextField":
                # A StreamField is asked as the text that it is kept as.
                name = f"_text{number}"
                rows = rows.alias(**{name: Cast(field.attname, TextField())})
            for hint in hints:
                condition |= Q(**{f"{name}__icontains": hint})
        rows = rows.filter(condition)
    last = None
    while True:
        chunk = list((rows.filter(pk__gt=last) if last is not None else rows)[:CHUNK])
        yield from chunk
        if len(chunk) < CHUNK:
            return
        last = chunk[-1].pk


def _sweep_model(model, words, swept, is_published, published_types):
    fields = _fields(model)
    if not fields:
        return
    for row in _rows(model, fields, words.hints):
        changes, has_alone = {}, False
        is_kept = is_published or (
            getattr(row, "content_type_id", None) in published_types
        )
        for field in fields:
            old = field.value_from_object(row)
            new = _cleared(field, old, words)
            has_alone = has_alone or words.family_name_in(
                new if isinstance(new, str) else json.dumps(new, ensure_ascii=False)
            )
            if new is old or new == old:
                continue
            if field.unique and isinstance(field, models.EmailField):
                new = f"parti-{row.pk}@compte-ferme.invalid"
            if isinstance(field, models.SlugField) or field.name == "url_path":
                if field.unique or issubclass(model, Page):
                    swept.addresses += 1
                    continue
                new = slug_of(new, longest=field.max_length)
            changes[field.attname] = new
        swept.alone += has_alone and not is_kept
        if not changes:
            continue
        if is_kept:
            swept.published += 1
            continue
        with transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**changes)
            _say_changed(row)
        swept.cleared += 1


def _cleared(field, value, words):
    if isinstance(field, models.JSONField):
        return words.cleared_json(value)
    if not isinstance(value, str):
        # A StreamField: its raw form is what JSON keeps.
        raw = field.get_prep_value(value)
        new = words.cleared_json(raw) if isinstance(raw, str) else raw
        return value if new == raw else new
    if isinstance(field, (models.EmailField, models.URLField)):
        return "" if words.found_in(value) else value
    new = words.cleared_json(value)
    limit = field.max_length
    return new if not limit else new[:limit]


def _say_changed(row):
    """The index and the pages kept in memory forget what the row said."""
    page = next(
        (
            field
            for field in row._meta.concrete_fields
            if field.name == "page" and field.is_relation
        ),
        None,
    )
    if isinstance(row, Page):
        touch(row)
    elif page is not None and issubclass(page.related_model, Page):
        if getattr(row, "page_id", None):
            touch_many(Page, [row.page_id])
    elif getattr(row, "thread_id", None):
        touch_many(row._meta.get_field("thread").related_model, [row.thread_id])
    elif row._meta.label in _indexed_labels():
        touch(row)


def _indexed_labels():
    return {"forums.Thread", "members.Organization", "members.ContactPoint"} | {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in {"site_media", "taxonomies"}
    }
