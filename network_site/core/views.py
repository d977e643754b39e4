"""Whether the site is well."""

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network_site.core.workers import SILENT_AFTER, seconds_since_last_beat


@never_cache
@require_safe
def healthz(request):
    """Answer 200 when this process can serve pages, 503 when its database is away.

    `worker` tells a monitor whether the background worker is alive; a silent worker
    delays mails but does not stop reading, so it does not change the status.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        age = seconds_since_last_beat()
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    is_alive = age is not None and age < SILENT_AFTER.total_seconds()
    return JsonResponse(
        {
            "database": "ok",
            "worker": "ok" if is_alive else "silent",
            "worker_seconds_since_beat": None if age is None else round(age, 1),
        }
    )
