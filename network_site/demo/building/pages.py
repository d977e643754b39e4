"""The pages: library, measures, practices, days, editorial, pages of the site."""

import uuid
from datetime import datetime, time, timedelta
from graphlib import TopologicalSorter

from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction, Site

from events.models import EventIndexPage, Registration
from events.services import create_event, register
from good_practices.models import MeasureIndexPage, PracticeIndexPage
from good_practices.services import (
    create_draft,
    create_measure,
    create_practice,
    publish_practice,
    submit_practice,
)
from library.models import LibraryIndexPage
from library.services import create_record, publish_record
from network_site.demo.building.base import (
    figures,
    partial_date,
    source_fields,
    text,
)
from network_site.demo.content.branding import BRANDING, HOME, INDEX_PAGES
from network_site.demo.content.editorial import EDITORIAL
from network_site.demo.content.events import EVENTS
from network_site.demo.content.library import RECORDS, REGULATORY
from network_site.demo.content.measures import MEASURES
from network_site.demo.content.practices import DRAFT, PRACTICES
from network_site.demo.content.standard_pages import STANDARD_PAGES
from network_site.demo.files import odt_file
from network_site.home.models import Branding, FooterLink, HomePage
from network_site.members import roles
from network_site.pages.enums import RelationKind
from network_site.pages.models import (
    EditorialPage,
    PageTargetGroup,
    PageTheme,
    RelatedPage,
    StandardPage,
)

RELATIONS = {
    "implements": RelationKind.IMPLEMENTS,
    "amends": RelationKind.AMENDS,
    "cites": RelationKind.CITES,
    "see_also": RelationKind.RELATED,
}


def build_library(built):
    """Records, each after those it refers to."""
    by_slug = {item["slug"]: item for item in RECORDS}
    order = TopologicalSorter(
        {
            slug: [target for _, target in item["relations"]]
            for slug, item in by_slug.items()
        }
    )
    index = LibraryIndexPage.objects.get()
    for slug in order.static_order():
        built.records[slug] = _record(built, index, by_slug[slug])


def _record(built, index, item):
    editor = built.people["redaction"]
    is_text = item["page_type"] == REGULATORY
    day, precision = partial_date(item["signed_on"] or item["published_on"])
    fields = {
        "title": text(item["title"]),
        "slug": item["slug"],
        "seo_title": text(item["short_title"]),
        "summary": text(item["summary"]),
        "body": text(item["body"]),
        "lang": item["lang"],
        "official_url": item["official_url"],
        "publisher": built.organisations.get(item["publisher"]),
        "document_date": day,
        "date_precision": precision,
        "reference": item["number"],
        **source_fields(item["source"]),
        **built.terms(item),
    }
    if is_text:
        published_on, _precision = partial_date(item["published_on"])
        fields |= {
            "text_type": item["kind"],
            "nor": item["nor"],
            "published_on": published_on,
            "published_in": "Journal officiel" if published_on else "",
        }
    else:
        fields |= {"study_type": item["kind"], "authors": item["authors"]}
    page = create_record(
        parent=Page.objects.get(pk=index.pk),
        kind="regulatory" if is_text else "study",
        files=[_document(built, one, item) for one in item["files"]],
        related=[
            (built.records[target], RELATIONS[kind])
            for kind, target in item["relations"]
        ],
        by=editor,
        **fields,
    )
    if item["visibility"] == "member":
        # Before it is published: its words must never be filed as public.
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.add(roles.group_of(roles.MEMBERS))
    return built.remember(publish_record(page=page, by=editor))


def _document(built, one, item):
    title = text(one["title"])
    document = get_document_model()(
        title=title,
        lang="fr",
        licence="Licence Ouverte 2.0",
        uploaded_by_user=built.people["redaction"],
    )
    content = odt_file(
        title=title, markdown=text(item["summary"] + "\n\n" + item["body"])
    )
    document.file.save(one["name"], content, save=False)
    document.file_size = document.file.size
    document.save()
    return built.remember(document), title


