"""What is written to the index: the parts of each source and the admin's own rows.

Everything is read from the database when it is written: an update names objects, never
their content, so that it may be repeated and come late.
"""

import logging
from contextlib import suppress
from datetime import datetime

import numpy as np
from django.apps import apps
from django.utils import timezone
from django.utils.functional import cached_property
from modelsearch.backends.base import get_model_root
from modelsearch.index import class_is_indexed, get_indexed_models
from wagtail.models import Page

from network_site.media.models import SiteDocument
from network_site.media.owners import holders_of
from network_site.registries import search as registry
from network_site.search import pending, rows
from network_site.search.engine import IndexUnavailable, PartDocument
from network_site.search.keys import key_of, object_key
from network_site.search.stores import get_store
from network_site.search.text import page_texts, plain_text
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme

logger = logging.getLogger(__name__)

CHUNK = 200


class Broader:
    """Slugs of terms and of all that is broader, the vocabularies read once.

    A reader who asks for employment finds what is filed under apprenticeship, one who
    asks for a région what happens in its communes.
    """

    @cached_property
    def _theme_rows(self):
        return {theme.path: theme for theme in Theme.objects.all()}

    @cached_property
    def _containers(self):
        kinds = (TerritoryKind.REGION, TerritoryKind.DEPARTMENT)
        return {
            territory.pk: territory
            for territory in Territory.objects.filter(kind__in=kinds)
        }

    def themes(self, themes):
        """The themes and those above them, each once."""
        found = {}
        for theme in themes:
            for length in range(len(theme.path), 0, -Theme.steplen):
                above = self._theme_rows.get(theme.path[:length])
                if above is not None:
                    found[above.slug] = above
        return list(found.values())

    def territories(self, territories):
        """The territories and those above them, each once."""
        found = {}
        for territory in territories:
            while territory is not None and territory.slug not in found:
                found[territory.slug] = territory
                parent = territory.parent_id
                if parent is None:
                    break
                territory = self._containers.get(parent) or territory.parent
        return list(found.values())


def part_documents(source, obj, broader) -> list[PartDocument]:
    """The documents of an object, the part that carries its card first."""
    documents = []
    parts = list(source.parts(obj))
    if not parts:
        return documents
    key = object_key(obj)
    themes = broader.themes(source.themes(obj))
    territories = broader.territories(source.territories(obj))
    shared = {
        "kind": str(source.kind.value),
        "marks": list(source.marks(obj)),
        "themes": [theme.slug for theme in themes],
        "territories": [territory.slug for territory in territories],
        "day": _as_date(source.date(obj)),
        "models": [obj._meta.label_lower],
    }
    for part in parts:
        title = plain_text(part.title)
        references = [plain_text(str(text)) for text in part.references if text]
        aliases, replaces, labels = [], [], []
        if not documents:
            title = title or plain_text(source.title(obj))
            aliases = [plain_text(str(text)) for text in source.aliases(obj) if text]
            references += [
                plain_text(str(text)) for text in source.references(obj) if text
            ]
            replaces = [key_of(type(obj), pk) for pk in source.replaces(obj)]
            labels = _labels(themes, territories, source.labels(obj))
        documents.append(
            PartDocument(
                object_key=key,
                part=part.name,
                title=title,
                text=_text_of(part),
                label=part.label,
                url=part.url,
                of=object_key(part.of) if part.of is not None else "",
                pages=page_texts(part.pages),
                tokens=part.readers,
                references=references,
                aliases=aliases,
                replaces=replaces,
                labels=labels,
                **shared,
            )
        )
    return documents


def _labels(themes, territories, others):
    """The words by which what is filed under these terms is found as well."""
    labels = [
        label
        for theme in themes
        for label in (theme.name, theme.name_en, *theme.alt_labels)
    ]
    labels += [territory.name for territory in territories]
    return [plain_text(label) for label in (*labels, *others) if label]


def _text_of(part):
    """The words of a part; those of a file are not a notation, its name is one of them."""
    if part.label:
        return "\n".join(filter(None, [part.label, part.text.strip()]))
    # A form feed is between the pages of a file, and nowhere else.
    return plain_text(part.text).replace("\f", " ")


def documents_of(obj, broader=None) -> dict[str, list[PartDocument]]:
    """Everything that the index holds about an object, by key."""
    key = object_key(obj)
    source = registry.source_for(type(obj))
    is_row = class_is_indexed(type(obj))
    return {
        key: part_documents(source, obj, broader or Broader()) if source else [],
        rows.row_key(obj): [rows.row_document(obj)] if is_row else [],
    }


