"""Who may open a file follows from what it belongs to: each app says it of its models.

`<app>/media_owners.py` registers, for a model that may hold a file or an image, the
question "does `user` see at least one of these objects?":

    @owner("wagtailcore.Page")
    def sees_a_page(user, pks): ...

What holds a file is read from the foreign keys of the database at each question: what takes a
file off its page closes it in the same transaction. A row that is part of a page (a file in its
list) stands for the page.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef
from django.utils.module_loading import autodiscover_modules
from modelcluster.fields import ParentalKey

from network_site.core.relations import relations_to

_owners: dict[str, Callable] = {}


def owner(label):
    """Register the decorated function for the model `label` ("app.Model")."""

    def register(function):
        _owners[label.lower()] = function
        return function

    return register


def holders_of(item):
    """{model: {primary keys}} of the objects that hold a file or an image.

    What is made from an image (its other sizes) and the marks put on it (tags) hold nothing.
    """
    found = defaultdict(set)
    for model, field in _relations(type(item)):
        holder, name = _whole(model)
        rows = model._base_manager.filter(**{field.name: item})
        found[holder].update(rows.values_list(name, flat=True))
    return {model: pks for model, pks in found.items() if pks}


def _whole(model):
    """(what `model` is a part of, the column of `model` that names it)."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ParentalKey):
            return field.remote_field.model, field.attname
    return model, "pk"


def _relations(model):
    made = getattr(model, "get_rendition_model", lambda: None)()
    return [
        (holder, field)
        for holder, field in relations_to(model)
        if not holder._meta.auto_created and holder is not made
    ]


def is_held(item):
    """Whether anything holds the file."""
    return bool(holders_of(item))


def held(items):
    """Those of the queryset `items` that something holds."""
    return items.filter(
        reduce(
            or_,
            (
                Exists(model._base_manager.filter(**{field.name: OuterRef("pk")}))
                for model, field in _relations(items.model)
            ),
        )
    )


def sees_any(user, model, pks):
    """Whether `user` sees one of the objects; a model nobody answers for shows nothing."""
    for one in model.__mro__:
        label = getattr(getattr(one, "_meta", None), "label_lower", None)
        if label in _owners:
            return _owners[label](user, pks)
    return False


def discover():
    """Load every app's answers, once, when the apps are ready."""
    autodiscover_modules("media_owners")
