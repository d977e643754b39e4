"""What is found of the newsletter (docs/features/search.md)."""

from django.utils.translation import gettext as _

from network_site.newsletters.contents import contents_of
from network_site.newsletters.models import NewsletterIssuePage
from network_site.pages.page_source import PageSource
from network_site.registries.search import (
    Kind,
    source,
)


@source
class IssueSource(PageSource):
    """An issue, by its own words.

    What it names of this site is found itself, under rights that may change after the issue;
    a heading is left out unless something else stands below it.
    """

    model = NewsletterIssuePage
    kind = Kind.PAGE

    def body(self, page):
        yield page.summary
        for section in contents_of(page).sections:
            own = [piece for piece in section.pieces if not piece.is_own]
            if own:
                yield section.heading
            for piece in own:
                yield piece.title
                yield piece.text

    def date(self, page):
        return page.first_published_at

    def card_context(self, page, user):
        return {"kind_label": _("Newsletter"), "passage": page.summary}
