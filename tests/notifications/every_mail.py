"""Every mail of the network, written as in life: the scenes of a play, told by the services.

What people write is made of names and words of no language, so that every word that is left
belongs to the interface.
"""

import uuid
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

from allauth.account.adapter import get_adapter
from allauth.core import context as allauth_context
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import RequestFactory
from django.utils import timezone, translation
from wagtail.admin.mail import send_notification

from events import services as days
from events.models import Registration
from events.reminders import call_reminders
from forums import services as forums
from forums.enums import ForumVisibility
from good_practices import services as practices
from good_practices.models import PracticeIndexPage
from library.models import LibraryIndexPage
from library.services import create_record
from network_site.core.outbox import drain
from network_site.directory import services as directory
from network_site.home.models import Branding
from network_site.home.services import ensure_site
from network_site.mailing import mail as mail_module
from network_site.mailing import queue
from network_site.members import roles, second_factor
from network_site.members import services as membership
from network_site.members.enums import MembershipStatus
from network_site.members.models import EmailDomain, Organization, Profile
from network_site.members.services import organizations, positions, spaces
from network_site.newsletters.services import contributions, subscriptions
from network_site.notifications import mail_builders
from network_site.notifications.digest import queue_due_digests
from network_site.notifications.models import DigestSchedule, Follow
from network_site.registries.enums import Level
from tests.events.factories import make_event
from tests.forums.factories import make_forum, make_post, make_thread
from tests.notifications.body_roles_scene import body_roles
from tests.notifications.own_data_scene import own_data

ACCOUNT = {
    "account/email/login_code": {"code": "ABC-123"},
    "account/email/password_reset_code": {"code": "ABC-123"},
    "account/email/email_confirmation": {"code": "ABC-123"},
    "account/email/email_confirmation_signup": {"code": "ABC-123"},
    "account/email/password_reset_key": {"password_reset_url": "https://x.example/k/"},
    "account/email/unknown_account": {},
    "account/email/account_already_exists": {},
    "account/email/password_changed": {},
    "account/email/password_set": {},
    "account/email/password_reset": {},
    "account/email/email_changed": {
        "from_email": "ada@x.example",
        "to_email": "ada@y.example",
    },
    "account/email/email_confirm": {},
    "account/email/email_deleted": {"deleted_email": "ada@x.example"},
    "mfa/email/totp_activated": {},
    "mfa/email/totp_deactivated": {},
    "mfa/email/webauthn_added": {},
    "mfa/email/webauthn_removed": {},
    "mfa/email/recovery_codes_generated": {},
}


@contextmanager
def noted(monkeypatch):
    """{template: [messages]} of all that `compose` writes meanwhile."""
    written = {}
    compose = mail_module.compose

    def note(*, template, **options):
        message = compose(template=template, **options)
        written.setdefault(template, []).append(message)
        return message

    with monkeypatch.context() as patched:
        patched.setattr(mail_module, "compose", note)
        patched.setattr(mail_builders, "compose", note)
        yield written


def play(make_user, monkeypatch, language, between=None):
    """{template: [messages]}: each mail as a person of that language receives it.

    `between` is called with what was written so far, after each scene, and within one (which
    then yields) where the rest of it would overtake what its mails lead to.
    """

    def pause():
        drain()
        drain()
        if between is not None:
            between(written)

    site = ensure_site().get_site()
    Branding.objects.update_or_create(
        site=site, defaults={"contact_email": "xy@zorg.example"}
    )
    people = _People(make_user, language)
    with noted(monkeypatch) as written:
        for scene in (
            _days,
            _day_called_off,
            _forums,
            _practices,
            _pages,
            _members,
            _letter,
            _items,
            _employers,
            own_data,
            body_roles,
            _contact,
        ):
            for _overtaken in scene(people) or ():
                pause()
            pause()
    written |= _account_mails(people.ada)
    written["pages/comments"] = [_comments(people)]
    if between is not None:
        between(written)
    return written


class _People:
    def __init__(self, make_user, language):
        self._make, self.language = make_user, language
        self.ada = self.one("Ada", roles.MEMBERS)
        self.bob = self.one("Bob", roles.MEMBERS, roles.FACILITATORS)
        self.eve = self.one("Eve", roles.MEMBERS, roles.EDITORS)
        self.rex = self.one("Rex", roles.MEMBERS, roles.REVIEWERS)

    def one(self, name, *groups, status=MembershipStatus.APPROVED):
        return self._make(
            f"{name.lower()}@zorg.example",
            *groups,
            status=status,
            first_name=name,
            last_name="Zorg",
            language=self.language,
        )


