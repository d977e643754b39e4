"""Asked by `manage.py check --deploy`: what production can start without, and regrets."""

import os

from django.conf import settings
from django.core.checks import Error, Warning


def operator_is_reached(app_configs=None, **kwargs):
    """Errors are told to somebody, and mails that come back are read."""
    found = []
    if not settings.ADMINS:
        found.append(
            Warning(
                "Nobody is told of errors.",
                hint="Set ADMINS to the addresses of those who mend the site.",
                id="core.W001",
            )
        )
    if not settings.MAIL_BOUNCE_ADDRESS:
        found.append(
            Warning(
                "Mails that come back reach nobody: dead addresses are written to for ever.",
                hint="Set MAIL_BOUNCE_ADDRESS (docs/operations.md, Mails).",
                id="core.W002",
            )
        )
    return found


def proxies_are_counted(app_configs=None, **kwargs):
    """Behind a proxy, the address of a visitor is not that of the proxy."""
    if settings.SECURE_PROXY_SSL_HEADER and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return [
            Error(
                "The site trusts a proxy for the scheme and none for the visitor's address:"
                " all visitors share one limit of attempts.",
                hint="Set TRUSTED_PROXY_COUNT to the number of proxies in front.",
                id="core.E001",
            )
        ]
    return []


def folders_are_written(app_configs=None, **kwargs):
    """Everything that the site writes can be written by this account."""
    folders = {
        "VAR_DIR": settings.VAR_DIR,
        "MEDIA_ROOT": settings.MEDIA_ROOT,
        "SEARCH_INDEX_DIR": settings.SEARCH_INDEX_DIR,
        "EXPORTS_DIR": settings.EXPORTS_DIR,
        "the cache": settings.CACHES["default"].get("LOCATION", ""),
    }
    return [
        Error(
            f"{name} cannot be written: {folder}",
            hint="Give the folder to the account that runs the site.",
            id="core.E002",
        )
        for name, folder in folders.items()
        if folder and not _is_writable(folder)
    ]


def _is_writable(folder):
    """Whether files can be made there, or the folder itself where its parent stands."""
    folder = str(folder)
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    return os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)
