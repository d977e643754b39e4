"""A copy of one's own data: asked for, prepared by the worker, kept for a few days."""

import io
import json
import logging
import os
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from network_site.core.outbox import emit
from network_site.journal.enums import Action
from network_site.journal.services import record
from network_site.privacy.enums import ExportStatus
from network_site.privacy.models import Export
from network_site.registries.personal_data import categories

logger = logging.getLogger(__name__)

FORMAT = "network-site/personal-data"
VERSION = 1
# What was made so lately says the same.
FRESH = timedelta(minutes=5)
_STYLE = Path(__file__).resolve().parent.parent / "archive.css"


def latest_export(user):
    """The last copy that `user` asked for and that still means something, or None."""
    return Export.objects.filter(user=user).exclude(status=ExportStatus.GONE).first()


@transaction.atomic
def ask_export(*, user, now=None):
    """Have a copy of the data of `user` prepared; return the Export.

    While one is being prepared, and for a moment after, asking again gives that one: a form
    sent twice is one request.
    """
    now = now or timezone.now()
    waiting = Export.objects.filter(user=user, status=ExportStatus.WAITING)
    fresh = Export.objects.filter(
        user=user, status=ExportStatus.READY, ready_at__gt=now - FRESH
    )
    export = waiting.first() or fresh.first()
    if export is not None:
        return export
    try:
        with transaction.atomic():
            export = Export.objects.create(user=user, asked_at=now)
    except IntegrityError:
        return waiting.get()
    record(Action.DATA_EXPORTED, actor=user, subject=user, about=export)
    emit("export.asked", export_id=export.pk)
    return export


def folder():
    """The folder of the copies, readable by the site's own account only."""
    path = Path(settings.EXPORTS_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def path_of(export):
    """Where the archive of `export` lies."""
    return folder() / f"{export.key}.zip"


def prepare(*, export_id, now=None):
    """Write the archive of an Export, and have its owner told; return the Export or None.

    Done again after a kill, it writes the same file anew. Nothing when it is no longer wanted.
    """
    now = now or timezone.now()
    export = (
        Export.objects.select_related("user")
        .filter(pk=export_id, status=ExportStatus.WAITING, user__left_at=None)
        .first()
    )
    if export is None:
        return None
    with translation.override(export.user.language):
        content = archive(export.user, now)
    path = path_of(export)
    unfinished = path.with_suffix(".part")
    with os.fdopen(
        os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
    ) as file:
        file.write(content)
    unfinished.rename(path)
    with transaction.atomic():
        older = list(Export.objects.filter(user=export.user, status=ExportStatus.READY))
        export.status = ExportStatus.READY
        export.size = len(content)
        export.ready_at = now
        export.expires_at = now + timedelta(days=settings.EXPORT_KEPT_DAYS)
        export.save(update_fields=["status", "size", "ready_at", "expires_at"])
        emit("export.ready", export_id=export.pk)
    for one in older:
        throw_away(one)
    return export


def give_up(*, export_id):
    """The archive could not be written: the person may ask again."""
    Export.objects.filter(pk=export_id, status=ExportStatus.WAITING).update(
        status=ExportStatus.FAILED
    )


def throw_away(export):
    """Erase the file of an Export, and note it."""
    path_of(export).unlink(missing_ok=True)
    Export.objects.filter(pk=export.pk).update(status=ExportStatus.GONE, size=0)


def expire(*, now=None):
    """Erase the copies whose days are over, and files that no row names; return how many."""
    now = now or timezone.now()
    old = Export.objects.filter(status=ExportStatus.READY, expires_at__lte=now)
    count = 0
    for export in old:
        throw_away(export)
        count += 1
    # Asked for and never made: the worker was down for days.
    Export.objects.filter(
        status=ExportStatus.WAITING,
        asked_at__lte=now - timedelta(days=settings.EXPORT_KEPT_DAYS),
    ).update(status=ExportStatus.FAILED)
    Export.objects.filter(
        status__in=[ExportStatus.GONE, ExportStatus.FAILED],
        asked_at__lte=now - timedelta(days=settings.EXPORT_KEPT_DAYS * 4),
    ).delete()
    known = set(Export.objects.values_list("key", flat=True))
    for path in folder().iterdir():
        if path.stem not in known:
            path.unlink(missing_ok=True)
    return count


def sections(user):
    """[(category, Section)] of what is kept of `user`, those that hold something."""
    found = []
    for category in categories():
        section = category.export(user)
        if section.rows or section.files:
            found.append((category, section))
    return found


def archive(user, now):
    """The bytes of the ZIP: data.json, index.html in the present language, and files."""
    parts = sections(user)
    name = "mes-donnees" if translation.get_language() == "fr" else "my-data"
    data = {
        "format": FORMAT,
        "version": VERSION,
        "generated_at": now.isoformat(),
        "site": settings.WAGTAILADMIN_BASE_URL,
        "categories": {
            category.name: {
                "label": str(category.label),
                "purpose": str(category.purpose),
                "rows": _plain(section.rows),
                "files": [f"fichiers/{file}" for file in section.files],
            }
            for category, section in parts
        },
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(
            f"{name}/data.json", json.dumps(data, ensure_ascii=False, indent=2)
        )
        target.writestr(f"{name}/index.html", _page(user, parts, now))
        for _category, section in parts:
            for file, read in section.files.items():
                try:
                    content = read()
                except OSError:
                    # The row outlived its file: the rest is owed all the same.
                    logger.warning("Export: a file of user %s is missing", user.pk)
                    continue
                target.writestr(f"{name}/fichiers/{file}", content)
    return buffer.getvalue()


def _plain(value):
    """`value` as JSON keeps it: dates in ISO 8601, lazy words as text."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value)


def _page(user, parts, now):
    shown = [
        {
            "label": category.label,
            "purpose": category.purpose,
            "kept": category.retention.rule if category.retention else category.kept,
            "rows": [_labelled(category, row) for row in section.rows],
            "files": [f"fichiers/{name}" for name in section.files],
            "id": category.name.replace(".", "-"),
        }
        for category, section in parts
    ]
    # Its own style sheet inside: it is opened from a disk, far from the site. The file is
    # ours, and pages of the site carry no style of their own: it stands in no template.
    sheet = format_html("<style>{}</style>", mark_safe(_STYLE.read_text()))  # noqa: S308
    return render_to_string(
        "privacy/archive.html",
        {
            "person": user,
            "sections": shown,
            "now": now,
            "sheet": sheet,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "LANGUAGE_CODE": translation.get_language(),
        },
    )


def _labelled(category, row):
    """(label, value, is_long) of what a row says, empty values left out."""
    return [
        (
            category.fields.get(key, key),
            value,
            isinstance(value, str) and len(value) > 90,
        )
        for key, value in row.items()
        if value not in ("", None, [], {})
    ]
