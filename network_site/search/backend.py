"""Wagtail's search (explorer, choosers, snippets) on the site's own index.

The words are looked for in the index, everything else is the queryset's own business:
its rows are intersected with the hits by primary key, so that no filter of the admin
can be forgotten here.
"""

from collections import OrderedDict

import numpy as np
from django.db.models import Count
from modelsearch import query as asked
from modelsearch.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
    FilterFieldError,
)
from modelsearch.index import class_is_indexed, get_indexed_models

from network_site.search import queries, rows
from network_site.search.analysis import fold_whole, tokens
from network_site.search.engine import IndexUnavailable, plain_words
from network_site.search.references import dates_in_words
from network_site.search.stores import get_store


class SiteIndex(BaseIndex):
    """The one index of the site, as modelsearch writes to it."""

    def get_key(self):
        return str(get_store().directory)

    def add_items(self, model, items):
        if class_is_indexed(model):
            self._replace(
                {rows.row_key(item): [rows.row_document(item)] for item in items}
            )

    def delete_item(self, item):
        self._replace({rows.row_key(item): []})

    def reset(self):
        self._ensure()
        get_store().replace_family("row", {})

    def _replace(self, documents):
        self._ensure()
        get_store().replace(documents)

    def _ensure(self):
        """Make an empty index where there is none, and have the worker fill it."""
        store = get_store()
        try:
            store.check()
        except IndexUnavailable:
            store.rebuild(())
            store.mark_damaged("made for the admin's rows only", needs_rebuild=True)


class _GatheringIndex(SiteIndex):
    """Keeps the rows until all are there: the present ones serve meanwhile."""

    def __init__(self, backend):
        super().__init__(backend)
        self.documents = {}

    def _replace(self, documents):
        self.documents.update(documents)


class Rebuilder:
    """`update_index`: every row is written anew at once; the public parts stay."""

    def __init__(self, index):
        self.index = index
        self.gathering = _GatheringIndex(index.backend)

    def start(self):
        return self.gathering

    def finish(self):
        self.index._ensure()
        get_store().replace_family("row", self.gathering.documents)


class QueryCompiler(BaseSearchQueryCompiler):
    """From modelsearch's query classes to the tree of `queries`."""

    KIND = rows.SEARCHED
    HANDLES_ORDER_BY_EXPRESSIONS = True

    def weights(self):
        """{field of the index: weight} of the model asked and of those that extend it."""
        model = self.queryset.model
        family = [model] + [
            cls
            for cls in get_indexed_models()
            if issubclass(cls, model) and cls is not model
        ]
        found = {}
        for cls in family:
            for kind, path, name in rows.walk(cls.get_search_fields()):
                if kind == self.KIND and (
                    not self.fields or path[0].field_name in self.fields
                ):
                    boost = getattr(path[-1], "boost", None) or 1.0
                    found.setdefault(kind + name, float(boost))
        return found

    def tree(self):
        return self.compile(self.query, self.weights())

    def words(self, query, weights):
        return queries.words_query(query.query_string, weights, query.operator)

    def compile(self, query, weights):
        if isinstance(query, asked.PlainText):
            return queries.Boost(self.words(query, weights), query.boost)
        if isinstance(query, asked.MatchAll):
            return queries.Everything()
        if isinstance(query, asked.Boost):
            return queries.Boost(self.compile(query.subquery, weights), query.boost)
        if isinstance(query, asked.Phrase):
            return queries.phrase_query(query.query_string, weights)
        if isinstance(query, asked.Fuzzy):
            return self._close(query, weights)
        if isinstance(query, asked.Not):
            return queries.Not(self.compile(query.subquery, weights))
        if isinstance(query, (asked.And, asked.Or)):
            join = queries.And if isinstance(query, asked.And) else queries.Or
            return join(tuple(self.compile(sub, weights) for sub in query.subqueries))
        raise NotImplementedError(f"{type(query).__name__} is not supported")

    def _close(self, query, weights):
        text = queries.clean(query.query_string)
        words = [
            queries.Close(token.terms[0], weights)
            for token in tokens(text)[: queries.MOST_CLAUSES]
        ]
        if not words:
            return queries.Nothing()
        return (queries.And if query.operator == "and" else queries.Or)(tuple(words))