def _days(people):
    event = make_event(
        title="Zorglub",
        capacity=1,
        attendance_mode="mixed",
        remote_url="https://zorg.example/",
        venue="Dijon",
    )
    one = days.register(event=event, user=people.ada)
    days.register(event=event, user=people.bob)
    days.register(event=event, user=people.eve, mode="remote")
    drain()
    days.cancel(registration=one, by=people.ada)
    drain()
    event.refresh_from_db()
    event.starts_at += timedelta(hours=1)
    event.ends_at += timedelta(hours=1)
    event.save_revision().publish()
    drain()
    drain()
    call_reminders(now=event.starts_at - timedelta(days=2))
    drain()
    assert Registration.objects.active().count() == 2
    people.event = event


def _day_called_off(people):
    people.event.refresh_from_db()
    days.cancel_day(event=people.event, by=people.bob, reason="Zorg zorg.")
    drain()


def _forums(people):
    forum = make_forum(ForumVisibility.PUBLIC, name="Zorgforum")
    thread = make_thread(forum, people.eve, title="Zorglub", body="Zorg.")
    post = make_post(thread, people.ada, body="Zorg zorg.")
    forums.report_post(
        post=post, reason="discrimination", comment="Zorg.", reporter=people.eve
    )
    forums.report_post(post=post, reason="discrimination", email="zed@zorg.example")
    yield
    forums.hide_post(post=post, actor=people.bob, reason="Zorg.")
    yield
    forums.contest_hiding(post=post, author=people.ada, comment="Zorg.")
    drain()
    forums.restore_post(post=post, actor=people.bob, reason="Zorg.")
    drain()
    forums.lock_thread(thread=thread, actor=people.bob, reason="Zorg.")


def _practices(people):
    page = practices.create_practice(
        parent=PracticeIndexPage.objects.get(),
        title="Zorglub",
        summary="Zorg.",
        by=people.ada,
    )
    practices.submit_practice(page=page, by=people.ada)
    drain()
    practices.request_changes(page=page, by=people.rex, comment="Zorg.")
    drain()
    page.refresh_from_db()
    practices.submit_practice(page=page, by=people.ada)
    drain()
    practices.approve_practice(page=page, by=people.rex)


def _pages(people):
    for name in ("reject", "approve"):
        page = create_record(
            parent=LibraryIndexPage.objects.get(),
            kind="study",
            title=f"Zorglub {name[0]}",
            by=people.ada,
        )
        page.get_workflow().start(page, people.ada)
        drain()
        getattr(page.current_workflow_task_state, name)(
            user=people.eve, comment="Zorg."
        )
        drain()


def _members(people):
    for name in ("Max", "Zoe"):
        user = people.one(name, status=MembershipStatus.PENDING)
        profile = membership.request_membership(
            user=user,
            first_name=name,
            last_name="Zorg",
            job_title="Zorg",
            motivation="Zorg.",
            sponsor_email=people.ada.email,
        )
        user.refresh_from_db()
        membership.confirm_address(user=user)
        drain()
        if name == "Max":
            membership.admit(profile=profile, by=people.bob)
        else:
            membership.refuse(profile=profile, by=people.bob, reason="Zorg.")
        drain()
    Authenticator.objects.create(user=people.ada, type="totp", data={})
    second_factor.reset(user=people.ada, by=people.bob)
    drain()


def _contact(people):
    """A message through the relay, which is reported; one to a contact point, answered."""
    message = directory.write_message(
        sender=people.ada,
        recipient=people.bob,
        subject="Zorg",
        body="Zorg zorg.",
        form_token=uuid.uuid4(),
    )
    drain()
    directory.report_message(message=message, comment="Zorg.")
    if people.language != "fr":
        # A contact point is written to in the language of the site.
        return
    body = Organization.objects.create(
        name="Zorgzug", slug="zorgzug", kind="agency", contact_email="zug@zorg.example"
    )
    message = directory.write_message(
        sender=people.ada,
        organization=body,
        subject="Zorg",
        body="Zorg zorg.",
        form_token=uuid.uuid4(),
    )
    drain()
    directory.answer_for_organization(
        message=message, body="Zorg.", form_token=uuid.uuid4()
    )


