"""What the site signs for itself: addresses of mails, marks in forms. One place for all.

Each kind of seal says how long it is good for; what no longer is says which of three things
happened to it, and the page that was asked for tells its reader.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.core import signing


class Fault(StrEnum):
    """Why a seal is of no use (any more)."""

    BROKEN = "broken"  # cut by a mail reader, changed, or never ours
    OLD = "old"
    SPENT = "spent"  # used, replaced by another, or what it speaks of is gone


class DeadSeal(Exception):
    """A seal that is of no use; `fault` says why."""

    def __init__(self, fault):
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Seal:
    """A kind of signed value.

    `name` keeps one kind from being taken for another. `lasts`: None for what must work as
    long as somebody keeps the mail it is in (RFC 8058 asks it of List-Unsubscribe).
    """

    name: str
    lasts: timedelta | None = None

    def sign(self, value, *, within=""):
        """The signed text of `value` (JSON); `within` binds it to one place as well."""
        return signing.dumps(value, salt=self.name + within)

    def read(self, text, *, within=""):
        """The value that was signed. Raises DeadSeal (BROKEN or OLD)."""
        try:
            return signing.loads(text, salt=self.name + within, max_age=self.lasts)
        except signing.SignatureExpired as error:
            raise DeadSeal(Fault.OLD) from error
        except (signing.BadSignature, ValueError, TypeError) as error:
            raise DeadSeal(Fault.BROKEN) from error
