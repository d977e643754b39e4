"""The lines of synonyms that a librarian of the network would have written first."""

from network_site.demo.content.synonyms import SYNONYMS
from network_site.search.models import Synonym


def build_synonyms(built):
    """Write the lines that are not there yet."""
    for words, is_one_way in SYNONYMS:
        if not Synonym.objects.filter(words=words).exists():
            built.remember(Synonym.objects.create(words=words, is_one_way=is_one_way))
