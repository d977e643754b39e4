"""The pages: the library, the practices, the days; and who may read them."""

from datetime import timedelta
from itertools import batched

from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.enums import AttendanceMode, RegistrationMode, RegistrationStatus
from events.models import (
    EventIndexPage,
    EventPage,
    EventSession,
    EventState,
    Registration,
    VenueAccess,
)
from good_practices.enums import PracticeLevel
from good_practices.models import (
    GoodPracticePage,
    MeasurePage,
    PracticeFigure,
    PracticeIndexPage,
    PracticeState,
)
from library.enums import DatePrecision, LegalStatus, StudyType, TextType
from library.models import (
    LegalStatusEntry,
    LibraryIndexPage,
    RegulatoryTextPage,
    StudyPage,
    rendered_note,
)
from library.services import open_body_space
from network_site.demo.load.page_rows import BATCH, Branch, insert
from network_site.members import roles
from network_site.members.models import Organization
from network_site.pages.enums import RelationKind
from network_site.pages.models import (
    PageGround,
    PageProgramme,
    PageTargetGroup,
    PageTerritory,
    PageTheme,
    RelatedPage,
)

DRAFTS, RESTRICTED, RELATED = 0.03, 0.01, 0.35
# Of the records, those in the space of a body.
IN_BODIES = 0.2


def library(load):
    """Records in the network's own part and in the spaces of bodies."""
    chance = load.chance
    index = LibraryIndexPage.objects.get()
    bodies = Organization.objects.filter(library_sections=None).order_by("-pk")
    sections = [
        open_body_space(organization=body) for body in bodies[: load.sizes.body_spaces]
    ]
    # The spaces are opened first: the index page counts its children.
    own = Branch(index, chance)
    branches = chance.tail([Branch(section, chance) for section in sections])
    kinds = chance.tail(TextType.values, 0.7), chance.tail(StudyType.values, 0.7)
    done = []
    for numbers in batched(range(load.sizes.records), BATCH):
        texts, studies = [], []
        for number in numbers:
            is_text = chance.happens(0.45)
            branch = branches.one() if chance.happens(IN_BODIES) else own
            page = _record(load, is_text, kinds[0 if is_text else 1].one(), number)
            page.publisher_id = getattr(
                branch.parent.specific, "organization_id", None
            ) or (load.organisations.one().pk if chance.happens(0.7) else None)
            _file(load, page, done, RelationKind.CITES)
            (texts if is_text else studies).append(branch.place(page))
        for pages in filter(None, (texts, studies)):
            insert(pages)
            done += pages
        _statuses(load, texts)
        load.say_part(numbers[-1] + 1, load.sizes.records)
    for branch in (own, *branches.items()):
        branch.close()
    load.records = done
    _restrict(load, done)
    if len(sections) > 1:
        # A whole space that members alone read.
        _only_for(sections[-1], roles.group_of(roles.MEMBERS))


def _record(load, is_text, kind, number):
    chance, writer = load.chance, load.writer
    day = chance.moment().date()
    precision = chance.rng.choices(DatePrecision.values, (80, 8, 12))[0]
    body = writer.body(chance.rng.randint(1, 6))
    shared = {
        "title": writer.title(),
        "summary": writer.short(500),
        "document_date": day,
        "date_precision": precision,
        "nature": kind,
        "body": body,
        "body_html": rendered_note(body),
        "lang": "en" if chance.happens(0.03) else "fr",
        "official_url": f"https://textes.example/{number}" if is_text else "",
    }
    if is_text:
        return RegulatoryTextPage(
            text_type=kind,
            reference=f"{day.year}-{number + 1}",
            no_nor_reason=("Document d’essai" if kind == TextType.CIRCULAR else ""),
            published_on=day + timedelta(days=2),
            **shared,
        )
    return StudyPage(
        study_type=kind,
        authors=f"{writer.surname()} et {writer.surname()}",
        extent=f"{chance.rng.randint(2, 300)} pages",
        **shared,
    )


def _file(load, page, others, kind):
    """Whether it is published, where it is filed and what it refers to; unsaved."""
    chance = load.chance
    moment = chance.moment(3000)
    page.live = not chance.happens(DRAFTS)
    page.has_unpublished_changes = not page.live
    page.first_published_at = page.last_published_at = moment if page.live else None
    page.latest_revision_created_at = moment
    page.owner = load.members.one()
    page.seo_title = page.search_description = ""
    for relation, link, column, terms, share in (
        ("theme_links", PageTheme, "theme_id", load.themes, 0.95),
        ("territory_links", PageTerritory, "territory_id", load.territories, 0.6),
        ("target_group_links", PageTargetGroup, "target_group_id", load.publics, 0.5),
        ("ground_links", PageGround, "ground_id", load.grounds, 0.4),
        ("programme_links", PageProgramme, "programme_id", load.programmes, 0.3),
    ):
        found = terms.some(4) if chance.happens(share) else []
        getattr(page, relation).set([link(**{column: term.pk}) for term in found])
    if others and chance.happens(RELATED):
        targets = {
            chance.rng.choice(others).pk for _number in range(chance.rng.randint(1, 3))
        }
        page.related_links.set(
            [RelatedPage(target_id=pk, kind=kind) for pk in sorted(targets)]
        )


