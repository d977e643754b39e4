"""People whose accounts are being protected, with real limits and a real second factor."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from tests.support.client import SiteClient

PASSWORD = "motdepasse"


def code_now(secret):
    """The six digits of the application (RFC 6238), for the secret in base 32."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def log_in(email, password=PASSWORD, **options):
    """A client, and the answer to its log-in by password."""
    client = SiteClient()
    answer = client.post(
        reverse("account_login"), {"login": email, "password": password}, **options
    )
    return client, answer


@pytest.fixture
def proven(db):
    """proven(user): the address of `user` is confirmed; returns the user."""

    def prove(user):
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"primary": True, "verified": True}
        )
        return user

    return prove


@pytest.fixture
def with_application(proven):
    """with_application(user) ties an application; returns (its secret, recovery codes)."""

    def tie(user):
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        return secret, RecoveryCodes.activate(user).get_unused_codes()

    return tie


@pytest.fixture
def limits(settings):
    """Allauth's own limits, which the suite's settings turn off."""
    settings.ACCOUNT_RATE_LIMITS = {}
