"""The facet of an organisation: who issued a text, carries a practice, organises a day, employs."""

from network_site.catalogue.listing import TermFacet
from network_site.members.catalogue_source import BODIES, ORGANIZATIONS

# Two thousand boxes are no choice, and half a megabyte: the others are found by the words of
# the list, or from their sheet, whose link sets this facet.
MOST_BODIES = 30


class BodyFacet(TermFacet):
    """Organisations by their slug; those without a sheet in the directory are not named.

    Of many, the margin shows those that lead to the most, and what is chosen.
    """

    def __init__(self, name, label, *, facet="body", **options):
        super().__init__(name, label, facet=facet, vocabulary=BODIES, **options)

    def read(self, words, catalogue):
        found = super().read(words, catalogue)
        return {
            word: (pk, label)
            for word, (pk, label) in found.items()
            if pk and catalogue.shows(ORGANIZATIONS, pk)
        }

    def options(self, catalogue, counts, chosen):
        named = {
            pk: count
            for pk, count in counts.items()
            if pk and catalogue.shows(ORGANIZATIONS, pk)
        }
        terms = catalogue.terms(self.vocabulary)
        picked = {terms.by_slug[word].pk for word in chosen if word in terms.by_slug}
        most = sorted(named, key=lambda pk: (pk not in picked, -named[pk], pk))
        shown = {pk: named[pk] for pk in most[: max(MOST_BODIES, len(picked))]}
        return super().options(catalogue, shown, chosen)
