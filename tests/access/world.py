"""A small network with one object of each kind for each audience, and one person a role.

Each object carries a word of its own in its title: where the word shows, the object leaks.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from events.models import EventIndexPage, Registration
from events.services import create_event, register
from forums.enums import ForumVisibility
from forums.models import Forum
from forums.services import add_post, open_thread, report_post
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
from network_site.directory.services import write_message
from network_site.home.services import ensure_site
from network_site.media.models import SiteDocument
from network_site.members import roles
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.models import ContactPoint, Organization, Profile
from network_site.members.words import keep_words
from network_site.newsletters.models import NewsletterIndexPage
from network_site.newsletters.services import create_issue
from network_site.pages.models import EditorialPage, StandardPage
from network_site.search.saved import save_search
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Programme, Territory, Theme
from tests.support.people import group_called

PEERS = "Pairs du Sud"
ROLES = (
    "visitor",
    "pending",
    "member",
    "private_member",
    "contributor",
    "editor",
    "facilitator",
)
# Who may read what: the audiences of the network.
AUDIENCES = {
    "public": set(ROLES),
    "members": set(ROLES) - {"visitor", "pending"},
    "private": {"private_member"},
}
WORDS = {"public": "zephyrine", "members": "quartzite", "private": "obsidienne"}


@dataclass
class World:
    users: dict = field(default_factory=dict)
    objects: dict = field(default_factory=dict)

    def __getitem__(self, key):
        return self.objects[key]


def word(kind, audience):
    """The word that only the `kind` object of `audience` carries."""
    return f"{WORDS[audience]}{kind}"


def restrict(page, audience):
    """Keep `page` for an audience, by Wagtail's restriction to a group."""
    if audience == "public":
        return
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(
        group_called(roles.MEMBERS if audience == "members" else PEERS)
    )


def build_world(make_user):
    """Return the World; its people are those of ROLES."""
    ensure_site()
    world = World()
    peers = group_called(PEERS)
    approved = MembershipStatus.APPROVED
    world.users = {
        "visitor": AnonymousUser(),
        "pending": make_user(None, status=MembershipStatus.PENDING),
        "member": make_user(None, roles.MEMBERS, status=approved),
        "private_member": make_user(None, roles.MEMBERS, PEERS, status=approved),
        "contributor": make_user(
            None, roles.MEMBERS, roles.CONTRIBUTORS, status=approved
        ),
        "editor": make_user(None, roles.MEMBERS, roles.EDITORS, status=approved),
        "facilitator": make_user(
            None, roles.MEMBERS, roles.FACILITATORS, status=approved
        ),
    }
    author = world.users["private_member"]
    theme = Theme.add_root(name="Emploi", slug="emploi")
    region = Territory.objects.create(
        kind=TerritoryKind.REGION, insee_code="76", name="Occitanie", slug="occitanie"
    )
    place = Territory.objects.create(
        kind=TerritoryKind.DEPARTMENT,
        insee_code="30",
        name="Gard",
        slug="gard",
        parent=region,
        map_x=390.0,
        map_y=440.0,
    )
    programme = Programme.objects.create(name="Réussite éducative", slug="pre")
    body = Organization.objects.create(
        name="Service national",
        slug="service-national",
        kind="agency",
        contact_email="accueil@exemple.fr",
    )
    ContactPoint.objects.create(
        label="Pôle", email="pole@exemple.fr", organization=body
    ).themes.add(theme)
    library = LibraryIndexPage.objects.get()
    practices = PracticeIndexPage.objects.get()
    days = EventIndexPage.objects.get()
    world.objects.update(
        theme=theme,
        territory=place,
        programme=programme,
        organization=body,
        library=library,
        practices=practices,
        days=days,
        measures=MeasureIndexPage.objects.get(),
        newsletter=NewsletterIndexPage.objects.get(),
        measure=publish_practice(
            page=create_measure(
                parent=MeasureIndexPage.objects.get(), title="Une mesure nationale"
            )
        ),
    )
    home = library.get_parent()
    world.objects["standard"] = home.add_child(
        instance=StandardPage(title="Mentions", slug="mentions")
    )
    world.objects["editorial"] = home.add_child(
        instance=EditorialPage(title="Éditorial", slug="editorial")
    )
    for audience in AUDIENCES:
        _contents(world, audience, author, peers)
    _people(world, make_user, peers)
    _drafts(world)
    _letter(world)
    world.objects["saved_search"] = save_search(
        user=world.users["member"],
        name="Ma recherche",
        criteria={"q": "logement", "kind": [], "theme": [], "territory": []},
    )
    return world


