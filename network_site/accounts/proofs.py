"""Whether the address of a person is proven: one fact, kept by allauth and nowhere else.

An address is proven by whoever gives back a code that was sent to it, by any way: asking to
join, logging in by a code, a forgotten password, a change of address.
"""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower


def address_is_proven(user_path=""):
    """The condition that the address of a user is proven, for their rows or rows of theirs.

    `user_path` leads to the user from the model that is filtered: "" or "user".
    """
    to = f"{user_path}__" if user_path else ""
    return Exists(
        EmailAddress.objects.filter(
            user=OuterRef(f"{to}pk"),
            # allauth keeps them in lower case.
            email=Lower(OuterRef(f"{to}email")),
            verified=True,
        )
    )


def is_proven(user):
    """Whether the address that `user` has now is proven."""
    return EmailAddress.objects.filter(
        user=user, email=user.email.lower(), verified=True
    ).exists()


def has_proven_another(user, email):
    """Whether `user` had proven an address before this one."""
    return (
        EmailAddress.objects.filter(user=user, verified=True)
        .exclude(email=email.lower())
        .exists()
    )
