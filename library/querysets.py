from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page, PageManager

from network_site.pages.enums import STANDING_KINDS
from network_site.pages.querysets import SitePageQuerySet


class LegalStatusQuerySet(models.QuerySet):
    """Lines of the legal history."""

    def in_effect(self, on=None):
        """Lines that already apply on the day `on` (today), the one that counts first.

        The last line recorded counts, so that a correction needs no deletion; a repeal
        recorded in advance counts from its own day.
        """
        on = on or timezone.localdate()
        return self.filter(
            Q(effective_on__isnull=True) | Q(effective_on__lte=on)
        ).order_by("-created_at", "-pk")


def said_links(links):
    """Those of `links` (of RelatedPage) that their page may say: RecordPage.may_say as a
    condition. What a former version let through is told to nobody."""
    records = apps.get_model("library", "RecordPage").objects.order_by()
    sections = apps.get_model("library", "LibrarySectionPage").objects.order_by()

    def body(end):
        section = sections.filter(
            path=Substr(
                OuterRef(f"{end}__path"),
                1,
                Length(OuterRef(f"{end}__path")) - Page.steplen,
            )
        )
        return Subquery(section.values("organization")[:1])

    return links.annotate(own_body=body("page"), other_body=body("target")).filter(
        ~Q(kind__in=STANDING_KINDS)
        | Q(page__in=records.values("pk"), target__in=records.values("pk"))
        & (Q(own_body=None) | Q(own_body=F("other_body")))
    )


class RecordQuerySet(SitePageQuerySet):
    """Records of the library; `visible_to(user)` comes from every page."""

    def likely_duplicates_of(self, page):
        """Other records with the NOR, the nature and number, or the title of `page`."""
        same = Q(title__iexact=page.title)
        if getattr(page, "nor", ""):
            same |= Q(regulatorytextpage__nor=page.nor)
        if page.reference:
            same |= Q(nature=page.nature, reference__iexact=page.reference)
        return self.filter(same).exclude(pk=page.pk).order_by("pk")

    def with_source(self):
        """Annotate `source_name` and `source_acronym`: the body in whose space it stands."""
        section = (
            apps.get_model("library", "LibrarySectionPage")
            .objects.filter(
                path=Substr(
                    OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen
                )
            )
            .order_by("pk")
        )
        return self.annotate(
            source_name=Subquery(section.values("organization__name")[:1]),
            source_acronym=Subquery(section.values("organization__acronym")[:1]),
        )

    def for_cards(self):
        """What a card shows, without the long text."""
        return (
            self.with_source()
            .select_related("regulatorytextpage", "studypage", "publisher")
            .defer("body", "body_html", "search_description")
        )


RecordManager = PageManager.from_queryset(RecordQuerySet)
