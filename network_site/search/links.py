"""Objects of the index as links: the second lock, for what is offered beside the results.

The words come from the index, the right to see them from the database: each source's own
rule is asked again, so that a change of rights hides a name before the index knows of it.
"""

from dataclasses import dataclass

import numpy as np
from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from network_site.pages.visibility import visible_page_filter
from network_site.registries import search as registry
from network_site.registries.search import Kind
from network_site.taxonomies.models import Programme, Theme

KIND_WORDS = {
    Kind.TEXTE: pgettext_lazy("one result", "text or study"),
    Kind.PRATIQUE: pgettext_lazy("one result", "practice"),
    Kind.JOURNEE: pgettext_lazy("one result", "exchange day"),
    Kind.DISCUSSION: pgettext_lazy("one result", "discussion"),
    Kind.ORGANISATION: pgettext_lazy("one result", "organisation"),
    Kind.PERSONNE: pgettext_lazy("one result", "person"),
    Kind.TERRITOIRE: pgettext_lazy("one result", "territory"),
    Kind.PAGE: pgettext_lazy("one result", "page"),
}
# Terms whose page is of the kind "page" but which have a mark and a name of their own.
TERMS = {Theme: ("theme", _("theme")), Programme: ("programme", _("programme"))}


@dataclass(frozen=True)
class Link:
    """An object that the reader may open."""

    title: str
    url: str
    mark: str
    kind_label: str


def identity_of(snapshot, number, with_text=False) -> tuple:
    """(label of the model, pk, title) of an object of the index, by its place in it.

    `with_text`: and the words of the part that carries its card.
    """
    rank = int(np.searchsorted(snapshot.object_offsets, number, side="right")) - 1
    segment = snapshot.segments[rank]
    first = int(snapshot.firsts[number]) - snapshot.part_offsets[rank]
    record = segment.stored(first)
    key = segment.keys[int(number) - snapshot.object_offsets[rank]]
    found = record.model, key.rpartition(":")[2], record.title
    return (*found, record.text) if with_text else found


def links_of(named, user) -> dict:
    """{(label, pk): Link} of the objects that `user` may see.

    `named` is {(label of the model, pk as text): title in the index}. One query for the
    pages, one for each other model.
    """
    links = {}
    pages, others = {}, {}
    for label, pk in named:
        model = apps.get_model(label)
        source = registry.source_for(model)
        if issubclass(model, Page):
            pages[int(pk)] = label, source
        elif source is not None:
            others.setdefault(label, (source, []))[1].append(pk)
    if pages:
        rows = Page.objects.filter(visible_page_filter(user), pk__in=pages)
        for page in rows.only("pk", "title", "url_path", "locale_id", "live"):
            label, source = pages[page.pk]
            key = label, str(page.pk)
            links[key] = _link(source, named[key] or page.title, page.url)
    for label, (source, pks) in others.items():
        rows = source.visible_queryset(user).filter(pk__in=pks)
        for obj in rows.prefetch_related(None):
            title = getattr(obj, "label", "") or source.title(obj)
            key = label, str(obj.pk)
            links[key] = _link(source, str(title), source.url(obj))
    return {key: links[key] for key in named if key in links}


def _link(source, title, url):
    kind = source.kind if source else Kind.PAGE
    model = source.model if source else Page
    mark, words = TERMS.get(model, (kind.value, KIND_WORDS[kind]))
    return Link(title=title, url=url or "", mark=mark, kind_label=str(words))
