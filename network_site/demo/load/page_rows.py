"""Many pages written at once: their rows, their places in the tree, what they refer to."""

from itertools import batched

from django.contrib.contenttypes.models import ContentType
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Page, ReferenceIndex

from network_site.core.slugs import free_slug, slug_of

BATCH = 250


class Branch:
    """A page of the tree under which pages are put, the newest last."""

    def __init__(self, parent, chance):
        # Read again: treebeard keeps the count of children in the parent's row.
        self.parent = Page.objects.get(pk=parent.pk)
        self._chance = chance
        self._locale = Locale.objects.get(pk=self.parent.locale_id)
        children = self.parent.get_children()
        self._slugs = set(children.values_list("slug", flat=True))
        last = children.order_by("path").values_list("path", flat=True).last()
        self._step = Page._str2int(last[-Page.steplen :]) if last else 0
        self._count = self.parent.numchild

    def place(self, page):
        """Give `page` its place, its address and what every page must have; unsaved."""
        self._step += 1
        self._count += 1
        page.depth = self.parent.depth + 1
        page.path = Page._get_path(self.parent.path, page.depth, self._step)
        page.numchild = 0
        base = slug_of(page.title, longest=200, otherwise="page")
        page.slug = free_slug(base, self._slugs)
        self._slugs.add(page.slug)
        page.set_url_path(self.parent)
        page.locale = self._locale
        page.draft_title = page.title
        page.translation_key = self._chance.uuid()
        page.content_type = ContentType.objects.get_for_model(type(page))
        return page

    def close(self):
        """Write how many children the parent has now."""
        Page.objects.filter(pk=self.parent.pk).update(numchild=self._count)


def insert(pages):
    """Write `pages`, all of one type and placed by a Branch, with the relations set on them.

    No signal is sent: search, the catalogue and notifications are told by whoever loads.
    """
    for some in batched(pages, BATCH):
        _insert(list(some))


def _insert(pages):
    model = type(pages[0])
    columns = [
        field.attname for field in Page._meta.concrete_fields if field.attname != "id"
    ]
    relations = get_all_child_relations(model)
    # Read while the page has no key: nothing below asks the database for its children.
    children = {
        relation: [
            list(getattr(page, relation.get_accessor_name()).get_object_list())
            for page in pages
        ]
        for relation in relations
    }
    bases = Page.objects.bulk_create(
        [Page(**{name: getattr(page, name) for name in columns}) for page in pages]
    )
    chain = [*reversed(model._meta.get_parent_list()), model]
    chain.remove(Page)
    for page, base in zip(pages, bases, strict=True):
        page.id = base.pk
        for one in chain:
            setattr(page, one._meta.pk.attname, base.pk)
    for one in chain:
        # What bulk_create does, which refuses models with parents: theirs are written.
        one._base_manager._insert(
            pages, fields=one._meta.local_concrete_fields, raw=True
        )
    for relation, held in children.items():
        rows = []
        for page, some in zip(pages, held, strict=True):
            for order, child in enumerate(some):
                setattr(child, relation.field.attname, page.pk)
                if hasattr(child, "sort_order"):
                    child.sort_order = order
                rows.append(child)
        relation.related_model.objects.bulk_create(rows, batch_size=1000)
    write_references(pages)


def write_references(objects):
    """Write the rows of Wagtail's reference index for new `objects` of one model."""
    model = type(objects[0])
    chain = [model, *model._meta.get_parent_list()]
    types = [
        ContentType.objects.get_for_model(one, for_concrete_model=False)
        for one in chain
    ]
    ReferenceIndex.objects.bulk_create(
        [
            ReferenceIndex(
                content_type=types[0],
                base_content_type=types[-1],
                object_id=one.pk,
                to_content_type_id=to_type,
                to_object_id=to_object,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for one in objects
            for to_type, to_object, model_path, content_path in sorted(
                set(ReferenceIndex._extract_references_from_object(one))
            )
        ],
        batch_size=1000,
    )
