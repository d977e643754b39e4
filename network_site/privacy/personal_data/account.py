"""The account itself: the log-in, its addresses, its keys, its open sessions."""

from datetime import timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from network_site.privacy.services import inactivity
from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)

CLOSED_DOMAIN = "compte-ferme.invalid"


@personal_data
class Account(PersonalData):
    name = "accounts.user"
    label = _("Account")
    purpose = _("To log in, to sign what you write and to receive mails")
    models = (
        "accounts.User",
        "account.EmailAddress",
        "account.EmailConfirmation",
        "privacy.Presence",
        "privacy.InactivityNotice",
    )
    retention = Retention(
        timedelta(days=settings.INACTIVITY_MONTHS * 30.4375),
        _(
            "As long as you use it: after 24 months without logging in, two notices a month"
            " apart, then the same erasure as when you leave"
        ),
        "network_site.privacy.timetable.follow_unused_accounts",
    )
    on_leaving = _(
        "Your name, address, password and rights are erased. An empty account stays, so that"
        " what you wrote keeps an author."
    )
    # What everything else refers to goes last.
    order = 95
    fields = {
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "email": _("E-mail address"),
        "other_addresses": _("Other addresses"),
        "language": _("Language of the mails"),
        "groups": _("Roles and spaces"),
        "created": _("Account created"),
        "last_login": _("Last log-in"),
        "confirmed": _("You said that you stay"),
        "notices": _("Notices of inactivity"),
    }

    def export(self, user):
        others = EmailAddress.objects.filter(user=user).exclude(
            email__iexact=user.email
        )
        presence = getattr(user, "presence", None)
        return Section(
            [
                {
                    "first_name": user.first_name,
                    "last_name": user.last_name,
                    "email": user.email,
                    "other_addresses": list(others.values_list("email", flat=True)),
                    "language": user.get_language_display(),
                    "groups": list(
                        user.groups.order_by("name").values_list("name", flat=True)
                    ),
                    "created": user.date_joined,
                    "last_login": user.last_login,
                    "confirmed": presence.confirmed_at if presence else None,
                    "notices": list(
                        user.inactivity_notices.filter(
                            sent_at__isnull=False
                        ).values_list("sent_at", flat=True)
                    ),
                }
            ]
        )

    def erase(self, leaving):
        user = get_user_model().objects.get(pk=leaving.user_id)
        addresses, _rows = EmailAddress.objects.filter(user=user).delete()
        user.inactivity_notices.all().delete()
        type(user).presence.related.related_model.objects.filter(user=user).delete()
        roles = user.groups.count()
        user.groups.clear()
        user.user_permissions.clear()
        user.email = f"parti-{get_random_string(16).lower()}@{CLOSED_DOMAIN}"
        user.is_active = user.is_staff = user.is_superuser = False
        user.set_unusable_password()
        user.last_login = None
        user.language = settings.LANGUAGE_CODE
        user.left_at = user.left_at or leaving.now
        if leaving.keeps_name:
            user.former_as = ""
        else:
            user.first_name = user.last_name = ""
            user.former_as = leaving.signature
        user.save()
        yield ReceiptLine(_("Address and password"), max(addresses, 1))
        yield ReceiptLine(_("Roles and spaces"), roles)
        yield ReceiptLine(
            _("Name"),
            erased=0 if leaving.keeps_name else 1,
            kept=1 if leaving.keeps_name else 0,
            why_kept=_("You chose to let your name stand under what you wrote.")
            if leaving.keeps_name
            else "",
        )

    def count(self):
        return get_user_model().objects.filter(left_at=None).count()

    def overdue(self, now):
        return inactivity.overdue(now)


@personal_data
class Keys(PersonalData):
    name = "mfa.authenticator"
    label = _("Passkeys and second factors")
    purpose = _("To log in safely")
    models = ("mfa.Authenticator",)
    kept = _("As long as you keep them")
    on_leaving = _("Erased.")
    fields = {
        "type": _("Kind"),
        "created": _("Added"),
        "last_used": _("Last used"),
    }

    def export(self, user):
        # The secrets themselves open the account: they are nobody's to carry about.
        return Section(
            [
                {
                    "type": one.get_type_display(),
                    "created": one.created_at,
                    "last_used": one.last_used_at,
                }
                for one in Authenticator.objects.filter(user=user).order_by("pk")
            ]
        )

    def erase(self, leaving):
        count, _rows = Authenticator.objects.filter(user_id=leaving.user_id).delete()
        yield ReceiptLine(self.label, count)

    def count(self):
        return Authenticator.objects.count()


@personal_data
class Sessions(PersonalData):
    name = "sessions.session"
    label = _("Open sessions")
    purpose = _("To keep you logged in, and to show you the devices where you are")
    models = ("sessions.Session", "usersessions.UserSession")
    retention = Retention(
        timedelta(seconds=settings.SESSION_COOKIE_AGE),
        _("Two weeks after logging in, or when you log out"),
    )
    on_leaving = _("Closed on all devices, and erased.")
    order = 5
    fields = {
        "ip": _("Internet address"),
        "browser": _("Browser"),
        "since": _("Since"),
        "last_seen": _("Last seen"),
    }

    def export(self, user):
        return Section(
            [
                {
                    "ip": one.ip,
                    "browser": one.user_agent,
                    "since": one.created_at,
                    "last_seen": one.last_seen_at,
                }
                for one in UserSession.objects.filter(user=user).order_by("pk")
            ]
        )

    def erase(self, leaving):
        UserSession.objects.filter(user_id=leaving.user_id).delete()
        theirs = [
            session.pk
            for session in Session.objects.iterator(chunk_size=500)
            if _is_theirs(session, leaving)
        ]
        Session.objects.filter(pk__in=theirs).delete()
        yield ReceiptLine(self.label, len(theirs))

    def count(self):
        return Session.objects.count()

    def overdue(self, now):
        # Expired today: the night's job has not passed yet.
        return Session.objects.filter(expire_date__lt=now - timedelta(days=1)).count()

    def forget(self, now):
        Session.objects.filter(expire_date__lt=now).delete()
        living = Session.objects.values("session_key")
        UserSession.objects.filter(created_at__lt=now - self.retention.after).exclude(
            session_key__in=living
        ).delete()


def _is_theirs(session, leaving):
    """Whether the session is the person's, or holds their address (a code half-way)."""
    data = session.get_decoded()
    if str(data.get("_auth_user_id")) == str(leaving.user_id):
        return True
    text = str(data).casefold()
    return any(address.casefold() in text for address in leaving.addresses)


__all__ = ["Account", "EmailConfirmation", "Keys", "Sessions"]
