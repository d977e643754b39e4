"""Processes of the site killed between the commit of a change and its settling.

Run in a process of its own over the database of DATABASE_URL: prints how often what a fresh
process reads differed from what is built anew, entry by entry.
"""

import json
import os
import random
import signal
import sys

from django.db import connections
from wagtail.models import Page

from network_site.catalogue import building, registry, state
from network_site.catalogue.columns import Columns, Lexicon, Row
from network_site.members.models import Profile
from network_site.pages.models import PageTheme
from network_site.taxonomies.models import Theme


def said(columns):
    """{(model, number): all that columns say of an entry}."""
    found = {}
    lexicon = columns.lexicon
    paths = dict(zip(columns.path_places.tolist(), columns.paths.tolist(), strict=True))
    for place in range(len(columns)):
        key = lexicon.models.values[columns.models[place]], int(columns.objects[place])
        found[key] = {
            "kind": lexicon.kinds.values[columns.kinds[place]],
            "path": paths[place],
            "title": columns.titles[place],
            "keys": {
                name: float(values[place])
                for name, values in columns.keys.items()
                if values[place] == values[place]
            },
            "facets": {},
        }
    names = list(found)
    for name, column in columns.facets.items():
        values = lexicon.facet(name).values
        for at, (owner, code) in enumerate(
            zip(column.owners, column.codes, strict=True)
        ):
            days = (
                ()
                if column.since is None
                else (int(column.since[at]), int(column.until[at]))
            )
            facets = found[names[owner]]["facets"]
            facets.setdefault(name, []).append((str(values[code]), *days))
    for one in found.values():
        one["facets"] = {name: sorted(many) for name, many in one["facets"].items()}
    return found


def read_anew():
    """What a process that has just started reads."""
    state.forget()
    return said(state.current().columns)


def built_anew():
    """What the objects themselves say, without a row of the catalogue."""
    rows = []
    for root in {source.root for source in registry.sources()}:
        numbers = {pk for one in registry.sources_of(root) for pk in one.ids()}
        for one in building.built(root, sorted(numbers)).values():
            rows.append(
                Row(
                    -1 - len(rows), one.kind, root, one.object_id,
                    one.is_live, one.path, one.as_data(), 0,
                )
            )  # fmt: skip
    return said(Columns(Lexicon()).replaced(rows, state.current().terms))


def change(dice):
    """Something that somebody writes: a title, a place, a term, a right."""
    pages = Page.objects.filter(
        pk__in=[
            pk for one in registry.sources_of("wagtailcore.page") for pk in one.ids()
        ]
    )
    page = dice.choice(list(pages.order_by("pk")))
    what = dice.randrange(5)
    if what == 0:
        Page.objects.filter(pk=page.pk).update(title=f"Titre {dice.random()}")
    elif what == 1:
        Page.objects.filter(pk=page.pk).update(live=not page.live)
    elif what == 2:
        theme = dice.choice(list(Theme.objects.order_by("pk")))
        PageTheme.objects.get_or_create(page_id=page.pk, theme=theme)
    elif what == 3:
        PageTheme.objects.filter(page_id=page.pk).delete()
    else:
        people = Profile.objects.approved().order_by("pk")
        person = dice.choice(list(people))
        people.filter(pk=person.pk).update(themes_visibility=dice.randrange(4))


def killed_at(point):
    """Have this process die where a settler may be cut off: before, amid or after its writing."""

    def die(*args, **kwargs):
        os.kill(os.getpid(), signal.SIGKILL)

    def dies_after(function):
        def call(*args, **kwargs):
            result = function(*args, **kwargs)
            die()
            return result

        return call

    if point == "web":
        die()
    elif point == "before":
        building.write = die
    else:
        building.write = dies_after(building.write)


def in_child(function):
    """Run `function` in a process of its own; return the signal that ended it, or 0."""
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            function()
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def main(times):
    dice = random.Random(7)
    killed = differed = 0
    for turn in range(times):
        point = ("web", "before", "after")[turn % 3]
        seed = dice.random()

        def work(point=point, seed=seed):
            mine = random.Random(seed)
            for _number in range(mine.randint(1, 3)):
                change(mine)
            killed_at(point)
            building.settle()

        killed += in_child(work) == signal.SIGKILL
        differed += read_anew() != built_anew()
    building.rebuild()
    differed += read_anew() != built_anew()
    json.dump({"killed": killed, "differed": differed}, sys.stdout)
