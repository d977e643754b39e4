"""Where a practice comes from and where it went, as a tree."""

from collections import defaultdict

from good_practices.models import GoodPracticePage

# Deeper than this, or wider, a tree is no longer read.
DEEPEST = 8
WIDEST = 60


def lineage_of(page, user):
    """The nodes of components/lineage.html for `page`, [] when it stands alone.

    Only what `user` may open; the tree starts at the oldest ancestor that is visible.
    """
    visible = GoodPracticePage.objects.visible_to(user)
    root, seen = page, {page.pk}
    for _step in range(DEEPEST):
        if root.adapted_from_id is None or root.adapted_from_id in seen:
            break
        parent = visible.filter(pk=root.adapted_from_id).first()
        if parent is None:
            break
        seen.add(parent.pk)
        root = parent
    children = defaultdict(list)
    level, known = [root.pk], {root.pk}
    for _step in range(DEEPEST):
        found = list(
            visible.filter(adapted_from__in=level)
            .exclude(pk__in=known)
            .with_places()
            .order_by("started_year", "title", "pk")[:WIDEST]
        )
        if not found:
            break
        for one in found:
            children[one.adapted_from_id].append(one)
        level = [one.pk for one in found]
        known |= set(level)
    if len(known) == 1:
        return []

    def node(one):
        notes = [one.started] if one.started else []
        return {
            "title": one.place_label or one.title,
            "url": one.get_url(),
            "note": ", ".join([*notes, one.ended] if one.ended else notes),
            "text": one.title if one.place_label else "",
            "kind": "here" if one.pk == page.pk else ("off" if one.ended else ""),
            "children": [node(child) for child in children[one.pk]],
        }

    return [node(root)]
