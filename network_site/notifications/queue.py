"""The mails in waiting: who builds them, how they leave, once at most each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives

_builders: dict[str, Callable] = {}


@dataclass(frozen=True)
class Letter:
    """A mail ready to leave.

    `on_sending` runs in the transaction that marks the mail "being sent": what it writes (the
    deliveries it carries) is true if and only if the mail was handed over, or may have been.
    """

    message: EmailMultiAlternatives
    on_sending: Callable[[], None] | None = None


def builds(kind):
    """Register the builder of a kind of mail.

        @builds("digest")
        def open_batch(mails): ...   # -> build(mail) -> Letter | None

    It is called with a list of OutgoingMail (their users fetched), reads once what they share, and returns
    the function that builds one of them. That function checks again what the person may
    read, returns None when nothing is left to say (the mail is dropped), and may raise: that
    one mail is refused and listed, the others leave.
    """

    def register(function):
        _builders[kind] = function
        return function

    return register


def builder_of(kind):
    return _builders.get(kind)


def kinds():
    return sorted(_builders)
