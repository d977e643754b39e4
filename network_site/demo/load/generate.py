"""The steps of a load, in the order in which they rest on one another."""

import time
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from wagtail.signal_handlers import disable_reference_index_auto_update

from network_site.catalogue import building
from network_site.catalogue.models import Mark
from network_site.core.models import OutboxEntry
from network_site.demo import loader
from network_site.demo.load import contents, discussions, people
from network_site.demo.load.chance import Chance
from network_site.demo.load.sizes import Sizes
from network_site.demo.load.words import Writer
from network_site.search import indexing
from network_site.taxonomies.models import (
    Ground,
    Programme,
    TargetGroup,
    Territory,
    Theme,
)

STEPS = (
    ("Organisations", people.organisations),
    ("Members", people.members),
    ("Library", contents.library),
    ("Practices", contents.practices),
    ("Exchange days", contents.days),
    ("Discussion spaces", discussions.forums),
    ("Threads and posts", discussions.threads),
    ("What was told of them", discussions.told),
)


@dataclass
class Load:
    """What the steps share; each fills in what the following ones rest on."""

    sizes: Sizes
    chance: Chance
    say_part: object
    themes: object = None
    theme_by_key: dict = field(default_factory=dict)
    territories: object = None
    grounds: object = None
    publics: object = None
    programmes: object = None
    writer: Writer = None

    def read_terms(self):
        """The vocabularies, those of the founding content before what was added to them."""
        chance = self.chance
        themes = list(Theme.objects.order_by("pk"))
        self.theme_by_key = {theme.pk: theme for theme in themes}
        self.themes = chance.tail(themes, is_shuffled=True)
        self.grounds = chance.tail(Ground.objects.order_by("pk"), is_shuffled=True)
        self.publics = chance.tail(TargetGroup.objects.order_by("pk"))
        self.programmes = chance.tail(Programme.objects.order_by("pk"))
        places = Territory.objects.order_by("-population", "pk")
        large = [place for place in places if place.kind != "epci"]
        self.territories = chance.tail(
            [*large, *(place for place in places if place.kind == "epci")], 0.8
        )
        self.writer = Writer(
            chance, [place.name for place in large if place.kind == "commune"]
        )


def is_generated():
    """Whether a load is there already."""
    return get_user_model().objects.filter(email__endswith=f"@{people.DOMAIN}").exists()


def generate(
    *, scale, seed, say=lambda words: None, say_part=lambda *_: None, now=None
):
    """Make the network, whole or not at all; return the Sizes, or None when one is there.

    The same `seed` makes the same contents; dates count from `now`. The founding content is
    loaded first where it is missing. `say` is told each step, `say_part` how far a long one
    is (done, total). No mail leaves, nothing is announced to anybody.
    """
    if is_generated():
        return None
    with translation.override("fr"):
        if not loader.is_loaded():
            say("Founding content")
            loader.load()
        load = make_rows(
            Load(Sizes.at(scale), Chance(seed, now or timezone.now()), say_part), say
        )
        say("Catalogue")
        rebuild_catalogue(say_part)
        say("Search index")
        indexing.rebuild(_now_and_then(say_part))
    return load.sizes


@transaction.atomic
def make_rows(load, say=lambda words: None):
    """Write all rows of `load` but those of the catalogue and the search index; return it."""
    with disable_reference_index_auto_update():
        before = OutboxEntry.objects.aggregate(last=Max("pk"))["last"] or 0
        load.read_terms()
        for words, step in STEPS:
            say(words)
            step(load)
        # What is read again as a whole is not to be read again one by one.
        OutboxEntry.objects.filter(pk__gt=before).update(handled_at=load.chance.now)
    return load


def rebuild_catalogue(say_part=lambda *_: None):
    """Write every entry; the marks that stood before then say nothing new."""
    last = Mark.objects.aggregate(last=Max("pk"))["last"] or 0
    building.rebuild(say_part)
    Mark.objects.filter(pk__lte=last).delete()


def _now_and_then(say_part):
    said = [0.0]

    def say(done, total):
        if time.monotonic() - said[0] > 1:
            said[0] = time.monotonic()
            say_part(done, total)

    return say
