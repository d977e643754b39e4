"""Conditions on pages by their terms, the same in every space."""

from django.db.models import Q

from network_site.pages.models import (
    PageProgramme,
    PageTerritory,
    PageTheme,
)


def about_theme(theme, prefix=""):
    """Pages filed under `theme` or a narrower one."""
    return Q(
        **{
            f"{prefix}pk__in": PageTheme.objects.filter(
                theme__path__startswith=theme.path
            ).values("page_id")
        }
    )


def in_territory(territory, prefix=""):
    """Pages filed under `territory` or a place within it (région → département → commune)."""
    links = PageTerritory.objects.filter(
        Q(territory=territory)
        | Q(territory__parent=territory)
        | Q(territory__parent__parent=territory)
    )
    return Q(**{f"{prefix}pk__in": links.values("page_id")})


def of_programme(programme, prefix=""):
    """Pages filed under `programme`."""
    return Q(
        **{
            f"{prefix}pk__in": PageProgramme.objects.filter(programme=programme).values(
                "page_id"
            )
        }
    )
