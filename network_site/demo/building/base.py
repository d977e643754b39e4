"""What the builders share: what has been built so far, and how the data becomes text."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType

from network_site.demo.content.sources import SOURCES
from network_site.demo.models import DemoObject
from network_site.demo.typography import english, french, number, paragraphs
from network_site.taxonomies.models import Territory


@dataclass
class Built:
    """The rows made so far, by the slug of the data; `now` is the moment of loading."""

    now: datetime
    rows: list = field(default_factory=list)
    themes: dict = field(default_factory=dict)
    grounds: dict = field(default_factory=dict)
    target_groups: dict = field(default_factory=dict)
    programmes: dict = field(default_factory=dict)
    organisations: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)
    records: dict = field(default_factory=dict)
    measures: dict = field(default_factory=dict)
    practices: dict = field(default_factory=dict)
    events: dict = field(default_factory=dict)
    standard_pages: dict = field(default_factory=dict)
    _territories: dict = field(default_factory=dict)

    def remember(self, row):
        """Note that the demonstration made `row`; returns it."""
        self.rows.append(row)
        return row

    def make(self, model, *, slug, **values):
        """Return the row of `model` with this slug, made (and remembered) if missing."""
        row = model.objects.filter(slug=slug).first()
        if row is None:
            row = self.remember(model.objects.create(slug=slug, **values))
        return row

    def register(self):
        """Write down what was made, in order, for `remove_demo`."""
        types = ContentType.objects.get_for_models(
            *{type(row) for row in self.rows}, for_concrete_models=True
        )
        DemoObject.objects.bulk_create(
            DemoObject(content_type=types[type(row)], object_id=row.pk)
            for row in self.rows
        )

    def territory(self, code):
        """The territory written `kind:code` in the data; None for an empty string."""
        if not code:
            return None
        if not self._territories:
            self._territories = {
                f"{place.kind}:{place.insee_code}": place
                for place in Territory.objects.all()
            }
        return self._territories[code]

    def terms(self, item):
        """The lists of terms that the services of the spaces take, for one data item."""
        return {
            "themes": [self.themes[slug] for slug in item.get("themes", [])],
            "grounds": [self.grounds[slug] for slug in item.get("grounds", [])],
            "target_groups": [
                self.target_groups[slug] for slug in item.get("target_groups", [])
            ],
            "programmes": [
                self.programmes[slug] for slug in item.get("programmes", [])
            ],
            "territories": [
                self.territory(code) for code in item.get("territories", [])
            ],
        }


def text(value, lang="fr"):
    """Typeset one field of the data; a text of several lines becomes Markdown."""
    typeset = french if lang == "fr" else english
    return typeset(paragraphs(value)) if value else ""


def source_fields(key):
    """The citation of a page or a sheet, from the source's key."""
    source = SOURCES[key]
    return {"source_citation": text(source["citation"]), "source_url": source["url"]}


# Shown large: a number keeps its unit only where the label would not be understood.
UNITS_IN_LABEL = {
    "heures": "en heures",
    "mois": "en mois",
    "euros": "en euros",
    "million d'euros": "en millions d'euros",
    "millions d'euros": "en millions d'euros",
    "milliard d'euros": "en milliards d'euros",
    "milliards d'euros": "en milliards d'euros",
}


def figures(item):
    """The figures of a practice, a measure or a programme, as their models keep them."""
    rows = []
    for position, one in enumerate(item["figures"]):
        label = one["label"]
        if one["unit"] in UNITS_IN_LABEL:
            label += f", {UNITS_IN_LABEL[one['unit']]}"
        rows.append(
            {
                "label": text(label),
                "value": text(f"{one['qualifier']} {number(one['value'])}".strip()),
                "unit": "%" if one["unit"] == "%" else "",
                "year": one["year"],
                "source": text(SOURCES[one["source"]]["short"]),
                "position": position,
            }
        )
    return rows


def partial_date(value):
    """Return (date, precision) for "2016-10-26", "2016-10", "2016" or an empty string."""
    parts = [int(part) for part in value.split("-") if part]
    if not parts:
        return None, "day"
    precision = ("year", "month", "day")[len(parts) - 1]
    return date(*[*parts, 1, 1][:3]), precision
