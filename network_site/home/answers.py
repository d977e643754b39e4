"""The page that answers: what (words or a theme) and where (a place), for one reader.

Texts first, those in force before the others; practices here, then nearer and farther; whom to
write to; the next day; an open question. Where nothing has all the words, what is nearest,
with the reason said. All of it is asked of one catalogue: rights are its gates, and each row
is asked of its model again (`shown`).
"""

from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.catalogue_source import DAY
from events.day_listing import ARE_COMING, SOONEST
from events.models import EventPage
from forums.catalogue_source import THREAD
from forums.enums import ThreadState
from forums.models import Thread
from good_practices.catalogue_source import PRACTICE
from good_practices.models import GoodPracticePage
from library.cards import current_statuses, status_badge_of
from library.catalogue_source import STUDY, TEXT
from library.enums import StatusGroup
from library.models import RecordPage
from network_site.catalogue import Catalogue, Filter
from network_site.catalogue.asking import RELEVANCE
from network_site.catalogue.listing import shown
from network_site.catalogue.registry import WordsUnavailable
from network_site.crossings import items
from network_site.home import places

LONGEST = 200
# Of what is only near.
MOST_ELSEWHERE = 3
MOST_TEXTS, MOST_STUDIES, MOST_PRACTICES = 6, 4, 8
# Fewer practices than this with all the words are completed by those that have some.
FEW_PRACTICES = 3
MOST_THEMES = 3
# A theme that answers this much less than the best one says something else.
CLOSE_ENOUGH = 0.5
THEME_MODEL = "taxonomies.theme"
UNANSWERED = Filter("thread_state", [ThreadState.UNANSWERED.value])
# In force, then what nobody has checked, then what ended: never one for the other.
STANDINGS = (
    (StatusGroup.IN_FORCE,),
    (StatusGroup.NOT_CHECKED, StatusGroup.DOUBTFUL),
    (StatusGroup.ENDED,),
)
# How what is shown answers.
ALL_OF_IT, SOME_WORDS, SAME_THEME, BROADER, ELSEWHERE = (
    *("all", "some", "theme", "broader", "elsewhere"),
)


@dataclass
class Lines:
    """Lines under one heading; `note` says why they are there, when it is not plain."""

    title: str = ""
    rows: list = field(default_factory=list)
    note: str = ""