def build_measures(built):
    index = MeasureIndexPage.objects.get()
    editor = built.people["animation"]
    for item in MEASURES:
        body = item["body"]
        if item["links"]:
            links = "\n".join(f"- [{label}]({url})" for label, url in item["links"])
            body = f"{body.strip()}\n\n## En savoir plus\n\n{links}"
        page = create_measure(
            parent=Page.objects.get(pk=index.pk),
            title=text(item["title"]),
            slug=item["slug"],
            summary=text(item["summary"]),
            body=text(body),
            axis=item["axis"],
            sessions=item["sessions"],
            position=item["order"],
            figures=figures(item),
            related=[
                (built.records[slug], RelationKind.RELATED) for slug in item["records"]
            ],
            by=editor,
            **source_fields(item["source"]),
            **built.terms(item),
        )
        built.measures[item["slug"]] = built.remember(
            publish_practice(page=page, by=editor)
        )


def build_practices(built):
    index = PracticeIndexPage.objects.get()
    editor = built.people["animation"]
    kinds = {item["slug"]: item["kind"] for item in RECORDS}
    for item in PRACTICES:
        page = create_practice(
            parent=Page.objects.get(pk=index.pk),
            slug=item["slug"],
            measure=built.measures.get(item["measure"]),
            organization=built.organisations.get(item["carrier"]),
            started=item["started"],
            started_year=int(item["started"]) if item["started"] else None,
            ended=item["ended"],
            lessons_learned=text(item["obstacles"]),
            figures=figures(item),
            related=[
                (
                    built.records[slug],
                    RelationKind.FOUNDED_ON
                    if kinds[slug] == "agreement"
                    else RelationKind.RELATED,
                )
                for slug in item["records"]
            ],
            by=editor,
            **{
                name: text(item[name])
                for name in (
                    "title",
                    "summary",
                    "carriers",
                    "context",
                    "actions",
                    "results",
                    "resources",
                    "partners",
                )
            },
            **source_fields(item["source"]),
            **built.terms(item),
        )
        built.practices[item["slug"]] = built.remember(
            publish_practice(page=page, by=editor)
        )


def build_draft(built):
    """A practice that a contributor has sent: what facilitators have to examine."""
    author = built.people[DRAFT["author"]]
    page, created = create_draft(
        author=author,
        form_token=uuid.uuid5(uuid.NAMESPACE_URL, "demo:draft"),
        data={
            **{
                name: text(DRAFT[name])
                for name in (
                    "title",
                    "summary",
                    "context",
                    "actions",
                    "lessons_learned",
                )
            },
            **built.terms(DRAFT),
        },
    )
    if created:
        built.remember(page)
        submit_practice(page=page, by=author)


def build_events(built):
    index = EventIndexPage.objects.get()
    editor = built.people["animation"]
    for item in EVENTS:
        starts_at, ends_at = _hours(built, item)
        terms = built.terms(item)
        related = [
            RelatedPage(target=Page(pk=getattr(built, f"{kind}s")[slug].pk))
            for kind, slug in item["related"]
        ]
        event = create_event(
            parent=Page.objects.get(pk=index.pk),
            title=text(item["title"]),
            slug=item["slug"],
            summary=text(item["summary"]),
            starts_at=starts_at,
            ends_at=ends_at,
            attendance_mode=item["mode"],
            venue=text(item["venue"]),
            address=text(item["address"]),
            capacity=item["capacity"],
            registration_closes_at=starts_at
            - timedelta(days=item["closes_days_before"]),
            organizer=built.organisations[item["organizer"]],
            contact_email=item["contact_email"],
            body=text(item["body"]),
            outcome=text(item["outcome"]),
            sessions=[
                {
                    "starts": time.fromisoformat(one["starts"]),
                    "title": text(one["title"]),
                    "description": text(one["description"]),
                    "is_break": one["is_break"],
                }
                for one in item["sessions"]
            ],
            access_items=[
                (text(one["label"]), text(one["description"])) for one in item["access"]
            ],
            themes=terms["themes"],
            territories=terms["territories"],
            programmes=terms["programmes"],
            target_group_links=[
                PageTargetGroup(target_group=group) for group in terms["target_groups"]
            ],
            related_links=related,
            owner=editor,
            **source_fields("network"),
        )
        built.events[item["slug"]] = built.remember(event)
        _registrations(built, event, item)


