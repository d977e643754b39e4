"""The mails of the development site, read in the browser instead of a mail box."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SHOWN = 100
# What Django's file backend writes after each message.
SEPARATOR = b"\n" + b"-" * 79 + b"\n"


@dataclass
class KeptMail:
    name: str
    kept_at: datetime
    subject: str
    to: str
    sender: str
    text: str
    html: str


def _directory():
    options = settings.MAILERS["default"].get("OPTIONS", {})
    return Path(options.get("file_path") or settings.VAR_DIR / "mails")


def _kept():
    """Name, time and bytes of each message, newest first.

    The backend may put several messages of one second into one file.
    """
    found = [path for path in _directory().glob("*.log") if path.is_file()]
    found.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    for path in found:
        parts = [part for part in path.read_bytes().split(SEPARATOR) if part.strip()]
        for number, raw in reversed(list(enumerate(parts, 1))):
            yield f"{path.stem}-{number}", path.stat().st_mtime, raw


def _read(name, kept_at, raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)

    def part(kind):
        body = message.get_body(preferencelist=(kind,))
        return body.get_content() if body else ""

    return KeptMail(
        name=name,
        kept_at=datetime.fromtimestamp(kept_at, tz=timezone.get_current_timezone()),
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        text=part("plain"),
        html=part("html"),
    )


@never_cache
@require_safe
def mail_list(request):
    mails = [_read(*kept) for kept in islice(_kept(), SHOWN)]
    return render(request, "core/dev_mail_list.html", {"mails": mails})


@never_cache
@require_safe
def mail_detail(request, name):
    for kept in _kept():
        if kept[0] == name:
            return render(request, "core/dev_mail_detail.html", {"mail": _read(*kept)})
    raise Http404
