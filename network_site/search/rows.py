"""The admin's rows: the `search_fields` of Wagtail's models as fields of the index.

`f_<name>` holds a searched field, `a_<name>` one that is found by its first letters;
those of a related object are joined with two underscores.
"""

from django.db import models
from modelsearch.backends.base import get_model_root
from modelsearch.index import (
    AutocompleteField,
    RelatedFields,
    SearchField,
    get_indexed_models,
)

from network_site.search.engine import PartDocument
from network_site.search.text import plain_text

SEARCHED, STARTED = "f_", "a_"


def walk(search_fields, prefix=""):
    """Yield (kind, path of search fields, flat name), related fields flattened."""
    for field in search_fields:
        name = prefix + field.field_name
        if isinstance(field, RelatedFields):
            for kind, path, inner in walk(field.fields, name + "__"):
                yield kind, [field, *path], inner
        elif isinstance(field, SearchField):
            yield SEARCHED, [field], name
        elif isinstance(field, AutocompleteField):
            yield STARTED, [field], name


def field_names() -> tuple[str, ...]:
    """The fields that the models of this site need."""
    names = {
        kind + name
        for model in get_indexed_models()
        for kind, _, name in walk(model.get_search_fields())
    }
    return tuple(sorted(names))


def _values(obj, path):
    head, *rest = path
    value = head.get_value(obj)
    if not rest:
        return [plain_text(value)]
    if value is None:
        return []
    related = value.all() if hasattr(value, "all") else [value]
    return [text for item in related for text in _values(item, rest)]


def labels(model):
    """The models that a row of `model` is also a row of."""
    return [
        cls._meta.label_lower
        for cls in model.__mro__
        if issubclass(cls, models.Model)
        and hasattr(cls, "_meta")
        and not cls._meta.abstract
    ]


def row_key(obj) -> str:
    """The key of an admin's row: it has other readers than the object's parts."""
    return f"row/{get_model_root(type(obj))._meta.label_lower}:{obj.pk}"


def row_document(obj) -> PartDocument:
    """The document of a row of the admin."""
    fields = {}
    for kind, path, name in walk(type(obj).get_search_fields()):
        text = "\n".join(filter(None, _values(obj, path))).strip()
        if text:
            known = fields.get(kind + name)
            fields[kind + name] = f"{known}\n{text}" if known else text
    return PartDocument(
        object_key=row_key(obj),
        part="row",
        family="row",
        models=labels(type(obj)),
        row_fields=fields,
    )
