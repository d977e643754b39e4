"""The mails of the development site, read in the browser instead of a mail box."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SHOWN = 100
# What Django's file backend writes after each message.
SEPARATOR = b"-" * 79


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


def _paths():
    """The kept files, newest first."""
    found = [path for path in _directory().glob("*.log") if path.is_file()]
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _read(path):
    raw = path.read_bytes().rsplit(SEPARATOR, 1)[0]
    message = email.message_from_bytes(raw, policy=email.policy.default)

    def part(kind):
        body = message.get_body(preferencelist=(kind,))
        return body.get_content() if body else ""

    return KeptMail(
        name=path.stem,
        kept_at=datetime.fromtimestamp(
            path.stat().st_mtime, tz=timezone.get_current_timezone()
        ),
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        text=part("plain"),
        html=part("html"),
    )


@never_cache
@require_safe
def mail_list(request):
    mails = [_read(path) for path in _paths()[:SHOWN]]
    return render(request, "core/dev_mail_list.html", {"mails": mails})


@never_cache
@require_safe
def mail_detail(request, name):
    for path in _paths():
        if path.stem == name:
            return render(request, "core/dev_mail_detail.html", {"mail": _read(path)})
    raise Http404
