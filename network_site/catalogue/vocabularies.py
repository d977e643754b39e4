"""Vocabularies in memory: terms by number and by slug, what is above, what is below."""

from functools import cached_property

from network_site.catalogue import registry


class Terms:
    """The terms of one vocabulary; never modified once made."""

    def __init__(self, rows):
        """`rows` are registry.Term, those above before those below."""
        self.by_pk = {term.pk: term for term in rows}
        self._above = {}

    @cached_property
    def by_slug(self):
        return {term.slug: term for term in self.by_pk.values()}

    @cached_property
    def below(self):
        """{number: numbers of the terms just below}; None leads to those at the top."""
        found = {}
        for term in self.by_pk.values():
            found.setdefault(term.parent, []).append(term.pk)
        return found

    def above(self, pk):
        """The term and those above it, the nearest first; nothing for an unknown number."""
        chain = self._above.get(pk)
        if chain is None:
            found, term = [], self.by_pk.get(pk)
            while term is not None and term.pk not in found:
                found.append(term.pk)
                term = self.by_pk.get(term.parent)
            chain = self._above[pk] = tuple(found)
        return chain

    def within(self, pk):
        """The numbers of a term and of all below it."""
        found = [pk]
        for one in found:
            found += self.below.get(one, ())
        return found

    def __iter__(self):
        return iter(self.by_pk.values())


def load(names):
    """{name: Terms} read from the database."""
    known = registry.vocabularies()
    return {name: Terms(known[name].rows()) for name in names}
