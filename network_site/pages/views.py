from django.db.models import Q
from django.shortcuts import get_object_or_404, render

from network_site.catalogue import ask
from network_site.core.markdown import render_markdown
from network_site.pages.catalogue_source import kinds_of_pages
from network_site.pages.models import EditorialPage, StandardPage
from network_site.pages.reader_cache import shared_by_readers
from network_site.pages.serving import serves
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Programme, Territory, Theme


@serves(StandardPage, EditorialPage)
@shared_by_readers
def bilingual_page(request, page):
    """A page of the site's own, in the reader's language."""
    return render(request, page.get_template(request), page.get_context(request))


@shared_by_readers
def theme_list(request):
    """The tree of themes."""
    themes = list(Theme.get_tree())
    roots = []
    for theme in themes:
        if theme.depth == 1:
            theme.narrower = []
            roots.append(theme)
        elif theme.depth == 2 and roots:
            roots[-1].narrower.append(theme)
    return render(request, "pages/theme_list.html", {"themes": roots})


@shared_by_readers
def territory_list(request):
    """Régions and départements, each with how many pages the reader finds there."""
    answer = ask(request.user, kinds=kinds_of_pages(), size=0, counts=("territory",))
    counts = answer.counts["territory"]
    places = list(
        Territory.objects.filter(
            Q(kind__in=[TerritoryKind.REGION, TerritoryKind.DEPARTMENT])
            | Q(pk__in=[pk for pk in counts if pk])
        ).order_by("name", "pk")
    )
    by_pk = {place.pk: place for place in places}
    for place in places:
        # A page filed under two places of a larger one counts there once.
        place.total = counts.get(place.pk, 0)
        place.below = []
    for kind in (TerritoryKind.COMMUNE, TerritoryKind.EPCI, TerritoryKind.DEPARTMENT):
        for place in places:
            if place.kind == kind and place.parent_id in by_pk:
                by_pk[place.parent_id].below.append(place)
    regions = [place for place in places if place.kind == TerritoryKind.REGION]
    return render(request, "pages/territory_list.html", {"regions": regions})


@shared_by_readers
def programme_list(request):
    """The public programmes the network speaks of."""
    return render(
        request, "pages/programme_list.html", {"programmes": Programme.objects.all()}
    )


@shared_by_readers
def programme(request, slug):
    """A programme: what it is, its figures, and what the spaces hold on it."""
    term = get_object_or_404(
        Programme.objects.prefetch_related("figures", "themes"), slug=slug
    )
    english = request.LANGUAGE_CODE == "en" and term.body_en
    return render(
        request,
        "pages/programme.html",
        {
            "programme": term,
            "body_html": render_markdown(term.body_en if english else term.body),
            "body_lang": "en" if english else "fr",
        },
    )
