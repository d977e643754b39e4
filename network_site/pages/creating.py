"""A page made by a program, with its terms and its links to other pages."""

from wagtail.models import Page

from network_site.pages.models import (
    PageGround,
    PageProgramme,
    PageTargetGroup,
    PageTerritory,
    PageTheme,
    RelatedPage,
)
from network_site.pages.slugs import free_page_slug

# How each list of terms is called, with its model, its relation and its field.
TERMS = {
    "themes": (PageTheme, "theme_links", "theme"),
    "grounds": (PageGround, "ground_links", "ground"),
    "target_groups": (PageTargetGroup, "target_group_links", "target_group"),
    "programmes": (PageProgramme, "programme_links", "programme"),
    "territories": (PageTerritory, "territory_links", "territory"),
}


def create_page(
    *,
    parent,
    model,
    by=None,
    related=(),
    pieces=None,
    longest=80,
    otherwise="page",
    **fields,
):
    """Return a new page of type `model` under `parent`, live for nobody yet.

    `fields` are those of the page, and the lists of TERMS. `related` are (page, kind) or
    (page, kind, note); `pieces` the rows of its other relations, {name: rows}. Without a
    `slug` it has a free one made of its title: `longest` letters at most, `otherwise` where none
    remains. Call it in a transaction, then save its first revision. Raises ValidationError
    where `related` says what the page may not (BasePage.may_say).
    """
    terms = {name: fields.pop(name) for name in TERMS if name in fields}
    page = model(live=False, has_unpublished_changes=True, owner=by, **fields)
    page.slug = page.slug or free_page_slug(
        parent, page.title, longest=longest, otherwise=otherwise
    )
    page.draft_title = page.title
    set_terms(page, **terms)
    for name, rows in (pieces or {}).items():
        getattr(page, name).set(list(rows))
    page.related_links.set(
        [
            RelatedPage(target=Page(pk=item[0].pk), kind=item[1], note=(*item, "")[2])
            for item in related
        ]
    )
    parent.add_child(instance=page)
    page.check_relations()
    return page


def set_terms(page, **terms):
    """File `page`, in memory, under these terms (themes=[…]), in their order."""
    for name, items in terms.items():
        link, relation, attribute = TERMS[name]
        getattr(page, relation).set(
            [
                link(sort_order=order, **{attribute: item})
                for order, item in enumerate(items)
            ]
        )


def set_terms_by_key(page, **keys):
    """The same with the keys of the terms (themes=[3, 5]); those that are gone are left out."""
    for name, values in keys.items():
        link, _relation, attribute = TERMS[name]
        model = link._meta.get_field(attribute).related_model
        found = model.objects.in_bulk(values)
        set_terms(page, **{name: [found[key] for key in values if key in found]})
