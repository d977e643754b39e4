"""A page meets its view: the view says which pages it serves, and models know no views.

    @serves(EventPage)
    @shared_by_readers
    def event_detail(request, event): ...   # in the space's views.py

BasePage.serve asks here. The module `views` of the page's app is read at the first page that is
asked for, so that commands and the worker do not load what they never show.
"""

from collections.abc import Callable
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

_views: dict[type, Callable] = {}
_previews: dict[type, Callable] = {}


def serves(*models):
    """Register `view(request, page)` for these types of pages and those that inherit them."""
    return _registered(_views, models)


def previews(*models):
    """Register `view(request, page, mode)` for the drafts of pages with modes of their own.

    The drafts of other pages are served as the pages are.
    """
    return _registered(_previews, models)


def view_of(model):
    """The view of a type of page, or of its nearest ancestor; None where nobody serves it."""
    return _nearest(_views, model)


def preview_of(model):
    """The view of a type's drafts; None where they are served as the pages are."""
    return _nearest(_previews, model)


def _registered(registry, models):
    def register(view):
        for model in models:
            known = registry.setdefault(model, view)
            if known.__module__ != view.__module__ or known.__name__ != view.__name__:
                raise ValueError(f"{model.__name__} has two views.")
        return view

    return register


def _nearest(registry, model):
    for cls in model.__mro__:
        label = cls._meta.app_label if hasattr(cls, "_meta") else None
        if label is not None:
            _load_views(label)
        if cls in registry:
            return registry[cls]
    return None


def _load_views(app_label):
    module = apps.get_app_config(app_label).module
    if module_has_submodule(module, "views"):
        import_module(f"{module.__name__}.views")
