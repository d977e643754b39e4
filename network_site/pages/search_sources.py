from network_site.pages.models import EditorialPage, StandardPage
from network_site.search.registry import Kind, PageSource, source


class _BodySource(PageSource):
    kind = Kind.PAGE
    card_template = "components/card_page.html"

    def body(self, page):
        return [page.summary, page.body]


@source
class StandardPageSource(_BodySource):
    model = StandardPage


@source
class EditorialPageSource(_BodySource):
    model = EditorialPage

    def date(self, page):
        return page.published_on
