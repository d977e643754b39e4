"""Who may open a file follows from what it belongs to: each app says it of its models.

`<app>/media_owners.py` registers, for a model that may hold a file or an image, the
question "does `user` see at least one of these objects?":

    @owner("wagtailcore.Page")
    def sees_a_page(user, pks): ...

Wagtail's index of references says which objects hold a file. A model that is not in that
index answers for the file itself:

    @holder
    def shows_it(user, item): ...
"""

from collections.abc import Callable

from django.utils.module_loading import autodiscover_modules

_owners: dict[str, Callable] = {}
_holders: list[Callable] = []


def owner(label):
    """Register the decorated function for the model `label` ("app.Model")."""

    def register(function):
        _owners[label.lower()] = function
        return function

    return register


def holder(function):
    """Register a function (user, item) that says whether `user` sees `item` somewhere."""
    _holders.append(function)
    return function


def is_held(user, item):
    """Whether a registered holder shows `item` to `user`."""
    return any(shows(user, item) for shows in _holders)


def sees_any(user, label, pks):
    """Whether `user` sees one of the objects; a model nobody answers for shows nothing."""
    question = _owners.get(label.lower())
    return bool(question and question(user, pks))


def discover():
    """Load every app's answers, once, when the apps are ready."""
    autodiscover_modules("media_owners")
