"""Saying that objects changed: what is kept of them is written anew, and nobody is told.

What happened is said by `core.outbox.emit("registration.confirmed", …)`; somebody may get a mail
of it. `touch(page)` says only that words of the index and pages drawn before are no longer
true. The entries of the catalogue need neither: triggers mark them (decision 0016).
"""

from network_site.core.outbox import emit, emit_many

CHANGED, GONE = "object.changed", "object.deleted"


def touch(*objects):
    """Mark `objects` as changed, in the transaction that changes them."""
    emit_many(CHANGED, [_named(one) for one in objects])


def touch_many(model, numbers):
    """The same for the objects of a model with these primary keys."""
    label = _root_of(model)._meta.label_lower
    emit_many(CHANGED, [{"model": label, "pk": number} for number in numbers])


def touch_gone(model, number):
    """Say that an object is no longer there, in the transaction that deletes it."""
    emit(GONE, model=_root_of(model)._meta.label_lower, pk=number)


def _named(one):
    return {"model": _root_of(type(one))._meta.label_lower, "pk": one.pk}


def _root_of(model):
    """The model whose rows are numbered: "wagtailcore.page" for any page."""
    parents = model._meta.get_parent_list()
    return parents[-1] if parents else model._meta.concrete_model
