"""A practice among the contents of other pages, made of its entry."""

from good_practices.catalogue_source import PRACTICE
from network_site.pages.cards import PageCard, card_of


@card_of(PRACTICE)
class PracticeCard(PageCard):
    @property
    def place_names(self):
        """The names of the territories that it is filed under, in order."""
        terms = self.catalogue.terms("territory").by_pk
        return [terms[pk].name for pk in self.facets.get("place", ()) if pk in terms]

    @property
    def started_year(self):
        return self.keys.get("begun")