def _hours(built, item):
    """The day counted from today, moved to the next weekday (the previous one in the past)."""
    day = timezone.localdate(built.now) + timedelta(days=item["day_offset"])
    step = timedelta(days=1 if item["day_offset"] > 0 else -1)
    while day.weekday() > 4:
        day += step
    return tuple(
        timezone.make_aware(datetime.combine(day, time.fromisoformat(item[key])))
        for key in ("starts", "ends")
    )


def _registrations(built, event, item):
    first = min(event.starts_at - timedelta(days=30), built.now - timedelta(days=12))
    for rank, slug in enumerate(item["registrations"]):
        moment = first + timedelta(hours=7 * rank)
        registration = register(
            event=event,
            user=built.people[slug],
            question=text(item["question_by"].get(slug, "")),
            now=moment,
        )
        Registration.objects.filter(pk=registration.pk).update(created_at=moment)


def build_site_pages(built):
    """The editorial, the pages of the foot, the words of the home page and of the indexes."""
    home = HomePage.objects.get()
    built.remember(
        _publish(
            home,
            EditorialPage(
                title=text(EDITORIAL["title"]),
                title_en=text(EDITORIAL["title_en"], "en"),
                slug=EDITORIAL["slug"],
                summary=text(EDITORIAL["summary"]),
                summary_en=text(EDITORIAL["summary_en"], "en"),
                body=text(EDITORIAL["body"]),
                body_en=text(EDITORIAL["body_en"], "en"),
                author_name=EDITORIAL["author_name"],
                author_title=text(EDITORIAL["author_title"]),
                author_title_en=text(EDITORIAL["author_title_en"], "en"),
                theme_links=[
                    PageTheme(theme=built.themes[slug]) for slug in EDITORIAL["themes"]
                ],
                **source_fields(EDITORIAL["source"]),
            ),
            built.people["administration"],
        )
    )
    for item in STANDARD_PAGES:
        if StandardPage.objects.child_of(home).filter(slug=item["slug"]).exists():
            continue
        page = StandardPage(
            slug=item["slug"],
            **{
                f"{name}{suffix}": text(item[f"{name}{suffix}"], lang)
                for name in ("title", "summary", "body")
                for suffix, lang in (("", "fr"), ("_en", "en"))
            },
        )
        built.standard_pages[item["slug"]] = built.remember(
            _publish(home, page, built.people["administration"])
        )
    _words_of_the_frame(home)
    _branding(built)


def _publish(parent, page, by):
    page.owner = by
    page.live = False
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision(user=by).publish(user=by)
    page.refresh_from_db()
    return page


def _words_of_the_frame(home):
    """Give the pages of the frame a summary where nobody has written one."""
    pages = {
        home: HOME,
        LibraryIndexPage.objects.get(): INDEX_PAGES["library"],
        PracticeIndexPage.objects.get(): INDEX_PAGES["practices"],
        MeasureIndexPage.objects.get(): INDEX_PAGES["measures"],
        EventIndexPage.objects.get(): INDEX_PAGES["events"],
    }
    for page, words in pages.items():
        if not page.summary:
            type(page).objects.filter(pk=page.pk).update(summary=text(words["summary"]))


def _branding(built):
    site = Site.objects.get(is_default_site=True)
    if Branding.objects.filter(site=site).exists():
        return
    fields = {
        name: text(BRANDING[name], "en" if name.endswith("_en") else "fr")
        for name in (
            "name",
            "name_en",
            "overline",
            "overline_en",
            "tagline",
            "tagline_en",
        )
    }
    branding = Branding(site=site, contact_email=BRANDING["contact_email"], **fields)
    branding.footer_links.set(
        [
            FooterLink(
                label=text(label),
                label_en=text(label_en, "en"),
                page=Page(pk=built.standard_pages[slug].pk),
                sort_order=order,
            )
            for order, (slug, label, label_en) in enumerate(BRANDING["footer_links"])
            if slug in built.standard_pages
        ]
    )
    branding.save()
    built.remember(branding)
