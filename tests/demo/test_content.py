"""The founding content is consistent with itself, without a database."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from events.enums import AttendanceMode
from forums.enums import ForumVisibility, ReportReason, ThreadKind
from library.enums import StudyType, TextType
from library.models import nor_validator
from network_site.demo.content.branding import BRANDING, HOME, INDEX_PAGES
from network_site.demo.content.contact_points import CONTACT_POINTS
from network_site.demo.content.editorial import EDITORIAL, QUOTATIONS
from network_site.demo.content.events import EVENTS
from network_site.demo.content.forums import FORUMS, THREADS
from network_site.demo.content.grounds import GROUNDS
from network_site.demo.content.library import RECORDS, REGULATORY
from network_site.demo.content.measures import MEASURES
from network_site.demo.content.organisations import ORGANISATIONS
from network_site.demo.content.people import PEOPLE, PRIVATE_GROUP
from network_site.demo.content.practices import PRACTICES
from network_site.demo.content.programmes import PROGRAMMES
from network_site.demo.content.sources import SOURCES
from network_site.demo.content.standard_pages import STANDARD_PAGES
from network_site.demo.content.target_groups import TARGET_GROUPS
from network_site.demo.content.themes import THEMES
from network_site.members.enums import OrganizationKind
from network_site.taxonomies.services import TERRITORIES_FILE

LISTS = {
    "themes": THEMES,
    "grounds": GROUNDS,
    "target_groups": TARGET_GROUPS,
    "programmes": PROGRAMMES,
    "organisations": ORGANISATIONS,
    "records": RECORDS,
    "measures": MEASURES,
    "practices": PRACTICES,
    "events": EVENTS,
    "forums": FORUMS,
    "threads": THREADS,
    "people": PEOPLE,
    "standard_pages": STANDARD_PAGES,
    "contact_points": CONTACT_POINTS,
}
SLUGS = {name: {item["slug"] for item in items} for name, items in LISTS.items()}
WITH_FIGURES = [*PROGRAMMES, *ORGANISATIONS, *MEASURES, *PRACTICES]


def every_item():
    return [
        pytest.param(name, item, id=f"{name}-{item['slug']}")
        for name, items in LISTS.items()
        for item in items
    ]


@pytest.fixture(scope="module")
def territory_codes():
    data = json.loads(Path(TERRITORIES_FILE).read_text(encoding="utf-8"))
    kinds = {
        "region": "regions",
        "department": "departments",
        "epci": "epcis",
        "commune": "communes",
    }
    return {f"{kind}:{row[0]}" for kind, name in kinds.items() for row in data[name]}


@pytest.mark.parametrize("name", LISTS)
def test_a_slug_names_one_thing(name):
    slugs = [item["slug"] for item in LISTS[name]]

    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs)


@pytest.mark.parametrize(("name", "item"), every_item())
def test_every_reference_resolves_and_nothing_is_without_a_name(
    name, item, territory_codes
):
    label = item.get("name") or item.get("title") or item.get("label")
    label = label or item.get("first_name")
    assert label
    assert label.strip() == label
    for key in ("themes", "grounds", "target_groups", "programmes", "records"):
        assert set(item.get(key, [])) <= SLUGS[key], key
    for key in ("organisations", "creates"):
        assert set(item.get(key, [])) <= SLUGS["organisations"], key
    for key in ("publisher", "operator", "carrier", "organization", "organizer"):
        assert item.get(key, "") in {"", *SLUGS["organisations"]}, key
    for key in ("author",):
        assert item.get(key, "") in {"", *SLUGS["people"]}, key
    places = [*item.get("territories", []), item.get("territory", "")]
    assert {place for place in places if place} <= territory_codes
    sources = item.get("sources", [])
    assert set(sources or [item.get("source", "network")]) <= set(SOURCES)
    summary = item.get("summary", "")
    assert len(summary) <= 600
    if name in {"records", "measures", "practices", "organisations", "programmes"}:
        assert summary
        assert sources or item["source"]


@pytest.mark.parametrize("item", WITH_FIGURES, ids=lambda item: item["slug"])
def test_every_figure_has_a_number_and_a_source(item):
    for figure in item["figures"]:
        assert re.fullmatch(r"\d+(\.\d+)?", figure["value"])
        assert figure["source"] in SOURCES
        assert figure["label"]
        assert re.fullmatch(r"(\d{4})?", figure["year"])


def test_themes_form_a_tree_of_ten_fields_with_parents_first():
    seen = set()
    for theme in THEMES:
        assert theme["parent"] is None or theme["parent"] in seen
        seen.add(theme["slug"])
    assert len([theme for theme in THEMES if theme["parent"] is None]) == 10


def test_the_law_knew_eighteen_grounds_in_2010():
    assert len([ground for ground in GROUNDS if ground["in_2010"]]) == 18


@pytest.mark.parametrize("record", RECORDS, ids=lambda item: item["slug"])
def test_a_record_says_what_kind_it_is_and_what_is_missing(record):
    kinds = TextType if record["page_type"] == REGULATORY else StudyType
    assert record["kind"] in kinds.values
    if record["nor"]:
        nor_validator(record["nor"])
    for key in ("signed_on", "published_on"):
        if len(record[key]) == 10:
            date.fromisoformat(record[key])
        else:
            assert re.fullmatch(r"(\d{4}(-\d{2})?)?", record[key])
    if record["kind"] == "law":
        assert record["number"] in record["title"]
        assert record["signed_on"] < record["published_on"]
    for kind, target in record["relations"]:
        assert kind in {"implements", "amends", "cites", "see_also"}
        assert target in SLUGS["records"]
        assert target != record["slug"]
    for field in record["to_complete"]:
        value = record[field]
        is_partial_date = field == "signed_on" and len(value) < 10
        assert value in ("", "not_checked") or field == "body" or is_partial_date


def test_the_library_opens_with_fifteen_records_and_one_for_members():
    assert len(RECORDS) >= 15
    assert {record["visibility"] for record in RECORDS} == {"public", "member"}
    assert any(record["number"] == "2007-297" for record in RECORDS)
    assert not any(record["number"] == "2007-2097" for record in RECORDS)


def test_twenty_measures_hang_on_one_axis_and_two_axes_are_empty():
    assert {measure["axis"] for measure in MEASURES} == {"daily"}
    assert [measure["order"] for measure in MEASURES] == list(range(1, 21))
    for measure in MEASURES:
        assert measure["sessions"]
        assert set(measure["sessions"]) <= {1, 2, 3}


def test_every_practice_of_the_report_implements_a_measure():
    for practice in PRACTICES:
        measure = practice["measure"]
        assert measure in SLUGS["measures"] or (
            measure == "" and practice["source"] == "drjscs-2010"
        )
        assert re.fullmatch(r"(\d{4})?", practice["started"])
    assert len(PRACTICES) >= 24


@pytest.mark.parametrize("item", ORGANISATIONS, ids=lambda item: item["slug"])
def test_an_organisation_speaks_both_languages(item):
    assert item["kind"] in OrganizationKind.values
    for key in ("name", "summary"):
        assert item[f"{key}_en"]
    for key in ("body", "missions", "principles", "later"):
        assert bool(item[key]) == bool(item[f"{key}_en"])
    for key in ("missions", "principles"):
        assert len(item[key]) == len(item[f"{key}_en"])
    for partner in item["partners"]:
        slug = partner if isinstance(partner, str) else partner[0]
        assert slug in SLUGS["organisations"]
        assert slug != item["slug"]
    for figure in item["figures"]:
        assert figure["label_en"]


def test_the_budget_of_the_acse_is_the_note_s():
    acse = next(item for item in ORGANISATIONS if item["slug"] == "acse")

    amounts = [line["value"] for line in acse["budget"]["lines"]]

    assert amounts == ["383.2", "34.7", "13", "9"]
    assert acse["budget"]["share_of_total"] == "94"
    assert acse["budget"]["year"] == "2009"


def test_three_days_one_past_with_its_outcome_and_one_nearly_full():
    past = [event for event in EVENTS if event["day_offset"] < 0]
    coming = [event for event in EVENTS if event["day_offset"] > 0]

    assert len(past) == 1
    assert past[0]["outcome"].strip()
    assert len(coming) == 2
    assert any(
        0 < event["capacity"] - len(event["registrations"]) <= 3 for event in coming
    )
    for event in EVENTS:
        assert event["mode"] in AttendanceMode.values
        assert "démonstration" in event["body"].lower()
        assert set(event["registrations"]) <= SLUGS["people"]
        assert len(set(event["registrations"])) == len(event["registrations"])
        assert len(event["registrations"]) <= event["capacity"]
        assert any(not item["description"] for item in event["access"])
        starts = [session["starts"] for session in event["sessions"]]
        assert starts == sorted(starts)
        for kind, slug in event["related"]:
            assert slug in SLUGS[f"{kind}s"]


def test_invented_people_say_so_and_cannot_be_written_to():
    for person in PEOPLE:
        assert "fictif" in person["job_title"] or "fictive" in person["job_title"]
        assert person["email"].endswith(".example")
        assert person["last_name"].endswith(".")
    roles = {person["role"] for person in PEOPLE if person["is_role_account"]}
    assert roles == {
        "pending",
        "member",
        "contributor",
        "editor",
        "facilitator",
        "administrator",
    }


def test_a_dozen_threads_some_about_pages_one_unanswered_and_one_reported():
    people = {person["slug"]: person for person in PEOPLE}
    forums = {forum["slug"]: forum for forum in FORUMS}
    assert {forum["visibility"] for forum in FORUMS} == set(ForumVisibility.values)
    assert len(THREADS) >= 12
    assert len([thread for thread in THREADS if thread["about"]]) >= 5
    questions = [thread for thread in THREADS if thread["kind"] == "question"]
    assert any(not q["answers"] and q["days_ago"] > 5 for q in questions)
    assert any(thread["accepted"] is not None for thread in THREADS)
    reports = [
        answer["report"]
        for thread in THREADS
        for answer in thread["answers"]
        if answer["report"]
    ]
    assert len(reports) == 1
    assert reports[0]["reason"] in ReportReason.values
    for thread in THREADS:
        assert thread["kind"] in ThreadKind.values
        forum = forums[thread["forum"]]
        ages = [thread["days_ago"], *(a["days_ago"] for a in thread["answers"])]
        assert ages == sorted(ages, reverse=True)
        if thread["about"]:
            kind, slug = thread["about"]
            assert slug in SLUGS[f"{kind}s"]
        for name in [thread["author"], *(a["author"] for a in thread["answers"])]:
            assert people[name]["role"] != "pending"
            if forum["visibility"] == "group":
                assert PRIVATE_GROUP in people[name]["groups"]


def test_quotations_are_short_and_stand_under_their_author_s_name():
    assert len(QUOTATIONS) <= 3
    for quotation in QUOTATIONS:
        assert len(quotation) <= 160
        assert quotation in EDITORIAL["body"]
    assert EDITORIAL["author_name"] == "Patrick Butor"
    assert EDITORIAL["body"].count("Patrick Butor") >= len(QUOTATIONS)


def test_the_pages_of_the_site_exist_in_both_languages_and_are_in_the_footer():
    for page in STANDARD_PAGES:
        for key in ("title", "summary", "body"):
            assert page[key].strip()
            assert page[f"{key}_en"].strip()
    assert {link[0] for link in BRANDING["footer_links"]} <= SLUGS["standard_pages"]
    assert HOME["title"]
    assert {page["slug"] for page in INDEX_PAGES.values()} >= {
        "bibliotheque",
        "bonnes-pratiques",
        "journees",
    }
