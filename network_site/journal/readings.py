"""The journal as it is read: keys become names and addresses, as they are today.

A row's people come with it; its objects are read a kind at a time, so that a page costs the
same few queries whatever it lists. What is gone is said to be gone.
"""

from collections import defaultdict

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from network_site.core.numbers import whole_numbers

# What a thing is called by, when it has a name of its own.
_NAMES = ("title", "name", "label", "domain", "email")

# The words of the codes that callers of record() write.
_DETAILS = {
    "role": gettext_lazy("role"),
    "given": gettext_lazy("given"),
    "withdrawn": gettext_lazy("withdrawn"),
    "before": gettext_lazy("before"),
    "after": gettext_lazy("after"),
    "people": gettext_lazy("people"),
    "rows": gettext_lazy("lines"),
    "format": gettext_lazy("format"),
    "list": gettext_lazy("list"),
    "fields": gettext_lazy("fields"),
    "deleted": gettext_lazy("deleted"),
    "organization": gettext_lazy("organisation no."),
    "body": gettext_lazy("organisation no."),
    "domain": gettext_lazy("domain no."),
    "group": gettext_lazy("group no."),
    "route": gettext_lazy("route"),
    "reason": gettext_lazy("reason"),
    "cause": gettext_lazy("cause"),
    "answer": gettext_lazy("answered"),
    "admits": gettext_lazy("admits"),
    "absorbed": gettext_lazy("joined to it: no."),
}
_CODES = {
    "administrator": gettext_lazy("administrator"),
    "contributor": gettext_lazy("contributor"),
    "curator": gettext_lazy("curator"),
    "facilitator": gettext_lazy("facilitator of the space"),
    "participants": gettext_lazy("people registered for a day"),
    "attendance": gettext_lazy("attendance sheet"),
    "journal": gettext_lazy("journal of decisions"),
    "domain": gettext_lazy("domain of the address"),
    "sponsor": gettext_lazy("a member who answers for the person"),
    "employer": gettext_lazy("change of employer"),
    "removed": gettext_lazy("withdrawn"),
    "left": gettext_lazy("left of their own accord"),
    "employment_ended": gettext_lazy("no longer works there"),
    "asked": gettext_lazy("asked for"),
    "inactivity": gettext_lazy("inactivity"),
    "vouched": gettext_lazy("answers for the person"),
    "declined": gettext_lazy("does not answer for the person"),
    "email": gettext_lazy("e-mail address"),
    "password": gettext_lazy("password"),
    "public": gettext_lazy("everyone"),
    "members": gettext_lazy("members"),
    "everyone": gettext_lazy("everyone"),
    True: gettext_lazy("yes"),
    False: gettext_lazy("no"),
}


def with_people(entries):
    """Entries with their people, in the same query; those of erased accounts are None."""
    return entries.select_related("actor", "subject")


def read_objects(entries, user=None):
    """Give each of `entries` its `thing` (None: gone or none) and its `thing_url`.

    `user` is the reader: addresses of the back office are those they may open.
    """
    wanted = defaultdict(set)
    for entry in entries:
        if entry.object_kind:
            wanted[entry.object_kind].add(entry.object_id)
    found = {}
    for kind, keys in sorted(wanted.items()):
        model = _model(kind)
        if model is None:
            continue
        for pk, thing in model._base_manager.in_bulk(whole_numbers(keys)).items():
            found[kind, str(pk)] = thing
    finder = AdminURLFinder(user)
    urls = {}
    for key, thing in found.items():
        urls[key] = finder.get_edit_url(thing) or _public_url(thing)
    for entry in entries:
        key = (entry.object_kind, entry.object_id)
        entry.thing, entry.thing_url = found.get(key), urls.get(key, "")
    return entries


def _model(kind):
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    # The frame of a page says its title and leads to its editor, whatever its type.
    return Page if issubclass(model, Page) else model


def _public_url(thing):
    if not hasattr(thing, "get_absolute_url"):
        return ""
    try:
        return thing.get_absolute_url()
    except NoReverseMatch:
        return ""


def kind_label(kind):
    """« fil de discussion » for "forums.thread"; the code itself of a kind that is no more."""
    try:
        return capfirst(str(apps.get_model(kind)._meta.verbose_name))
    except (LookupError, ValueError):
        return kind


def object_label(entry):
    """The words for what the entry concerns; empty when it concerns nothing."""
    if not entry.object_kind:
        return ""
    kind = kind_label(entry.object_kind)
    if entry.thing is None:
        return _("%(kind)s no. %(id)s, erased since") % {
            "kind": kind,
            "id": entry.object_id,
        }
    for name in _NAMES:
        try:
            entry.thing._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return _("%(kind)s: %(name)s") % {"kind": kind, "name": entry.thing}
    return _("%(kind)s no. %(id)s") % {"kind": kind, "id": entry.object_id}


def person_label(entry, role):
    """The name of the "actor" or of the "subject"; the site itself where nobody decided."""
    key, person = getattr(entry, f"{role}_id"), getattr(entry, role)
    if key is None:
        return _("the site, by its rules") if role == "actor" else ""
    if person is None:
        return _("account erased")
    return str(person)


def person_url(entry, role):
    """The page of the person in the back office; empty for nobody."""
    person = getattr(entry, role)
    return reverse("wagtailusers_users:edit", args=[person.pk]) if person else ""


def detail_label(entry):
    """The codes and numbers of the entry, in words."""
    return " ; ".join(
        _("%(what)s: %(value)s") % {"what": _DETAILS.get(key, key), "value": words}
        for key, value in entry.detail.items()
        if (words := _value(value))
    )


def _value(value):
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    if isinstance(value, (str, bool)):
        return str(_CODES.get(value, value))
    return "" if value is None else str(value)


def people_named(words):
    """The keys of the accounts whose name or address holds each of `words`, as a subquery."""
    people = get_user_model().objects.all()
    for word in words.split()[:6]:
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
        )
    return people.values("pk")