class Answer:
    """What the network holds for the words `what` (or the Theme `theme`), at `where`.

    `where` is what was typed; `place` a term of the vocabulary of territories instead.
    """

    def __init__(self, request, *, what="", where="", theme=None, place=None):
        self.request, self.user = request, request.user
        self.catalogue = Catalogue(self.user)
        self.what = " ".join(what.replace("\x00", "").split())[:LONGEST]
        self.theme = theme
        territories = self.catalogue.terms("territory")
        self.territories = territories
        if place is not None:
            self.place = places.Place(place.name, territories.by_pk.get(place.pk))
        else:
            self.place = places.find(territories, where.replace("\x00", "")[:LONGEST])
        self.here = self.place.term
        self.words_answer = True
        if self.what:
            try:
                self.catalogue.matched(self.what)
            except WordsUnavailable:
                self.words_answer = False

    @property
    def is_asked(self):
        """Whether there is anything to answer to."""
        return bool(self.what or self.theme or self.here)

    @property
    def words(self):
        """The words that can be looked for."""
        return self.what if self.words_answer else ""

    def name(self, term):
        """The name of a place."""
        return places.label(self.territories, term, get_language() or "")

    def hits(self, model, loose=False):
        """{number: score} of what the words find of a model, the best first."""
        if not self.words:
            return {}
        found = {
            int(pk): float(score)
            for label, numbers, scores in self.catalogue.matched(
                self.words, loose
            ).found
            if label == model
            for pk, score in zip(numbers, scores, strict=True)
        }
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))

    @property
    def correction(self):
        """The words as they were corrected, if they were."""
        return self.catalogue.matched(self.words).correction if self.words else ""

    # How a kind of contents is found

    @cached_property
    def _of_theme(self):
        return [Filter("theme", [self.theme.pk])] if self.theme else []

    @cached_property
    def themes(self):
        """The numbers of the themes that the words name, or under which most of it is filed."""
        if self.theme:
            return [self.theme.pk]
        if not self.words:
            return []
        for loose in (False, True):
            best = self.hits(THEME_MODEL, loose)
            if best:
                enough = CLOSE_ENOUGH * max(best.values())
                return [pk for pk in best if best[pk] >= enough][:MOST_THEMES]
        for loose in (False, True):
            counts = self.catalogue.ask(
                words=self.words, loose=loose, size=0, counts=("theme",)
            ).counts["theme"]
            counts.pop(None, None)
            if counts:
                return sorted(counts, key=lambda pk: (-counts[pk], pk))[:1]
        return []

    @cached_property
    def broader(self):
        """The numbers of the themes above those of `themes`."""
        terms = self.catalogue.terms("theme")
        above = [one for pk in self.themes for one in terms.above(pk)[1:]]
        return list(dict.fromkeys(above))

    @cached_property
    def _ways(self):
        """[(how it answers, what is asked)], the closest first."""
        if not self.words and not self.theme:
            return [(ALL_OF_IT, {"filters": []})]
        nearest = []
        if self.broader:
            nearest.append((BROADER, {"filters": [Filter("theme", self.broader)]}))
        nearest.append((ELSEWHERE, {"filters": []}))
        if not self.words:
            return [(ALL_OF_IT, {"filters": self._of_theme}), *nearest]
        whole = self.catalogue.matched(self.words).has_all
        ways = [
            (
                ALL_OF_IT if whole else SOME_WORDS,
                {"words": self.words, "filters": []},
            ),
            (SOME_WORDS, {"words": self.words, "loose": True, "filters": []}),
        ]
        if self.themes:
            ways.append((SAME_THEME, {"filters": [Filter("theme", self.themes)]}))
        return [*ways, *nearest]

    def _ask(self, question, kinds, *filters, order=("-date", "title")):
        order = (RELEVANCE, *order) if question.get("words") else order
        return self.catalogue.ask(
            kinds=kinds,
            **{**question, "filters": [*question["filters"], *filters]},
            order=order,
            size=None,
        ).object_ids

    def note_of(self, way):
        """The sentence on how something answers; "" for what has all that was asked."""
        if way == SOME_WORDS:
            return _("Nothing has all of your words: this has some of them.")
        if way == ELSEWHERE:
            return _("Nothing is held on this subject yet: here is what is nearest.")
        if way in (SAME_THEME, BROADER):
            names = [
                self.catalogue.terms("theme").by_pk[pk].label(get_language() or "")
                for pk in (self.themes if way == SAME_THEME else self.broader)
                if pk in self.catalogue.terms("theme").by_pk
            ]
            return _(
                "Nothing is held on this very subject: this is filed under %(themes)s."
            ) % {"themes": ", ".join(names)}
        return ""

    # Where

    @cached_property
    def rings(self):
        """[(words, filters)] from the place outwards; one ring without a place."""
        if self.here is None:
            return [("", [])]
        rings = []
        for pk in self.territories.above(self.here.pk):
            term = self.territories.by_pk[pk]
            said = (
                _("In %(place)s") if pk == self.here.pk else _("Near by, in %(place)s")
            )
            rings.append(
                (said % {"place": self.name(term)}, [Filter("territory", [pk])])
            )
        return [*rings, (_("Elsewhere"), [])]

    @cached_property
    def _applies_here(self):
        """What is filed here, around it, above it, or for the whole country."""
        if self.here is None:
            return []
        within = self.territories.within(self.here.pk)
        above = self.territories.above(self.here.pk)
        return [Filter("place", [*within, *above, None])]

    # What is shown

    @cached_property
    def _found_texts(self):
        """({groups of status: numbers}, how they answer) of the texts."""
        for way, question in self._ways:
            found = {
                groups: self._ask(
                    question,
                    (TEXT,),
                    *self._applies_here,
                    Filter("status", [group.value for group in groups]),
                )
                for groups in STANDINGS
            }
            if any(found.values()):
                return found, way
        return {}, ALL_OF_IT

    @cached_property
    def _found_studies(self):
        """(numbers, how they answer) of the studies."""
        for way, question in self._ways:
            if way == ELSEWHERE:
                break
            if numbers := self._ask(question, (STUDY,), *self._applies_here):
                return numbers, way
        return [], ALL_OF_IT

    @cached_property
    def _shown_texts(self):
        found, way = self._found_texts
        kept, left = {}, MOST_TEXTS if way != ELSEWHERE else MOST_ELSEWHERE
        for groups, numbers in found.items():
            kept[groups] = numbers[:left]
            left -= len(kept[groups])
        return kept

    @cached_property
    def _records(self):
        """{number: record} of the texts and studies that are shown, in one query."""
        numbers = [pk for many in self._shown_texts.values() for pk in many]
        numbers += self._found_studies[0][:MOST_STUDIES]
        rows = RecordPage.objects.select_related("publisher", "regulatorytextpage")
        return {one.pk: one for one in shown(rows, numbers, self.user)}

    @cached_property
    def texts(self):
        """The texts, as Lines by their standing: in force first."""
        rows = self._records
        statuses = current_statuses(rows.values()) if any(self._shown_texts) else {}
        lines = []
        for groups, numbers in self._shown_texts.items():
            made = [
                self._text(rows[pk], statuses.get(pk)) for pk in numbers if pk in rows
            ]
            if made:
                lines.append(Lines(_standing(groups), made))
        if lines:
            lines[0].note = self.note_of(self._found_texts[1])
        return lines

    def _text(self, record, entry):
        item = items.text_item(record, self.request)
        item["status"] = status_badge_of(entry)
        if entry is not None and entry.checked_on:
            item["checked"] = entry.checked_on
        return item

    @cached_property
    def studies(self):
        """Studies, guides and reports, as Lines."""
        numbers, way = self._found_studies
        made = [
            items.text_item(self._records[pk], self.request)
            for pk in numbers[:MOST_STUDIES]
            if pk in self._records
        ]
        return Lines("", made, self.note_of(way))

    @cached_property
    def practices(self):
        """Practices, ring by ring from the place outwards: a list of Lines."""
        chosen, left = [], MOST_PRACTICES
        taken = set()
        for way, question in self._ways:
            if len(taken) >= FEW_PRACTICES or (taken and way in (BROADER, ELSEWHERE)):
                break
            for said, filters in self.rings:
                numbers = [
                    pk
                    for pk in self._ask(
                        question, (PRACTICE,), *filters, order=("-begun", "title")
                    )
                    if pk not in taken
                ]
                if filters == [] and self.here is not None:
                    numbers = self._nearest(numbers[: 3 * MOST_PRACTICES])
                most = left if way == ALL_OF_IT else FEW_PRACTICES + 1 - len(taken)
                numbers = numbers[: max(0, min(left, most))]
                left -= len(numbers)
                taken.update(numbers)
                if numbers:
                    chosen.append((way, said, numbers))
        rows = (
            {
                one.pk: one
                for one in shown(
                    GoodPracticePage.objects.prefetch_related(
                        "territory_links__territory"
                    ),
                    [pk for _way, _said, numbers in chosen for pk in numbers],
                    self.user,
                )
            }
            if chosen
            else {}
        )
        lines, before = [], ALL_OF_IT
        for way, said, numbers in chosen:
            made = [
                items.practice_item(rows[pk], self.request)
                for pk in numbers
                if pk in rows
            ]
            if made:
                note = self.note_of(way) if way != before else ""
                lines.append(Lines(said, made, note))
                before = way
        return lines

    @cached_property
    def has_practice_here(self):
        """Whether something was done in the very place, on what was asked."""
        if self.here is None:
            return True
        return bool(self._ask(self._ways[0][1], (PRACTICE,), *self.rings[0][1]))

    def _nearest(self, numbers):
        """`numbers` of practices, those led nearest on the map to the place first."""
        point = self._point_of(self.here)
        if point is None:
            return numbers
        answer = self.catalogue.ask(
            kinds=(PRACTICE,), size=None, order=("pk",), pairs=("place",)
        )
        owners, codes, values = answer.pairs["place"]
        objects = self.catalogue.objects_at(owners)
        distance = {}
        for pk, code in zip(objects, codes.tolist(), strict=True):
            term = self.territories.by_pk.get(values[code])
            there = term and self._point_of(term)
            if there:
                far = (there[0] - point[0]) ** 2 + (there[1] - point[1]) ** 2
                distance[pk] = min(far, distance.get(pk, far))
        return sorted(numbers, key=lambda pk: distance.get(pk, float("inf")))

    def _point_of(self, term):
        for pk in self.territories.above(term.pk):
            if self.territories.by_pk[pk].point:
                return self.territories.by_pk[pk].point
        return None

    @cached_property
    def next_day(self):
        """(the next day as a line or None, why it is there)."""
        ways = [(*one, []) for one in self._ways]
        if self.here is not None:
            ways = [
                (way, question, filters)
                for way, question in self._ways
                for _said, filters in self.rings
            ]
        if not self.words and not self.theme:
            ways.append((ELSEWHERE, {"filters": []}, []))
        for way, question, filters in ways:
            numbers = self._ask(question, (DAY,), ARE_COMING, *filters, order=SOONEST)
            if question.get("words"):
                # Of what answers, the soonest.
                soonest = self._ask({"filters": []}, (DAY,), ARE_COMING, order=SOONEST)
                numbers = [pk for pk in soonest if pk in set(numbers)]
            for day in shown(EventPage.objects.all(), numbers[:1], self.user):
                note = self.note_of(way)
                if way == ELSEWHERE and (self.words or self.theme or self.here):
                    note = _("No day is announced on this: here is the next of all.")
                return items.event_item(day, self.request), note
        return None, ""

    @cached_property
    def question(self):
        """(an open question, else a thread that answers, as a line or None; why)."""
        about = []
        if self.here is not None and not self.words and not self.theme:
            about = [Filter("territory", [self.here.pk], via="about")]
        rows = Thread.objects.select_related("forum")
        for way, question in self._ways:
            for filters in ([UNANSWERED], []):
                numbers = self._ask(
                    question, (THREAD,), *filters, *about, order=("-last", "-pk")
                )
                for thread in shown(rows, numbers[:1], self.user):
                    return items.thread_item(thread), self.note_of(way)
        return None, ""


def _standing(groups):
    return {
        StatusGroup.IN_FORCE: _("In force"),
        StatusGroup.NOT_CHECKED: _("Nobody has checked yet whether these are in force"),
        StatusGroup.ENDED: _("No longer in force"),
    }[groups[0]]