def _people(world, make_user, peers):
    """A person for each audience of the sheet, with a field for each narrower audience."""
    levels = {
        "public": FieldVisibility.EVERYONE,
        "members": FieldVisibility.MEMBERS,
        "private": FieldVisibility.SPACES,
    }
    for audience, level in levels.items():
        user = make_user(
            None,
            roles.MEMBERS,
            status=MembershipStatus.APPROVED,
            first_name="Ada",
            last_name=word("fiche", audience).title(),
        )
        user.groups.add(peers)
        profile = user.profile
        profile.sheet_visibility = profile.organization_visibility = level
        profile.organization = world["organization"]
        profile.themes.add(world["theme"])
        profile.territory = world["territory"]
        fields = {
            "job_title": "public",
            "help_topics": "members",
            "presentation": "private",
        }
        for name_of_field, readers in fields.items():
            narrowest = min(levels[readers], level)
            name = next(key for key, one in levels.items() if one == narrowest)
            setattr(profile, name_of_field, word("champ", name))
            setattr(profile, f"{name_of_field}_visibility", narrowest)
        profile.save()
        keep_words(Profile.objects.filter(pk=profile.pk))
        world.objects[f"person_{audience}"] = profile
    message = write_message(
        sender=world.users["editor"],
        recipient=world.users["member"],
        subject="Bonjour",
        body="Bonjour.",
        form_token=uuid4(),
    )
    world.objects["contact_message"] = message


def _letter(world):
    """A public issue of the newsletter that names an object of each kind for each audience."""
    body = []
    for audience in AUDIENCES:
        body.append(("heading", f"Rubrique {word('rubrique', audience)}"))
        for kind in ("record", "practice", "event"):
            piece = {
                "page": world[f"{kind}_{audience}"],
                "sentence": f"Choisi pour vous : {word('phrase', audience)}",
                "by": "",
            }
            body.append(("content", piece))
        thread = world[f"thread_{audience}"]
        url = thread.get_absolute_url()
        link = {"title": thread.title, "url": url, "text": "", "by": ""}
        body.append(("link", link))
    world.objects["letter"] = create_issue(
        slug="lettre-de-tous",
        title="Lettre pour toutes et tous",
        summary="",
        intro="Bonjour.",
        body=body,
        by=None,
        sent_at=timezone.now(),
    )


def _drafts(world):
    """Two practices the member is writing: one theirs alone, one sent for examination."""
    member = world.users["member"]
    for name in ("draft", "draft_sent"):
        page, _created = create_draft(
            author=member,
            form_token=uuid4(),
            data={"title": f"En cours, {name}", "context": "Un problème."},
        )
        world.objects[name] = page
    submit_practice(page=world["draft_sent"], by=member)


def _contents(world, audience, author, peers):
    theme, place, programme = world["theme"], world["territory"], world["programme"]
    document = SiteDocument(title=f"Fichier {word('fichier', audience)}")
    document.file.save(
        f"{audience}.txt", ContentFile(f"Texte {word('contenu', audience)}.".encode())
    )
    record = create_record(
        parent=world["library"],
        title=f"Texte {word('texte', audience)}",
        summary=f"Résumé {word('texte', audience)}",
        text_type="law",
        reference="2006-396" if audience == "public" else "",
        publisher=world["organization"],
        files=[document],
        themes=[theme],
        territories=[place],
        programmes=[programme],
    )
    record = publish_record(page=record)
    restrict(record, audience)
    practice = create_practice(
        parent=world["practices"],
        title=f"Pratique {word('pratique', audience)}",
        summary="Ce qui a été fait.",
        themes=[theme],
        territories=[place],
        programmes=[programme],
        organization=world["organization"],
        measure=world["measure"],
        related=[(world.objects.get("record_public", record), "founded_on")],
    )
    practice = publish_practice(page=practice)
    restrict(practice, audience)
    now = timezone.now()
    event = create_event(
        parent=world["days"],
        title=f"Journée {word('journee', audience)}",
        starts_at=now + timedelta(days=9),
        ends_at=now + timedelta(days=9, hours=6),
        capacity=1,
        organizer=world["organization"],
        themes=[theme],
        territories=[place],
        programmes=[programme],
    )
    restrict(event, audience)
    register(event=event, user=author, mode="on_site")
    forum = Forum.objects.create(
        name=f"Espace {word('espace', audience)}",
        slug=f"espace-{audience}",
        visibility={
            "public": ForumVisibility.PUBLIC,
            "members": ForumVisibility.MEMBERS,
            "private": ForumVisibility.GROUP,
        }[audience],
        group=peers if audience == "private" else None,
    )
    thread = open_thread(
        forum=forum,
        author=author,
        title=f"Question {word('fil', audience)}",
        body=f"Comment faire ? {word('message', audience)}",
        themes=[theme],
        about=world.objects.get("record_public", record),
    )
    post = add_post(
        thread=thread, author=author, body=f"Réponse {word('reponse', audience)}"
    )
    report = report_post(post=post, reason="other", comment="À voir", reporter=author)
    issue = create_issue(
        slug=f"lettre-{audience}",
        title=f"Lettre {word('lettre', audience)}",
        summary="",
        intro="Bonjour.",
        body=[],
        by=author,
        sent_at=now,
    )
    restrict(issue, audience)
    world.objects.update(
        {
            f"document_{audience}": document,
            f"issue_{audience}": issue,
            f"record_{audience}": record,
            f"practice_{audience}": practice,
            f"event_{audience}": event,
            f"forum_{audience}": forum,
            f"thread_{audience}": thread,
            f"post_{audience}": post,
            f"report_{audience}": report,
            f"registration_{audience}": Registration.objects.get(event=event),
        }
    )


def profile_of(world, role):
    """The sheet of one of the people."""
    return Profile.objects.get(user=world.users[role])
