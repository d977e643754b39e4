"""What the spaces made of pages have in common when they tell something."""

from datetime import timedelta

from django.conf import settings
from django.utils import translation

from network_site.notifications.targets import targets_of_territory, targets_of_themes
from network_site.pages.catalogue_source import PAGE
from network_site.pages.visibility import tokens_of_pages
from network_site.registries.notifications import (
    InCatalogue,
    ItemNotification,
    Line,
    Target,
)


def path_of_page(page):
    """The address of `page` without the host, in the language of the interface."""
    parts = page.get_url_parts()
    return parts[2] if parts else ""


def canonical_path(page):
    """The address of `page` in French, under which an item is noted as read."""
    with translation.override(settings.LANGUAGE_CODE):
        return path_of_page(page)


def was_known(page, moment):
    """Whether readers knew `page` before the day of `moment`: what is said of it on the day
    it is published belongs to the publication, and is no change."""
    first = page.first_published_at
    return first is not None and moment - first > timedelta(days=1)


class PageItem(ItemNotification):
    """Something that happens to a page: subclasses name the model and say it in words.

    Followers of the page, of its themes and places (or what these lie in), of the body that
    answers for it and of the space are told.
    """

    # A page model; `space` is the code of its space ("library").
    model: type
    space: str
    mark: str
    # What happened, in two words; the line may say it in others.
    what: str = ""

    def queryset(self):
        """The pages that may be told of."""
        return self.model.objects.filter(live=True)

    def in_catalogue(self):
        """The entry of the page; a kind that narrows `queryset` says by what."""
        return InCatalogue(PAGE)

    def load(self, ids):
        pages = list(
            self.queryset()
            .filter(pk__in=ids)
            .prefetch_related(
                "theme_links__theme", "territory_links__territory__parent__parent"
            )
        )
        self.prepare(pages)
        return {page.pk: page for page in pages}

    @staticmethod
    def prepare(pages):
        """Give each page what `tokens` and `targets` read."""
        tokens = tokens_of_pages(pages)
        broader = targets_of_themes(
            {link.theme for page in pages for link in page.theme_links.all()}
        )
        for page in pages:
            page.reader_tokens = tokens[page.pk]
            page.term_targets = [
                *(
                    target
                    for link in page.theme_links.all()
                    for target in broader[link.theme_id]
                ),
                *(
                    target
                    for link in page.territory_links.all()
                    for target in targets_of_territory(link.territory)
                ),
            ]

    def tokens(self, page):
        return page.reader_tokens

    def organization_id(self, page):
        """The body that answers for the page, by its key, or None."""
        return

    def targets(self, page):
        found = [Target("page", str(page.pk)), *page.term_targets]
        if organization := self.organization_id(page):
            found.append(Target("organization", str(organization)))
        return dict.fromkeys([*found, Target("space", self.space)])

    def occurred_at(self, page):
        return page.first_published_at

    def context(self, page):
        """The line that helps to decide whether to open the page."""
        return page.summary

    def day(self, page):
        """The day the page is about, None for most."""
        return

    def theme_of(self, page):
        """The theme under which a summary files the page: its first."""
        return next((link.theme.label for link in page.theme_links.all()), "")

    def line(self, page):
        return Line(
            mark=self.mark,
            what=str(self.what),
            title=page.title,
            path=path_of_page(page),
            context=self.context(page),
            theme=self.theme_of(page),
            lang=page.lang,
            occurred_at=self.occurred_at(page),
            day=self.day(page),
        )
