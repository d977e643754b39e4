"""What a person who asks to join does, as requests."""

import re

from django.core import mail
from django.urls import reverse

PASSWORD = "un-long-mot-de-passe"
PROVE = "account_email_verification_sent"
CODE = re.compile(r"^\s*([A-Z0-9-]{6,9})\s*$", re.MULTILINE)


def ask(client, email="claire@ville-exemple.fr", **fields):
    return client.post(
        reverse("account_signup"),
        {
            "email": email,
            "password1": PASSWORD,
            "first_name": "Claire",
            "last_name": "Durand",
            "organization_name": "Ville d’Exemple",
            "job_title": "Chargée de mission",
            "motivation": "Je prépare un plan de lutte contre les discriminations.",
            **fields,
        },
    )


def last_code():
    return CODE.search(mail.outbox[-1].body).group(1)


def confirm(client, code=None):
    return client.post(reverse(PROVE), {"code": code or last_code()})


def said(page):
    """The words of the messages shown on a page."""
    return " ".join(str(message) for message in page.context["messages"])
