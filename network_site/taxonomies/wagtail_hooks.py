from wagtail.snippets.models import register_snippet

from network_site.taxonomies.viewsets import VocabularyGroup

register_snippet(VocabularyGroup)
