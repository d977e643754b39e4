from wagtail.models import Page, PageViewRestriction

from network_site.home.models import HomePage
from network_site.pages.models import PageTerritory, PageTheme, StandardPage
from network_site.taxonomies.models import Territory, Theme
from tests.support.people import group_called


def make_page(
    title, summary="", body="", *, parent=None, themes=(), territories=(), **fields
):
    """A published page of the site, filed under terms."""
    parent = parent or HomePage.objects.get()
    page = StandardPage(title=title, summary=summary, body=body, **fields)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    for theme in themes:
        PageTheme.objects.create(page=page, theme=theme)
    for territory in territories:
        PageTerritory.objects.create(page=page, territory=territory)
    return page


def restrict(page, *names):
    """Open `page` and what is below it to the groups of `names` (roles, or names of spaces) only."""
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set([group_called(name) for name in names])
    # The groups come after the row: as the admin does, the restriction is saved again.
    restriction.save()
    return restriction


def make_theme(name, slug, parent=None):
    if parent is None:
        return Theme.add_root(name=name, slug=slug)
    return Theme.objects.get(pk=parent.pk).add_child(name=name, slug=slug)


def make_territory(name, slug, kind="commune", parent=None):
    return Territory.objects.create(
        name=name, slug=slug, kind=kind, insee_code=slug[:9], parent=parent
    )