def _number_forms(word):
    """How a number is written: "03", "3"; the first of a month also "1er"."""
    number = word.lstrip("0") or "0"
    return tuple(dict.fromkeys([word, number, *(["1er"] if number == "1" else [])]))


class AutocompleteQueryCompiler(QueryCompiler):
    KIND = rows.STARTED

    def words(self, query, weights):
        text = dates_in_words(fold_whole(queries.clean(query.query_string)))
        typed = plain_words(text)[: queries.MOST_CLAUSES]
        if not typed or not weights:
            return queries.Nothing()
        # The last one may still be being typed. Another that is a number is a whole one:
        # "3 mars" does not ask for the 31.
        words = [
            queries.Word(_number_forms(word), weights)
            if word.isdigit()
            else queries.Prefix(word, weights)
            for word in typed[:-1]
        ]
        words.append(queries.Prefix(typed[-1], weights))
        return queries.joined(words, query.operator)


class Results(BaseSearchResults):
    supports_facet = True

    def _ranked(self):
        """[(pk, score)] of all that answers, in the order asked for."""
        compiler = self.query_compiler
        queryset = compiler.queryset
        if queryset.query.is_empty():
            return []
        scores = self._scores()
        if not scores:
            return []
        if compiler.order_by_relevance:
            allowed = set(queryset.order_by().values_list("pk", flat=True))
            return [(pk, score) for pk, score in scores.items() if pk in allowed]
        if not queryset.query.order_by and not queryset.query.extra_order_by:
            queryset = queryset.order_by("-pk")
        ordered = dict.fromkeys(queryset.values_list("pk", flat=True))
        return [(pk, scores[pk]) for pk in ordered if pk in scores]

    def _scores(self):
        """{pk: score}, best first, of the rows of the model asked for that answer."""
        try:
            return self._scores_in(get_store().snapshot())
        except IndexUnavailable:
            return self._without_index()

    def _scores_in(self, snapshot):
        model = self.query_compiler.queryset.model
        mask = snapshot.visible({"all"}, family="row") & _having_model(snapshot, model)
        evaluation = snapshot.evaluate(self.query_compiler.tree(), mask)
        to_python = model._meta.pk.to_python
        numbers = snapshot.order(evaluation)
        keys = snapshot.keys_of(numbers)
        scores = evaluation.scores[evaluation.numbers.searchsorted(numbers)].tolist()
        return {
            to_python(key.rpartition(":")[2]): score
            for key, score in zip(keys, scores, strict=True)
        }

    def _without_index(self):
        """While the index is being rebuilt the admin lists rather than fails."""
        if not isinstance(self.query_compiler.query, asked.MatchAll):
            return {}
        pks = self.query_compiler.queryset.values_list("pk", flat=True)
        return dict.fromkeys(pks, 1.0)

    def _do_search(self):
        page = self._ranked()[self.start : self.stop]
        queryset = self.query_compiler.queryset.filter(pk__in=[pk for pk, _ in page])
        if self.prefetch_related:
            queryset = queryset.prefetch_related(*self.prefetch_related)
        objects = {obj.pk: obj for obj in queryset}
        for pk, score in page:
            obj = objects.get(pk)
            if obj is not None:
                if self._score_field:
                    setattr(obj, self._score_field, score)
                yield obj

    def _do_count(self):
        return len(self._ranked()[self.start : self.stop])

    def facet(self, field_name):
        model = self.query_compiler.queryset.model
        known = {
            name
            for field in model.get_filterable_search_fields()
            for name in (field.field_name, field.get_attname(model))
        }
        if field_name not in known:
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". Please add '
                f"index.FilterField('{field_name}') to {model.__name__}.search_fields.",
                field_name=field_name,
            )
        counts = (
            model._default_manager.filter(pk__in=[pk for pk, _ in self._ranked()])
            .order_by()
            .values(field_name)
            .annotate(count=Count("pk"))
            .order_by("-count")
        )
        return OrderedDict((row[field_name], row["count"]) for row in counts)


def _having_model(snapshot, model):
    parts = np.zeros(snapshot.part_count, bool)
    parts[snapshot.postings("models", model._meta.label_lower)[0]] = True
    return parts


class SearchBackend(BaseSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = SiteIndex
    results_class = Results
    rebuilder_class = Rebuilder
