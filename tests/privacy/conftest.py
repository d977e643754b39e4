"""A member who has been everywhere, and the departure that must leave nothing of them."""

import io
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image
from wagtail.admin.models import FormState
from wagtail.models import Comment, UploadedFile
from wagtail.users.models import UserProfile

from events import services as days
from events.models import Registration
from forums.enums import ForumVisibility
from forums.services import hide_post, report_post
from good_practices import services as practices
from library.models import LibraryIndexPage
from library.services import create_record
from network_site.core.models import OutboxEntry
from network_site.core.outbox import drain
from network_site.home.services import ensure_site
from network_site.mailing.models import (
    AddressHealth,
    Bounce,
    OutgoingMail,
)
from network_site.media import intake
from network_site.media.models import SiteDocument, SiteImage
from network_site.members import portraits, roles
from network_site.members.enums import MembershipStatus
from network_site.members.models import (
    Organization,
    OrganizationDelegate,
    Position,
    SpaceGrant,
    Sponsorship,
)
from network_site.newsletters.models import Subscription
from network_site.newsletters.services import contributions
from network_site.notifications.models import (
    Delivery,
    Follow,
    Item,
    MailSettings,
)
from network_site.privacy.models import Departure
from network_site.search import indexing, stores
from network_site.search.models import SavedSearch
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory
from tests.events.factories import make_event, move_to_past
from tests.forums.factories import make_forum, make_post, make_thread
from tests.good_practices.factories import make_practice

FIRST, LAST = "Ségolène", "Zylberquist-Marévol"
NAME = f"{FIRST} {LAST}"
ADDRESS = "segolene.zylberquist@prefecture.example"
OTHER_ADDRESS = "s.zylberquist@maison.example"


