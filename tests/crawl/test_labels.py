"""Every label of every object of the founding content is text, in both languages."""

import ast
import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation
from django.utils.functional import Promise, cached_property

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ("network_site", "library", "good_practices", "events", "forums")
# What acts, or answers to something else than a reader.
NOT_LABELS = frozenset(
    ["clean", "full_clean", "minimal_clean", "check_publishable", "save", "delete"]
)
# The country's 1,900 places are alike.
MOST_ROWS = 60


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith(OURS)]


def readable_members(model):
    """Names of the properties and of the methods without arguments that we wrote."""
    for name in dir(model):
        owner = next((one for one in model.__mro__ if name in vars(one)), None)
        if name.startswith("_") or name in NOT_LABELS or owner is None:
            continue
        member = vars(owner)[name]
        if name.startswith("get_") and name.endswith("_display"):
            yield name
        elif not owner.__module__.startswith(OURS):
            continue
        elif isinstance(member, property | cached_property):
            yield name
        elif inspect.isfunction(member):
            parameters = list(inspect.signature(member).parameters.values())[1:]
            if all(one.default is not one.empty for one in parameters):
                yield name


def labels_that_are_no_text(row, names):
    """(name, what came) of each member that gives a sentence not yet in any language."""
    if type(str(row)) is not str:
        yield "__str__", str(row)
    for name in names:
        value = getattr(row, name)
        value = value() if callable(value) else value
        parts = value.values() if isinstance(value, dict) else [value]
        if isinstance(value, list | tuple):
            parts = value
        for part in parts:
            if isinstance(part, Promise):
                yield name, repr(part)


@pytest.mark.django_db
@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_label_of_the_founding_content_is_text(founding_content, language):
    wrong, seen = [], set()
    with translation.override(language):
        for model in our_models():
            names = list(readable_members(model))
            for row in model._default_manager.all()[:MOST_ROWS]:
                seen.add(model)
                for name, value in labels_that_are_no_text(row, names):
                    wrong.append(f"{model._meta.label}.{name} of {row.pk}: {value}")
            model._meta.verbose_name.upper()
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 50


def test_models_translate_at_once_inside_their_methods():
    """A lazy sentence is for what is written once, when the module is read.

    Returned from a method it is joined, sorted or kept by somebody who expects text:
    `", ".join([lazy])` answered 500 on two pages.
    """
    wrong = []
    for root in OURS:
        for path in (ROOT / root).rglob("*.py"):
            if path.name != "models.py" and path.parent.name != "models":
                continue
            tree = ast.parse(path.read_text())
            lazy = {
                alias.asname or alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom)
                and node.module == "django.utils.translation"
                for alias in node.names
                if alias.name.endswith("_lazy")
            }
            wrong += [
                f"{path.relative_to(ROOT)}:{call.lineno}"
                for function in ast.walk(tree)
                if isinstance(function, ast.FunctionDef | ast.Lambda)
                for call in ast.walk(function)
                if isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id in lazy
            ]
    assert not wrong, f"gettext, not its lazy sister: {wrong}"