def _statuses(load, texts):
    chance = load.chance
    statuses = chance.tail(LegalStatus.values)
    LegalStatusEntry.objects.bulk_create(
        LegalStatusEntry(
            page=page,
            status=statuses.one(),
            effective_on=page.document_date,
            checked_on=chance.moment(1000).date(),
        )
        for page in texts
        if chance.happens(0.7)
    )


def _restrict(load, pages):
    """Keep a few pages for the members, fewer still for a private group."""
    members = roles.group_of(roles.MEMBERS)
    for page in pages:
        if load.chance.happens(RESTRICTED):
            is_private = load.chance.happens(0.1)
            _only_for(
                page, load.chance.rng.choice(load.groups) if is_private else members
            )


def _only_for(page, group):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(group)


def practices(load):
    """Practices, under the national measures of the founding content."""
    chance, writer = load.chance, load.writer
    branch = Branch(PracticeIndexPage.objects.get(), chance)
    measures = chance.tail(MeasurePage.objects.order_by("pk"))
    levels = chance.tail(
        [PracticeLevel.TESTIMONY, PracticeLevel.DESCRIBED, PracticeLevel.EXAMINED]
    )
    done = []
    for numbers in batched(range(load.sizes.practices), BATCH):
        pages = []
        for _number in numbers:
            year = chance.moment().year
            page = GoodPracticePage(
                title=writer.title(),
                summary=writer.short(500),
                measure=measures.one() if chance.happens(0.5) else None,
                organization=load.organisations.one(),
                started=str(year),
                started_year=year,
                context=writer.body(1),
                actions=writer.body(chance.rng.randint(1, 4)),
                results=writer.body(1),
                resources=writer.text(1),
                partners=writer.text(1),
                lessons_learned=writer.text(2) if chance.happens(0.6) else "",
                adapted_from=(
                    chance.rng.choice(done) if done and chance.happens(0.03) else None
                ),
            )
            _file(load, page, load.records, RelationKind.RELATED)
            if chance.happens(0.3):
                page.figures.set(
                    [
                        PracticeFigure(
                            label=writer.short(120, 1),
                            value=str(chance.rng.randint(2, 5000)),
                            year=str(year),
                        )
                    ]
                )
            pages.append(branch.place(page))
        insert(pages)
        PracticeState.objects.bulk_create(
            [
                PracticeState(page=page, level=levels.one())
                for page in pages
                if page.live
            ]
        )
        done += pages
        load.say_part(numbers[-1] + 1, load.sizes.practices)
    branch.close()
    load.practices = done
    _restrict(load, done)


def days(load):
    """Exchange days, a tenth of them to come, and who has signed up."""
    chance, writer = load.chance, load.writer
    branch = Branch(EventIndexPage.objects.get(), chance)
    modes = chance.tail(AttendanceMode.values)
    pages = []
    for number in range(load.sizes.days):
        # The first one is to come: there is always one to sign up for.
        is_to_come = number == 0 or chance.happens(0.1)
        days_off = (
            chance.rng.randint(5, 200) if is_to_come else -chance.days_ago(3000) - 2
        )
        day = timezone.localtime(chance.now + timedelta(days=days_off))
        starts_at = day.replace(hour=9, minute=30, second=0, microsecond=0)
        page = EventPage(
            title=writer.title(),
            summary=writer.short(400),
            body=writer.body(2),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=7),
            registration_closes_at=starts_at - timedelta(days=2),
            attendance_mode=modes.one(),
            capacity=chance.rng.choice((20, 40, 80, 200, None)),
            venue=f"Maison des associations de {load.territories.one().name}",
            organizer=load.organisations.one(),
            contact_email="journees@charge.example",
            outcome="" if is_to_come else writer.body(1),
        )
        _file(load, page, load.practices, RelationKind.RELATED)
        page.sessions.set(
            [
                EventSession(
                    starts=starts_at.replace(hour=hour).time(),
                    title=writer.short(150, 1),
                )
                for hour in (9, 11, 14)
            ]
        )
        page.access_items.set([VenueAccess(label="Accès de plain-pied")])
        pages.append(branch.place(page))
    pages[0].live, pages[0].has_unpublished_changes = True, False
    insert(pages)
    branch.close()
    load.days = pages
    _registrations(load, pages)


def _registrations(load, pages):
    chance = load.chance
    picked = chance.tail(pages, 0.5, is_shuffled=True)
    places = {
        (picked.one(), load.members.one()) for _n in range(load.sizes.registrations)
    }
    by_day = {page.pk: [] for page in pages}
    for page, user in sorted(places, key=lambda one: (one[0].pk, one[1].pk)):
        by_day[page.pk].append(user)
    rows = []
    for page in pages:
        for sequence, user in enumerate(by_day[page.pk], 1):
            is_remote = page.attendance_mode == AttendanceMode.REMOTE
            is_full = page.capacity and sequence > page.capacity and not is_remote
            rows.append(
                Registration(
                    event=page,
                    user=user,
                    status=(
                        RegistrationStatus.WAITLISTED
                        if is_full
                        else RegistrationStatus.CONFIRMED
                    ),
                    mode=(
                        RegistrationMode.REMOTE
                        if is_remote
                        else RegistrationMode.ON_SITE
                    ),
                    sequence=sequence,
                )
            )
    Registration.objects.bulk_create(rows, batch_size=1000)
    EventState.objects.bulk_create(
        [EventState(page=page, sequence=len(by_day[page.pk])) for page in pages],
        batch_size=1000,
    )
