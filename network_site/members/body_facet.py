"""The facet of an organisation: who issued a text, carries a practice, organises a day, employs."""

from network_site.catalogue.listing import TermFacet
from network_site.members.catalogue_source import BODIES, ORGANIZATIONS


class BodyFacet(TermFacet):
    """Organisations by their slug; those without a sheet in the directory are not named."""

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
        return super().options(catalogue, named, chosen)
