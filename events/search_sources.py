from events.cards import card_of
from events.models import EventPage
from network_site.pages.page_source import PageSource
from network_site.registries.search import (
    Kind,
    KindWord,
    add_kind_words,
    source,
)

add_kind_words(
    KindWord(
        (
            *("journees d echanges", "journee d echanges", "journees d echange"),
            *("journee d echange", "journees", "journee", "exchange days"),
            "exchange day",
        ),
        Kind.JOURNEE,
    )
)


@source
class EventSource(PageSource):
    """Exchange days, read by whoever may open their page; dated by when they take place."""

    model = EventPage
    kind = Kind.JOURNEE
    has_live_card = True

    def queryset(self):
        return (
            super().queryset().select_related("organizer").prefetch_related("sessions")
        )

    def visible_queryset(self, user):
        return EventPage.objects.visible_to(user).for_list()

    def body(self, page):
        yield page.summary
        yield page.body
        yield page.outcome
        yield page.venue
        yield page.address
        if page.organizer:
            yield page.organizer.name
            yield page.organizer.acronym
        for session in page.sessions.all():
            yield session.title
            yield session.description

    def date(self, page):
        return page.starts_at

    def card_context(self, page, user):
        card = card_of(page)
        # The engine says these itself, with the passage that was found.
        for name in ("type", "title", "url", "passage"):
            del card[name]
        return card
