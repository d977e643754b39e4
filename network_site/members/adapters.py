from urllib.parse import urlsplit

from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.mail import DEFAULT_MAILER_ALIAS, mailers
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network_site.core.addresses import absolute, site_root, split_language
from network_site.core.errors import MailUnavailable
from network_site.core.languages import own_url_in
from network_site.core.text import one_blank_line
from network_site.mailing.mail_text import (
    fitting_subject,
    preheader_of,
    whole_subject,
)
from network_site.members import services, visitor_mails
from network_site.members.domains import (
    LookAlikeDomain,
    check_letters,
    domain_of,
    normalize_email,
)
from network_site.members.security_adapters import SafeAccountAdapter

# Mails whose code proves the address once it is given back, whatever else it was asked for.
_CODES = {"account/email/login_code", "account/email/password_reset_code"}
# Mails that whoever types an address causes there.
_NOTICES = {
    "account/email/account_already_exists": "exists",
    "account/email/unknown_account": "unknown",
}
_ASKED_FOR = {
    *_CODES,
    *_NOTICES,
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
}
# As wide as the column that keeps it.
LONGEST_ADDRESS = 254


def _person_of(email):
    """Whose address this is, confirmed or not; None for nobody's."""
    users = get_user_model().objects
    return (
        users.filter(email__iexact=email).first()
        or users.filter(emailaddress__email__iexact=email).order_by("pk").first()
    )


def _address(name):
    return absolute(reverse(name))


def refuse_more_mails(request):
    """Answer that enough mails have left for the address today, and when one may ask again."""
    request.seconds_until_mails = visitor_mails.seconds_until_open()
    raise ImmediateHttpResponse(respond_429(request))


class AccountAdapter(SafeAccountAdapter):
    """Where allauth's flows meet the membership of the network."""

    def get_login_redirect_url(self, request):
        return reverse("dashboard")

    def post_login(self, request, user, **kwargs):
        """Where the person was going, in their language when it is not the site's own.

        Whoever logs in under another language than theirs has chosen it: it has a prefix.
        """
        response = super().post_login(request, user, **kwargs)
        url = response.headers.get("Location", "")
        if url and split_language(urlsplit(url).path)[0] == settings.LANGUAGE_CODE:
            response.headers["Location"] = own_url_in(url, user.language)
        return response

    def get_signup_redirect_url(self, request):
        # The address is proven: what should reach the person, while a facilitator reads.
        return reverse("notifications:welcome")

    def send_mail(self, template_prefix, email, context):
        """Write to the person in their own language, with the network's name and addresses.

        These mails answer what somebody is doing at this moment: they leave at once, are not
        journaled, and reach an address that refused others. Raises MailUnavailable when the
        mail server does not take it.
        """
        is_asked_for = template_prefix in _ASKED_FOR
        if is_asked_for and not visitor_mails.count(email):
            refuse_more_mails(allauth_context.request)
        try:
            self._write_or_not(template_prefix, email, context)
        except OSError as error:
            if is_asked_for:
                visitor_mails.uncount(email)
            # smtplib's own errors are OSErrors too.
            raise MailUnavailable from error

    def _write_or_not(self, template_prefix, email, context):
        kind = _NOTICES.get(template_prefix)
        if kind is None:
            self._write(template_prefix, email, context)
            return
        with visitor_mails.notice(email, kind) as allowed:
            if allowed:
                self._write(template_prefix, email, context)
            else:
                # As long as sending it: the time taken tells nothing.
                server = mailers[DEFAULT_MAILER_ALIAS]
                server.open()
                server.close()

    def _write(self, template_prefix, email, context):
        user = context.get("user") or _person_of(email)
        if user is not None and template_prefix in _CODES:
            services.note_address(user)
        language = user.language if user else get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            frame = {
                "recipient": user,
                "site_name": settings.WAGTAIL_SITE_NAME,
                "base_url": site_root(),
                "password_reset_url": _address("account_reset_password"),
            }
            # Whatever host the request came by, the site's own.
            own = {"signup_url": _address("account_signup")}
            super().send_mail(template_prefix, email, frame | context | own)

    def send_account_already_exists_mail(self, email):
        """Said in the language of whose address it is, its addresses too.

        A password is hashed as for a new account: the time taken says nothing either.
        """
        make_password(get_random_string(16))
        self.send_mail("account/email/account_already_exists", email, {})

    def render_mail(self, template_prefix, email, context, headers=None):
        """The mail in the network's frame, whose title is the subject."""
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        text = render_to_string(f"{template_prefix}_message.txt", context)
        greeting = render_to_string("emails/components/hello.txt", context)
        context = context | {
            "subject": fitting_subject(subject),
            "heading": whole_subject(subject),
            "preheader": preheader_of(text, greeting),
        }
        headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
        message = super().render_mail(template_prefix, email, context, headers)
        message.subject = context["subject"]
        message.body = one_blank_line(message.body)
        return message

    def clean_email(self, email):
        """The address in its one form; a domain made to be taken for another is refused.

        Addresses of one's own machine (root@localhost) are left as they are.
        """
        email = super().clean_email(email).lower()
        try:
            email = normalize_email(email)
            check_letters(domain_of(email))
        except LookAlikeDomain as error:
            raise ValidationError(
                _(
                    "The domain of this address is written with letters that can be taken"
                    " for others. Type it again yourself, letter by letter; if it is"
                    " really yours, write to those who run the network."
                ),
                code="look_alike",
            ) from error
        except ValueError:
            pass
        if not email.isascii() or len(email) > LONGEST_ADDRESS:
            raise ValidationError(
                _("This address cannot receive mails: check it, letter by letter."),
                code="invalid",
            )
        return email

    def add_message(self, request, level, *args, message=None, **kwargs):
        """After too many wrong codes, say what to do while one proves an address."""
        match = request.resolver_match
        if (
            message == self.error_messages["too_many_login_attempts"]
            and match
            and match.url_name == "account_email_verification_sent"
        ):
            message = _(
                "This code was wrong too many times and is no longer valid. Log in with"
                " your address and your password: another code will be sent to you. What"
                " you wrote in your request is kept."
            )
        super().add_message(request, level, *args, message=message, **kwargs)

    def save_user(self, request, user, form, commit=True):
        """A form sent twice at the same moment makes one account."""
        try:
            with transaction.atomic():
                return super().save_user(request, user, form, commit=commit)
        except IntegrityError as error:
            messages.info(
                request,
                _(
                    "Your request is already here: a code was sent to your address. Log in"
                    " with your password to receive another one."
                ),
            )
            raise ImmediateHttpResponse(
                HttpResponseRedirect(reverse("account_login"))
            ) from error
