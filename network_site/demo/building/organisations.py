"""The directory's sheets, in both languages, and the contact points."""

from decimal import Decimal

from network_site.demo.building.base import text
from network_site.demo.content.contact_points import CONTACT_POINTS
from network_site.demo.content.organisations import ORGANISATIONS
from network_site.demo.content.sources import SOURCES
from network_site.demo.typography import number
from network_site.members.models import (
    BudgetLine,
    ContactPoint,
    Organization,
    OrganizationFigure,
    Partnership,
)

# A sheet's figures are read in both languages: their words go into the label.
QUALIFIERS_EN = {"plus de": "more than", "près de": "nearly", "environ": "about"}
MONEY = {
    "euros": ("en euros", "in euros"),
    "millions d'euros": ("en millions d'euros", "in millions of euros"),
    "milliards d'euros": ("en milliards d'euros", "in billions of euros"),
}
HEADINGS = {
    "missions": ("Missions", "Missions"),
    "principles": ("Principes d'intervention", "Principles of action"),
    "budget": ("Budget", "Budget"),
    "later": ("Depuis", "Since then"),
}
TO_CHECK = (
    "Note de la rédaction, à vérifier : les documents fondateurs n'en parlent pas.",
    "Editors' note, to be checked: the founding documents do not mention it.",
)


def build_organisations(built):
    """Make the sheets, then what ties them together."""
    for item in ORGANISATIONS:
        built.organisations[item["slug"]] = _organisation(built, item)
    for item in ORGANISATIONS:
        _partnerships(built, item)
    for item in CONTACT_POINTS:
        _contact_point(built, item)


def _organisation(built, item):
    before = Organization.objects.filter(slug=item["slug"]).first()
    if before is not None:
        return before
    organisation = Organization(
        slug=item["slug"],
        kind=item["kind"],
        name=text(item["name"]),
        name_en=text(item["name_en"], "en"),
        acronym=item["acronym"],
        territory=built.territory(item["territory"]),
        summary=text(item["summary"]),
        summary_en=text(item["summary_en"], "en"),
        body=_body(item, ""),
        body_en=_body(item, "_en"),
        website=item["website"],
        contact_label=text(item["contact_label"]),
        contact_email=item["contact_email"],
        founded=item["founded"],
        dissolved=item["dissolved"],
        source_citation=" ; ".join(
            text(SOURCES[key]["short"]) for key in item["sources"]
        ),
    )
    organisation.themes.set([built.themes[slug] for slug in item["themes"]])
    organisation.figures.set(
        [_figure(one, position) for position, one in enumerate(item["figures"])]
    )
    if item["budget"]:
        organisation.budget_lines.set(_budget_lines(item["budget"]))
    organisation.save()
    return built.remember(organisation)


def _body(item, suffix):
    """The sheet's text: missions, principles, what the sources tell, what came since."""
    lang, index = ("en", 1) if suffix else ("fr", 0)
    parts = []
    for key in ("missions", "principles"):
        if item[f"{key}{suffix}"]:
            lines = "\n".join(f"- {line}" for line in item[f"{key}{suffix}"])
            parts.append(f"## {HEADINGS[key][index]}\n\n{lines}")
    parts.append(item[f"body{suffix}"].strip())
    if item["budget"]:
        parts.append(
            f"## {HEADINGS['budget'][index]} {item['budget']['year']}\n\n"
            + item["budget"][f"note{suffix}"]
        )
    if item[f"later{suffix}"]:
        parts.append(
            f"## {HEADINGS['later'][index]}\n\n{item[f'later{suffix}']}\n\n"
            f"*{TO_CHECK[index]}*"
        )
    return text("\n\n".join(part for part in parts if part), lang)


def _figure(one, position):
    labels = [one["label"], one["label_en"]]
    for index in (0, 1):
        if one["unit"] in MONEY:
            labels[index] += f", {MONEY[one['unit']][index]}"
        if one["qualifier"]:
            words = (one["qualifier"], QUALIFIERS_EN[one["qualifier"]])[index]
            labels[index] += f" ({words})"
    return OrganizationFigure(
        label=text(labels[0]),
        label_en=text(labels[1], "en"),
        value=number(one["value"]),
        unit="%" if one["unit"] == "%" else "",
        year=one["year"],
        source=text(SOURCES[one["source"]]["short"]),
        position=position,
    )


def _budget_lines(budget):
    return [
        BudgetLine(
            year=int(budget["year"]),
            label=text(line["label"]),
            label_en=text(line["label_en"], "en"),
            amount=Decimal(line["value"]),
            source=text(SOURCES[budget["source"]]["short"]),
            position=position,
        )
        for position, line in enumerate(budget["lines"])
    ]


def _partnerships(built, item):
    organisation = built.organisations[item["slug"]]
    if organisation not in built.rows:
        return
    rows = []
    for position, partner in enumerate(item["partners"]):
        slug, words, words_en = (
            (partner, "", "") if isinstance(partner, str) else partner
        )
        if Partnership.objects.filter(
            organization=built.organisations[slug], partner=organisation
        ).exists():
            # Said once: a sheet shows its partnerships from both ends.
            continue
        rows.append(
            Partnership(
                organization=organisation,
                partner=built.organisations[slug],
                description=text(words),
                description_en=text(words_en, "en"),
                position=position,
            )
        )
    Partnership.objects.bulk_create(rows)


def _contact_point(built, item):
    point = ContactPoint.objects.create(
        label=text(item["label"]),
        email=item["email"],
        organization=built.organisations[item["organization"]],
        territory=built.territory(item["territory"]),
        source_citation=text(f"{SOURCES[item['source']]['citation']}. {item['note']}"),
    )
    point.themes.set([built.themes[slug] for slug in item["themes"]])
    built.remember(point)
