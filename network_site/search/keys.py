"""How the index names an object."""

from modelsearch.backends.base import get_model_root


def object_key(obj) -> str:
    """ "label.model:pk", of the root model: a page has one key whatever its type."""
    return key_of(type(obj), obj.pk)


def key_of(model, pk) -> str:
    """The key of the row `pk` of a model."""
    return f"{get_model_root(model)._meta.label_lower}:{pk}"