def _letter(people):
    for decide in (
        contributions.accept_contribution,
        contributions.refuse_contribution,
    ):
        proposed, _is_new = contributions.propose_contribution(
            author=people.ada, title="Zorglub", text="Zorg.", form_token=uuid.uuid4()
        )
        drain()
        reason = (
            {"reason": "Zorg."} if decide is contributions.refuse_contribution else {}
        )
        decide(contribution=proposed, by=people.bob, **reason)
        drain()
    for _twice in range(2):
        subscription = subscriptions.ask_subscription(
            email="yan@zorg.example", language=people.language, consent="Zorg."
        )
        drain()
        subscriptions.confirm_subscription(pk=subscription.pk, email=subscription.email)


def _items(people):
    """What is followed: a message at once, a practice in the summary."""
    tim = people.one("Tim", roles.MEMBERS)
    for target, level in (
        ("forums", Level.ALL),
        ("practices", Level.ALL),
        ("events", Level.SUMMARY),
    ):
        Follow.objects.create(user=tim, kind="space", target=target, level=level)
    forum = make_forum(ForumVisibility.PUBLIC, name="Zorgforum")
    make_thread(forum, people.eve, title="Zorglub", body="Zorg.")
    make_event(title="Zorglub", in_days=20, venue="Dijon")
    page = practices.create_practice(
        parent=PracticeIndexPage.objects.get(), title="Zorglub", summary="Zorg."
    )
    practices.publish_practice(page=page)
    drain()
    drain()
    now = timezone.now() + timedelta(minutes=1)
    queue.deliver_due(now=now)
    DigestSchedule.objects.filter(user=tim).update(due_at=now)
    queue_due_digests(now)
    queue.deliver_due(now=now)


def _employers(people):
    """A delegate, places in private spaces, and a departure."""
    body = Organization.objects.create(name="Zorgville", slug="zorgville", kind="other")
    zed = people.one("Zed", roles.MEMBERS)
    Profile.objects.filter(user=zed).update(organization=body)
    EmailDomain.objects.create(
        domain="zorg.example", organization=body, admits_at_once=False
    )
    spaces_of_zed = [
        make_forum(ForumVisibility.GROUP, name=f"Zorgforum {number}")
        for number in range(3)
    ]
    first, own, left = (forum.group for forum in spaces_of_zed)
    for user in (zed, people.ada):
        organizations.name_delegate(organization=body, user=user, by=people.bob)
    spaces.grant_space(user=zed, group=first, by=people.bob, organization=body)
    spaces.grant_space(user=zed, group=own, by=people.bob)
    spaces.grant_space(user=zed, group=left, by=people.bob)
    positions.report_departure(profile=zed.profile, organization=body, by=people.ada)
    yield
    organizations.withdraw_delegate(organization=body, user=people.ada, by=people.bob)
    spaces.withdraw_space(user=zed, group=left, by=people.bob)
    positions.end_employment(profile=zed.profile, by=people.bob)


def _account_mails(user):
    request = RequestFactory().get("/")
    written = {}
    change = {
        "timestamp": timezone.now(),
        "ip": "192.0.2.1",
        "user_agent": "Zorg/1.0",
    }
    with allauth_context.request_context(request):
        for name, values in ACCOUNT.items():
            # Nobody's address: the language is that of the page which asked.
            address = (
                "nul@zorg.example" if name.endswith("unknown_account") else user.email
            )
            mail.outbox.clear()
            with translation.override(user.language):
                get_adapter().send_mail(name, address, change | values)
            written[name] = list(mail.outbox)
    return written


def _comments(people):
    mail.outbox.clear()
    page = LibraryIndexPage.objects.get()
    page.title = page.draft_title = "Zorglub"
    send_notification(
        [people.ada],
        "updated_comments",
        {
            "page": page,
            "editor": people.eve,
            "new_comments": [SimpleNamespace(text="Zorg.")],
            "resolved_comments": [SimpleNamespace(text="Zorg, zorg.")],
            "deleted_comments": [],
            "replied_comments": [
                {
                    "comment": SimpleNamespace(text="Zorg ?"),
                    "replies": [SimpleNamespace(text="Zorg !")],
                }
            ],
        },
    )
    return mail.outbox[0]