def indexed_models():
    """The root models that have something in the index, in a steady order."""
    models = [source.model for source in registry.sources()] + get_indexed_models()
    return list(dict.fromkeys(get_model_root(model) for model in models))


def objects_named(model, pks):
    """Rows of a root model, each in its most specific class, with its prefetches."""
    if issubclass(model, Page):
        by_class = {}
        for page in Page.objects.filter(pk__in=pks).only("pk", "content_type"):
            by_class.setdefault(page.specific_class or Page, []).append(page.pk)
        for cls, numbers in by_class.items():
            yield from _rows(cls, numbers)
    else:
        yield from _rows(model, pks)


def _rows(model, pks):
    source = registry.source_for(model)
    found = set()
    if source is not None and source.model is model:
        for obj in source.queryset().filter(pk__in=pks):
            found.add(obj.pk)
            yield obj
    # What the source leaves out (a draft) may still be a row of the admin.
    rest = [pk for pk in pks if pk not in found]
    if rest and class_is_indexed(model):
        yield from model._default_manager.filter(pk__in=rest)


def read_again(keys) -> dict[str, list[PartDocument]]:
    """The documents of the objects named by `keys` as they are now; gone ones are empty."""
    wanted = {}
    documents = {}
    broader = Broader()
    for key in keys:
        key = key.removeprefix("row/")
        documents[key] = documents[f"row/{key}"] = []
        label, _, pk = key.rpartition(":")
        wanted.setdefault(label, []).append(pk)
    for label, pks in wanted.items():
        model = apps.get_model(label)
        pks = [model._meta.pk.to_python(pk) for pk in pks]
        for obj in objects_named(model, pks):
            documents.update(documents_of(obj, broader))
    return documents


def update(keys):
    """Write the objects named by `keys` as they are now; remove those that are gone.

    Without an index there is nothing to do: the rebuild reads the database. When an
    object cannot be read the others are written all the same, then its error is raised.
    """
    keys = list(dict.fromkeys(keys))
    store = get_store()
    store.note_for_rebuild(keys)
    errors = []
    try:
        for start in range(0, len(keys), CHUNK):
            store.check()
            store.replace(_readable(keys[start : start + CHUNK], errors))
    except IndexUnavailable as error:
        logger.info("Search index not updated (%s): a rebuild will do it", error)
    if errors:
        raise errors[0]


def owners_of_files(keys):
    """The keys of the objects that show the files among `keys`: in the index, or by now."""
    label = SiteDocument._meta.label_lower
    files = {key for key in keys if key.rpartition(":")[0] == label}
    if not files:
        return []
    found = {
        key_of(model, pk): None
        for key in files
        for model, pks in holders_of(SiteDocument(pk=key.rpartition(":")[2])).items()
        for pk in pks
    }
    with suppress(IndexUnavailable):
        snapshot = get_store().snapshot()
        parts, of = snapshot.parts_with("of")
        owners = snapshot.owners[parts[[one in files for one in of]]]
        found |= dict.fromkeys(snapshot.keys_of(np.unique(owners)))
    return [key for key in found if key not in keys]


def _readable(keys, errors):
    """The documents of `keys` but of those that cannot be read, whose errors are kept."""
    try:
        return read_again(keys)
    except Exception:  # noqa: BLE001 - one by one, to find which
        documents = {}
    for key in keys:
        try:
            documents.update(read_again([key]))
        except Exception as error:
            logger.exception("Search: %s cannot be indexed", key)
            errors.append(error)
    return documents


def rebuild(progress=None) -> int:
    """Write the whole index anew beside the one being served; return what it holds.

    `progress(done, total)` is called now and then; the store says how far it is.
    """
    roots = indexed_models()
    numbers = {
        model: list(model._default_manager.order_by("pk").values_list("pk", flat=True))
        for model in roots
    }
    total = sum(map(len, numbers.values()))

    def everything():
        done = 0
        broader = Broader()
        for model, pks in numbers.items():
            for start in range(0, len(pks), CHUNK):
                chunk = pks[start : start + CHUNK]
                for obj in objects_named(model, chunk):
                    yield from _documents_or_none(obj, broader).items()
                done += len(chunk)
                store.note_progress(done, total)
                if progress:
                    progress(done, total)

    store = get_store()
    known = pending.last_given_up()
    store.rebuild(everything(), read_again=read_again)
    pending.settle(until=known)
    return total


def _documents_or_none(obj, broader):
    """The documents of `obj`; one that cannot be read must not stop a rebuild."""
    try:
        return documents_of(obj, broader)
    except Exception:
        logger.exception("Search: %s cannot be indexed", object_key(obj))
        return {}


def _as_date(value):
    """The local day of a date or a moment."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value
