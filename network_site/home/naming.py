"""French names for what Wagtail and Django put in the database in English.

The back office shows them as they are, whatever the language: the top of the tree of pages and
of the collections, and what a group may do.
"""

from django.contrib.auth.models import Permission
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page

# Of the top of the tree of pages.
FIRST_TITLE = "Toutes les pages"

_MAY = {
    "add": _("Add: %(kind)s"),
    "change": _("Change: %(kind)s"),
    "delete": _("Delete: %(kind)s"),
    "view": _("See: %(kind)s"),
}


def name_what_wagtail_made():
    """Give these names where the first ones still stand; run again, it changes nothing."""
    with override("fr"):
        Page.objects.filter(depth=1, title="Root").update(
            title=FIRST_TITLE, draft_title=FIRST_TITLE
        )
        Collection.objects.filter(depth=1, name="Root").update(
            name=gettext("All files")
        )
        _name_permissions()


def _name_permissions():
    changed = []
    in_english = Permission.objects.filter(name__startswith="Can ")
    for permission in in_english.select_related("content_type"):
        model = permission.content_type.model_class()
        action, _dash, named = permission.codename.partition("_")
        if model is None or action not in _MAY or named != model._meta.model_name:
            continue
        words = str(_MAY[action]) % {"kind": model._meta.verbose_name}
        permission.name = words[:255]
        changed.append(permission)
    if changed:
        Permission.objects.bulk_update(changed, ["name"], batch_size=100)
