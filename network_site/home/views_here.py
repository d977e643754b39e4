"""The page that answers, whole or with one field: /ici/, a theme's page, a territory's page."""

from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network_site.home.answers import Answer
from network_site.home.whom import contacts
from network_site.pages.reader_cache import shared_by_visitors
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme

LONGEST_QUESTION = 150


@shared_by_visitors
def here(request):
    """What the network holds for the words `quoi` at the place `ou`, and whom to write to."""
    answer = Answer(
        request, what=request.GET.get("quoi", ""), where=request.GET.get("ou", "")
    )
    return _page(request, answer, {})


@shared_by_visitors
def theme(request, slug):
    """The page that answers, for a theme."""
    term = get_object_or_404(Theme, slug=slug)
    answer = Answer(request, theme=term)
    terms = answer.catalogue.terms("theme")
    language = get_language() or ""
    return _page(
        request,
        answer,
        {
            "theme": term,
            "above": [
                (terms.by_pk[pk].label(language), terms.by_pk[pk].slug)
                for pk in reversed(terms.above(term.pk)[1:])
            ],
            "narrower": [
                (terms.by_pk[pk].label(language), terms.by_pk[pk].slug)
                for pk in terms.below.get(term.pk, ())
            ],
            "programmes": term.programmes.order_by("name", "pk"),
        },
    )


@shared_by_visitors
def territory(request, slug):
    """The page that answers, for a place."""
    place = get_object_or_404(Territory, slug=slug)
    answer = Answer(request, place=place)
    terms = answer.territories
    filled = answer.catalogue.ask(size=0, counts=("territory",)).counts["territory"]
    below = [
        terms.by_pk[pk]
        for pk in terms.below.get(place.pk, ())
        if place.kind == TerritoryKind.REGION or filled.get(pk)
    ]
    return _page(
        request,
        answer,
        {
            "territory": place,
            "above": [
                (terms.by_pk[pk].name, terms.by_pk[pk].slug)
                for pk in reversed(terms.above(place.pk)[1:])
            ],
            "narrower": [
                (one.name, one.slug)
                for one in sorted(below, key=lambda one: (one.name, one.pk))[:60]
                if one.kind != TerritoryKind.EPCI
            ],
        },
    )


def _page(request, answer, more):
    texts = answer.texts if answer.is_asked else []
    studies = answer.studies if answer.is_asked else None
    practices = answer.practices if answer.is_asked else []
    day, day_note = answer.next_day if answer.is_asked else (None, "")
    question, question_note = answer.question if answer.is_asked else (None, "")
    writable, others, gone = contacts(answer) if answer.is_asked else ([], [], [])
    title = _title(answer)
    return render(
        request,
        "home/here.html",
        {
            "answer": answer,
            "title": title,
            "what": answer.theme.label if answer.theme else answer.what,
            "where": answer.name(answer.here) if answer.here else answer.place.typed,
            "remarks": _remarks(answer),
            "other_places": [
                {"label": answer.name(one), "url": _with(answer, one)}
                for one in answer.place.others
            ],
            "texts": texts,
            "studies": studies,
            "practices": practices,
            "day": day,
            "day_note": day_note,
            "question": question,
            "question_note": question_note,
            "contacts": writable,
            "bodies": others,
            "gone": gone,
            "list_query": _list_query(answer),
            "search_query": urlencode({"q": answer.what}) if answer.what else "",
            "question_query": urlencode({"titre": title[:LONGEST_QUESTION]}),
            "theme": None,
            "territory": None,
            "above": [],
            "narrower": [],
            "programmes": [],
            **more,
        },
    )


def _title(answer):
    what = answer.theme.label if answer.theme else answer.what
    where = answer.name(answer.here) if answer.here else ""
    if what and where:
        return _("%(what)s – %(where)s") % {"what": capfirst(what), "where": where}
    return capfirst(what) or where or _("What, and where?")


def _with(answer, place):
    """This question at another place."""
    return "?" + urlencode({"quoi": answer.what, "ou": place.slug})


def _list_query(answer):
    """The same question in the address of a space's list."""
    pairs = []
    if answer.theme:
        pairs.append(("theme", answer.theme.slug))
    if answer.words:
        pairs.append(("q", answer.words))
    if answer.here:
        pairs.append(("territory", answer.here.slug))
    return urlencode(pairs)


def _remarks(answer):
    """Sentences on what was typed and could not be taken as it was."""
    remarks = []
    place = answer.place
    if place.typed and place.term is None:
        remarks.append(
            _(
                "“%(place)s” is no commune, département or région that we know: the answer is"
                " for the whole country. The département's name or number can be given"
                " instead."
            )
            % {"place": place.typed}
        )
    elif place.is_near:
        remarks.append(
            _("“%(typed)s” was taken for %(place)s.")
            % {"typed": place.typed, "place": answer.name(place.term)}
        )
    elif place.is_postcode:
        remarks.append(
            _(
                "“%(typed)s” is a post code: the answer is for its département, %(place)s."
            )
            % {"typed": place.typed, "place": answer.name(place.term)}
        )
    if answer.correction:
        remarks.append(
            _("What was found for “%(words)s” is shown as well.")
            % {"words": answer.correction}
        )
    if answer.what and not answer.words_answer:
        remarks.append(
            _(
                "Words cannot be looked for just now: the answer is for the place alone."
                " Try again in a moment."
            )
        )
    return remarks
