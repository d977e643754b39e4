"""The mail of an issue: written once for all who read the same, with one's own way out."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from network_site.core.addresses import absolute
from network_site.mailing.addresses import new_message_id
from network_site.mailing.mail import (
    compose,
    list_headers,
)
from network_site.newsletters.contents import contents_of
from network_site.newsletters.links import archive_address, leave_link
from network_site.pages.visibility import readable, tokens_for, tokens_of_page

# Stands in the text written for many; no address of ours looks like it.
LEAVE_PLACE = "https://leave.invalid/"
LIST_NAME = "lettre"


@dataclass(frozen=True)
class Recipient:
    """Somebody an issue is written to: a member, or an address without an account."""

    address: str
    language: str = "fr"
    user: object = None
    subscription_id: int | None = None

    @property
    def is_member(self):
        return self.user is not None

    @property
    def tokens(self):
        return tokens_for(self.user or AnonymousUser())

    @property
    def leave_url(self):
        """Where one stops receiving the letter, a page of one's own language."""
        with override(self.language):
            if self.user is not None:
                return leave_link(is_member=True, pk=self.user.pk)
            return leave_link(is_member=False, pk=self.subscription_id or 0)

    @classmethod
    def of_user(cls, user):
        return cls(user.email, user.language, user=user)

    @classmethod
    def of_subscription(cls, subscription):
        return cls(
            subscription.email,
            subscription.language,
            subscription_id=subscription.pk,
        )


class LetterWriter:
    """Writes the mails of one issue; what two recipients share is made once.

    `issue` is a page in memory: the live one, a draft, or the revision that is sent; `date` the day
    its mails are dated, today by default.
    """

    def __init__(self, issue, date=None):
        self.issue = issue
        self.date = date or timezone.localdate()
        self._contents = {}
        self.contents = self._contents_in(settings.LANGUAGE_CODE)
        self.tokens = tokens_of_page(issue)
        self._different = self.contents.tokens | self.tokens
        self._written = {}
        self.archive_address = archive_address()

    def _contents_in(self, language):
        """What the issue holds, its dates and kinds in words of `language`."""
        if language not in self._contents:
            with override(language):
                self._contents[language] = contents_of(self.issue)
        return self._contents[language]

    def may_read(self, recipient):
        """Whether the issue as a whole is open to `recipient`."""
        return readable(self.tokens, recipient.tokens)

    def message_to(self, recipient):
        """The mail for `recipient`; it names them nowhere but in its way out.

        Raises what the templates raise.
        """
        leave_url = recipient.leave_url
        with override(recipient.language):
            listed = list_headers(
                LIST_NAME, _("Newsletter"), leave_url, archive_url=self.archive_address
            )
        headers = {**listed, "Message-ID": new_message_id()}
        return self._message(recipient, leave_url, headers)

    def sample_for(self, recipient, *, is_proof=False):
        """The mail as `recipient` would get it, to be looked at by somebody else.

        Its way out leads to the archive: only its owner may stop a letter.
        """
        return self._message(
            recipient,
            self.archive_address,
            {"Message-ID": new_message_id()},
            is_proof=is_proof,
        )

    def sees(self, recipient):
        """The pieces of the issue that `recipient` reads."""
        if not self.may_read(recipient):
            return []
        return [
            piece
            for section in self._contents_in(recipient.language).for_tokens(
                recipient.tokens
            )
            for piece in section.pieces
        ]

    def _message(self, recipient, leave_url, headers, *, is_proof=False):
        held = recipient.tokens & self._different
        key = (recipient.language, recipient.is_member, held, is_proof)
        if key not in self._written:
            self._written[key] = self._write(recipient, is_proof)
        model = self._written[key]
        message = EmailMultiAlternatives(
            subject=model.subject,
            body=model.body.replace(LEAVE_PLACE, leave_url),
            to=[recipient.address],
            headers={**model.extra_headers, **headers},
        )
        html = model.alternatives[0].content
        message.attach_alternative(html.replace(LEAVE_PLACE, leave_url), "text/html")
        return message

    def _write(self, recipient, is_proof):
        def context():
            return {
                "issue": self.issue,
                "sections": self._contents_in(recipient.language).for_tokens(
                    recipient.tokens
                ),
                "date": self.date,
                "archive_url": self._archive_url(recipient),
                "leave_url": LEAVE_PLACE,
                "preheader": self.issue.summary,
                "is_proof": is_proof,
                "settings_url": self._settings_url(recipient),
                "reason": (
                    _("You receive this letter as a member of the network.")
                    if recipient.is_member
                    else _("You receive this letter because you subscribed to it.")
                ),
            }

        return compose(
            template="newsletters/issue",
            address=recipient.address,
            language=recipient.language,
            context=context,
        )

    def _archive_url(self, recipient):
        """Where the issue is read on the site; none for who may not open it there."""
        parts = self.issue.get_url_parts()
        if not parts or not self.may_read(recipient):
            return ""
        return absolute(parts[2])

    @staticmethod
    def _settings_url(recipient):
        return (
            absolute(reverse("notifications:settings")) if recipient.is_member else ""
        )
