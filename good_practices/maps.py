"""Practices drawn on the network's map, and the small map of one practice."""

from network_site.core.templatetags.address_tags import space_url
from network_site.core.templatetags.chart_tags import radius
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory
from network_site.taxonomies.points import OVERSEAS, Points
from network_site.taxonomies.services import department_shapes

LABELLED = 22
_SIDES = ("end", "start", "below", "above")
# Width of the locator map, and its proportions.
_RATIO = 0.8


def places_of(points: Points, url_for):
    """The `places` and `overseas` of {% network_map %}; `url_for(slug)` is a dot's link."""
    places = [
        {
            "name": place.name,
            "count": count,
            "x": place.point[0],
            "y": place.point[1],
            "url": url_for(place.slug),
        }
        for place, count in points.dots
    ]
    _place_labels(places)
    overseas = [
        {
            "name": name,
            "count": points.overseas_counts[code],
            "url": url_for(slug) if points.overseas_counts[code] else "",
        }
        for code, (name, slug) in OVERSEAS.items()
    ]
    return places, overseas


def _place_labels(places):
    """Choose for each label a side where it covers no dot and no label; else leave it out.

    Places come with the most practices first, so the busiest are named first.
    """
    taken = []
    for place in places:
        r = radius(place["count"])
        taken.append((place["x"] - r, place["y"] - r, place["x"] + r, place["y"] + r))
    boxes = list(taken)
    for rank, place in enumerate(places):
        place["label_side"] = ""
        if rank >= LABELLED:
            continue
        place["minor"] = False
        r = radius(place["count"])
        width = 7.4 * len(place["name"])
        for side in _SIDES:
            box = _label_box(place, side, r, width)
            if box[0] < -30 or box[2] > 602:
                continue
            if not any(
                _overlap(box, other)
                for index, other in enumerate(boxes)
                if index != rank
            ):
                place["label_side"] = side
                boxes.append(box)
                break


def _label_box(place, side, r, width):
    x, y = place["x"], place["y"]
    if side == "end":
        return (x + r + 3, y - 9, x + r + 5 + width, y + 9)
    if side == "start":
        return (x - r - 5 - width, y - 9, x - r - 3, y + 9)
    top = y + r + 2 if side == "below" else y - r - 20
    return (x - width / 2, top, x + width / 2, top + 18)


def _overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def locator(page):
    """The small map of a practice: its départements among their neighbours, None without place.

    Reads the shapes shipped with the taxonomies and, for a région, its départements.
    """
    shapes = department_shapes()
    places = page.territories
    codes = []
    for place in places:
        if place.kind == TerritoryKind.REGION:
            codes += Territory.objects.filter(
                parent=place, kind=TerritoryKind.DEPARTMENT
            ).values_list("insee_code", flat=True)
        elif place.department is not None:
            codes.append(place.department.insee_code)
    codes = [code for code in dict.fromkeys(codes) if code in shapes]
    if not codes:
        overseas = [place for place in places if place.is_overseas]
        return {"overseas": overseas[0]} if overseas else None
    left = min(shapes[code]["box"][0] for code in codes)
    top = min(shapes[code]["box"][1] for code in codes)
    right = max(shapes[code]["box"][2] for code in codes)
    bottom = max(shapes[code]["box"][3] for code in codes)
    width = max((right - left) * 2.1, (bottom - top) * 2.1 / _RATIO, 90)
    height = width * _RATIO
    x = (left + right) / 2 - width / 2
    y = (top + bottom) / 2 - height / 2
    around = [
        shape["path"]
        for code, shape in shapes.items()
        if code not in codes and _overlap(shape["box"], (x, y, x + width, y + height))
    ]
    return {
        "box": f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}",
        "around": around,
        "here": [shapes[code]["path"] for code in codes],
        "dots": _locator_dots(places, (x, y, x + width, y + height)),
    }


def _locator_dots(places, frame):
    """The communes of a locator map, each with its name where it covers no other."""
    unit = (frame[2] - frame[0]) / 240
    size = 12.5 * unit
    dots, taken = [], []
    for place in places:
        if place.kind != TerritoryKind.COMMUNE or place.map_x is None:
            continue
        x, y, length = place.map_x, place.map_y, 0.55 * size * len(place.name)
        dot = {"name": place.name, "x": x, "y": y, "r": round(6 * unit, 1)}
        taken.append((x - 6 * unit, y - 6 * unit, x + 6 * unit, y + 6 * unit))
        for anchor, tx, ty in (
            ("start", x + 10 * unit, y + 4 * unit),
            ("end", x - 10 * unit, y + 4 * unit),
            ("middle", x, y + 20 * unit),
            ("middle", x, y - 10 * unit),
        ):
            left = {"start": tx, "end": tx - length, "middle": tx - length / 2}[anchor]
            box = (left, ty - 0.75 * size, left + length, ty + 0.2 * size)
            inside = frame[0] < box[0] and box[2] < frame[2]
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                dot |= {"tx": round(tx, 1), "ty": round(ty, 1), "anchor": anchor}
                break
        dots.append(dot | {"size": round(size, 1)})
    return dots


def filtered_url(slug):
    """The list of practices of a territory."""
    return f"{space_url('practices')}?territory={slug}"