@pytest.fixture
def places(settings, tmp_path):
    """Folders of their own: the index, the media, the copies of data."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EXPORTS_DIR = tmp_path / "exports"
    yield settings
    stores._stores.pop(str(settings.SEARCH_INDEX_DIR), None)


@pytest.fixture
def colleague(make_user):
    return make_user(
        "collegue@exemple.fr",
        roles.MEMBERS,
        status=MembershipStatus.APPROVED,
        first_name="Idriss",
        last_name="Baumgartner",
    )


@pytest.fixture
def leaver(make_user):
    """The member, as the directory knows them."""
    user = make_user(
        ADDRESS,
        roles.MEMBERS,
        roles.CONTRIBUTORS,
        status=MembershipStatus.APPROVED,
        first_name=FIRST,
        last_name=LAST,
    )
    gentilly = Territory.objects.create(
        kind=TerritoryKind.COMMUNE, insee_code="94037", name="Gentilly", slug="gentilly"
    )
    profile = user.profile
    profile.territory = gentilly
    profile.job_title = "Cheffe de projet"
    profile.presentation = f"{NAME} suit les bailleurs."
    profile.save()
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email=OTHER_ADDRESS, verified=True)
    return user


@pytest.fixture
def everywhere(places, home_page, leaver, colleague, facilitator, client_for):
    """`leaver` after some years: in every space, in every table, in the index."""
    ensure_site()
    indexing.rebuild()
    world = SimpleNamespace(user=leaver, colleague=colleague, settings=places)
    _sheet(world)
    _discussions(world, facilitator)
    _days(world)
    _pages(world)
    _letter_and_mails(world)
    _back_office(world)
    client_for(leaver).get("/")
    UserSession.objects.create(
        user=leaver, ip="192.0.2.7", session_key="k" * 32, user_agent="Navigateur"
    )
    drain()
    return world


def _noise(colour):
    """A photograph of a few hundred different bytes."""
    image = Image.effect_noise((132, 132), 90).convert("RGB")
    return Image.blend(image, Image.new("RGB", image.size, colour), 0.3)


def _sheet(world):
    profile = world.user.profile
    profile.portrait = portraits.write_files(_noise("red"), portraits.Frame())
    profile.save(update_fields=["portrait"])
    buffer = io.BytesIO()
    _noise("blue").save(buffer, "PNG")
    made = intake.read(buffer.getvalue(), intake.PORTRAIT)
    portraits.save_draft(profile=profile, made=made)
    storage = world.settings.MEDIA_ROOT
    world.portrait_bytes = [
        (storage / portraits.file_name(profile.portrait, size, kind)).read_bytes()[
            -120:
        ]
        for size in portraits.SIZES
        for kind in portraits.FORMATS
    ]
    organization = Organization.objects.create(
        name="Mission locale", slug="mission", contact_email=ADDRESS
    )
    world.organization = organization
    profile.languages.create(code="fr")
    Position.objects.filter(profile=profile).delete()
    Position.objects.create(
        profile=profile, job_title="Agente", started_at=timezone.now()
    )
    OrganizationDelegate.objects.create(organization=organization, user=world.user)
    Sponsorship.objects.create(
        profile=world.colleague.profile, sponsor_email=ADDRESS, sponsor=world.user
    )
    Authenticator.objects.create(user=world.user, type="totp", data={"secret": "x"})


def _discussions(world, facilitator):
    forum = make_forum(ForumVisibility.MEMBERS)
    forum.facilitators.add(world.user)
    private = make_forum(ForumVisibility.GROUP)
    world.user.groups.add(private.group)
    world.colleague.groups.add(private.group)
    SpaceGrant.objects.create(user=world.user, group=private.group)
    world.thread = make_thread(
        forum, world.user, title="Qui a un modèle ?", body=f"Écrivez-moi : {ADDRESS}"
    )
    make_post(world.thread, world.colleague, body=f"Voilà, @{NAME} et @{LAST} : lisez.")
    quoting = f"> {NAME} a écrit :\n> Qui a un modèle ?\n\nMerci Mme {LAST}."
    world.answer = make_post(world.thread, world.colleague, body=quoting)
    world.own_post = make_post(
        world.thread, world.user, body="> Voilà, lisez.\n\nParfait, merci."
    )
    make_thread(private, world.colleague, title=f"Merci à {NAME}", body="Pour tout.")
    report_post(post=world.answer, reason="other", reporter=world.user)
    hide_post(post=world.own_post, actor=facilitator, reason=f"{NAME} se répète.")


def _days(world):
    past = make_event("Une journée passée")
    coming = make_event("Une journée à venir", contact_email=ADDRESS, capacity=1)
    coming.owner = world.user
    coming.save()
    needs = f"{NAME} vient en fauteuil"
    for event in (past, coming):
        days.register(event=event, user=world.user, access_needs=needs, question=needs)
    days.register(event=coming, user=world.colleague)
    move_to_past(past)
    world.past, world.coming = past, coming
    world.waiting = Registration.objects.get(event=coming, user=world.colleague)


def _pages(world):
    page = make_practice("Un guichet unique", contact=f"{NAME}, {ADDRESS}")
    page.owner = world.user
    page.save()
    page.summary = "Une autre phrase."
    page.save_revision(user=world.user, log_action=True).publish()
    practices.set_practice_level(page=page, level="examined", examined_by=NAME)
    world.practice = page
    world.draft, _is_new = practices.create_draft(
        author=world.user,
        form_token=uuid.uuid4(),
        data={"title": "Un brouillon", "contact": ADDRESS},
    )
    world.study = create_record(
        parent=LibraryIndexPage.objects.get(),
        kind="study",
        title="Une étude",
        authors=NAME,
        by=world.user,
    )
    Comment.objects.create(
        page=page,
        user=world.colleague,
        text=f"À voir avec {NAME.upper()}",
        contentpath="title",
    )
    buffer = io.BytesIO()
    _noise("green").save(buffer, "PNG")
    for name in ("libre", "autre"):
        image = SiteImage.objects.create(
            title=f"Photo de {NAME}",
            uploaded_by_user=world.user,
            file=ContentFile(buffer.getvalue(), f"{name}.png"),
        )
        image.renditions.create(
            filter_spec="width-40",
            width=40,
            height=40,
            file=ContentFile(buffer.getvalue(), f"{name}.width-40.png"),
        )
    SiteDocument.objects.create(
        title="Note",
        uploaded_by_user=world.user,
        file=ContentFile(f"Note de {NAME}".encode(), "note.txt"),
    )


def _letter_and_mails(world):
    now = timezone.now()
    user = world.user
    Subscription.objects.create(email=OTHER_ADDRESS, consent="Oui.", created_at=now)
    contributions.propose_contribution(
        author=user, title="Brève", text=f"Par {NAME}", form_token=uuid.uuid4()
    )
    MailSettings.objects.update_or_create(user=user)
    Follow.objects.get_or_create(user=user, kind="theme", target="1")
    SavedSearch.objects.create(
        user=user, name=f"Veille de {FIRST}", criteria={"q": NAME}, fingerprint="f"
    )
    item = Item.objects.create(
        name="forums.post", object_id=1, category="forums", occurred_at=now, actor=user
    )
    Delivery.objects.get_or_create(user=world.colleague, item=item)
    mail = OutgoingMail.objects.create(
        key=f"essai|{ADDRESS}",
        kind="templated",
        user=user,
        address=ADDRESS,
        subject=f"{NAME}, bienvenue",
        status="sent",
    )
    Bounce.objects.create(
        report_id="r1", mail=mail, address=ADDRESS, is_hard=True, diagnostic=ADDRESS
    )
    AddressHealth.objects.create(address=OTHER_ADDRESS, hard_bounces=1)


def _back_office(world):
    user, practice = world.user, world.practice
    UserProfile.objects.create(user=user)
    FormState.objects.create(
        user=user,
        data=f"title={NAME}",
        content_type=practice.content_type,
        object_id=str(practice.pk),
        parent_object_id="",
        last_updated_at=timezone.now(),
    )
    UploadedFile(uploaded_by_user=user).file.save(
        "attente.txt", ContentFile(NAME.encode())
    )
    OutboxEntry.objects.create(
        kind="essai", is_dead=True, last_error=f"550 {ADDRESS} unknown", attempts=10
    )
    DBTaskResult.objects.create(
        priority=0,
        task_path="library.tasks.read_files",
        queue_name="slow",
        backend_name="default",
        args_kwargs={"args": [], "kwargs": {}},
        run_after=timezone.now(),
        exception_class_path="builtins.ValueError",
        traceback=f"ValueError: {NAME} <{ADDRESS}>",
    )


@pytest.fixture
def leave():
    """leave(user, signature) asks, lets the days pass and carries it out; the Departure."""

    def go(user, signature="former_f"):
        from network_site.privacy import services

        departure = services.ask_to_leave(user=user, signature=signature)
        drain()
        Departure.objects.filter(pk=departure.pk).update(
            due_at=timezone.now() - timedelta(minutes=1)
        )
        services.call_due()
        drain()
        drain()
        departure.refresh_from_db()
        return departure

    return go
