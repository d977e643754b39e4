"""What points to a model: found by introspection, so that no table is forgotten."""

from django.db import models


def relations_to(model):
    """Every foreign key to `model`, as (model that holds it, field): M2M tables included."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if (
            relation.auto_created
            and not relation.concrete
            and (relation.one_to_many or relation.one_to_one)
        ):
            holder, field = relation.related_model, relation.field
            if not holder._meta.proxy and isinstance(field, models.ForeignKey):
                found.append((holder, field))
    return sorted(found, key=lambda one: (one[0]._meta.label, one[1].name))
