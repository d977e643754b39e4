"""Moving every link from one row to another: found by introspection, so that none is forgotten.

What names a row otherwise than by a foreign key is moved by who wrote it: the app registers

    @moves
    def followers(kept, absorbed): ...

in its `merging.py`, which is loaded once when the apps are ready.
"""

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import autodiscover_modules
from wagtail.models import ReferenceIndex, Revision

from network_site.core.relations import relations_to

_movers: dict[str, list[Callable]] = {}


def moves(label):
    """Register a function (kept, absorbed) for the model `label` ("members.organization")."""

    def register(function):
        _movers.setdefault(label, []).append(function)
        return function

    return register


def discover():
    """Load every app's `merging.py`."""
    autodiscover_modules("merging")


def move_links(kept, absorbed):
    """Point to `kept` all that points to `absorbed`, in the caller's transaction.

    A row that `kept` has already (same delegate, same theme) is dropped. Returns
    {model label: [primary keys moved]}.
    """
    model = type(kept)
    moved = {}
    for holder, field in relations_to(model):
        keys = _move(holder, field, kept, absorbed)
        if keys:
            moved.setdefault(holder._meta.label_lower, []).extend(keys)
        _move_in_drafts(holder, field, kept, absorbed)
    for mover in _movers.get(model._meta.label_lower, ()):
        mover(kept, absorbed)
    _move_references(model, kept, absorbed)
    return moved


def _move(holder, field, kept, absorbed):
    rows = holder._base_manager.filter(**{field.name: absorbed})
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return []
    if not _is_in_a_key(holder, field):
        rows.update(**{field.name: kept})
        return keys
    moved = []
    for key in keys:
        row = holder._base_manager.filter(pk=key)
        try:
            with transaction.atomic():
                row.update(**{field.name: kept})
        except IntegrityError:
            if hasattr(holder, "latest_revision"):
                # A page is never dropped for being the second of its kind.
                raise
            row.delete()
        else:
            moved.append(key)
    return moved


def _is_in_a_key(holder, field):
    """Whether two rows of `holder` may not say the same of `field`."""
    if field.unique:
        return True
    meta = holder._meta
    unique = [fields for fields in meta.unique_together if field.name in fields]
    return bool(unique) or any(
        isinstance(one, models.UniqueConstraint) and field.name in one.fields
        for one in meta.constraints
    )


def _move_in_drafts(holder, field, kept, absorbed):
    """The drafts and former versions of a page name the row too: they must open afterwards."""
    if not hasattr(holder, "latest_revision"):
        return
    types = [
        one.pk
        for one in ContentType.objects.get_for_models(
            *[holder, *_below(holder)], for_concrete_models=False
        ).values()
    ]
    revisions = Revision.objects.filter(
        content_type__in=types, **{f"content__{field.name}": absorbed.pk}
    )
    for revision in revisions.iterator(chunk_size=100):
        revision.content[field.name] = kept.pk
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def _below(model):
    found = []
    for child in model.__subclasses__():
        if not child._meta.abstract:
            found += [child, *_below(child)]
    return found


def _move_references(model, kept, absorbed):
    """Wagtail's index of references is kept by saves: what moved here is written there."""
    content_type = ContentType.objects.get_for_model(model)
    ReferenceIndex.objects.filter(
        to_content_type=content_type, to_object_id=str(absorbed.pk)
    ).update(to_object_id=str(kept.pk))
    ReferenceIndex.objects.filter(
        base_content_type=content_type, object_id=str(absorbed.pk)
    ).delete()
