"""Loads the founding content, and takes it away again."""

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone, translation
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex, get_page_models
from wagtail.signal_handlers import disable_reference_index_auto_update

from network_site.catalogue.marks import touch, touch_gone
from network_site.core.models import OutboxEntry
from network_site.demo.building import (
    body_spaces,
    employers,
    follows,
    newsletters,
    organisations,
    pages,
    people,
    synonyms,
    terms,
    threads,
)
from network_site.demo.building.base import Built
from network_site.demo.models import DemoObject
from network_site.home.services import ensure_site
from network_site.members import portraits
from network_site.members.models import Profile
from network_site.notifications.models import Item
from network_site.registries.enums import Category
from network_site.registries.search import source_for

STEPS = (
    ("Themes, grounds, publics, programmes, territories", terms.build_terms),
    ("Organisations and contact points", organisations.build_organisations),
    ("Invented members, one account per role", people.build_people),
    ("Library", pages.build_library),
    ("Space of a resource centre", body_spaces.build_body_space),
    ("National measures", pages.build_measures),
    ("Good practices", pages.build_practices),
    ("A practice to examine", pages.build_draft),
    ("Exchange days and registrations", pages.build_events),
    ("Editorial and pages of the site", pages.build_site_pages),
    ("Discussion spaces", threads.build_threads),
    ("Employers, delegates and representatives", employers.build_employers),
    ("What the members follow", follows.build_follows),
    ("Newsletter", newsletters.build_newsletter),
    ("Synonyms and acronyms", synonyms.build_synonyms),
)
# What search must read again, and what the summaries are made of; everything else that the
# load wrote would send mail.
KEPT_KINDS = ("page.", "object.", "notification.welcomed")


def is_loaded():
    """Whether the founding content is there."""
    return DemoObject.objects.exists()


def load(*, say=lambda words: None, now=None, with_accounts=True):
    """Load the founding content in one transaction; return whether anything was done.

    Without accounts the invented members have no password and no role of staff: they sign
    contents, and nobody can be one of them.

    Deterministic but for the dates, which count from `now`. No mail leaves: nobody has
    asked for anything yet.
    """
    if is_loaded():
        return False
    with (
        translation.override("fr"),
        disable_reference_index_auto_update(),
        transaction.atomic(),
    ):
        before = OutboxEntry.objects.aggregate(last=Max("pk"))["last"] or 0
        ensure_site()
        built = Built(now=now or timezone.now())
        for words, step in STEPS:
            say(words)
            step(built)
        # Again: the rights of the editors reach the pages just made.
        ensure_site()
        if not with_accounts:
            people.take_powers_away(built)
        built.register()
        _settle_outbox(before, built.now)
        touch(
            *(
                row
                for row in built.rows
                if not isinstance(row, Page) and source_for(type(row))
            )
        )
        for row in built.rows:
            if isinstance(row, Page):
                ReferenceIndex.create_or_update_for_object(row)
    return True


def _settle_outbox(after, now):
    rows = OutboxEntry.objects.filter(pk__gt=after)
    for kind in KEPT_KINDS:
        rows = rows.exclude(kind__startswith=kind)
    rows.update(handled_at=now)
    # A page is read again once, whatever the number of its versions.
    repeated = OutboxEntry.objects.filter(pk__gt=after)
    repeated.filter(kind__in=["page.saved", "page.drafted"]).delete()


def remove(*, say=lambda words: None):
    """Take away what `load` made, newest first; return (removed, kept).

    A row that real content rests on (a theme of a member's practice) is kept and named in
    `kept`; everything that belongs to a removed row goes with it.
    """
    removed, kept = 0, []
    with translation.override("fr"):
        for entry in DemoObject.objects.order_by("-pk").iterator(chunk_size=200):
            target = entry.target
            if isinstance(target, Page):
                # What was made after the pages is gone: now they may go, all at once.
                _delete_pages()
                target = None
            try:
                with transaction.atomic():
                    if target is not None:
                        _delete(target)
                    entry.delete()
                removed += 1
            except ProtectedError:
                kept.append(target)
                say(f"kept, since other content rests on it: {target}")
    return removed, kept


@transaction.atomic
def _delete_pages():
    """One deletion for all the pages: each alone would follow every relation again."""
    models = ContentType.objects.get_for_models(*get_page_models()).values()
    rows = DemoObject.objects.filter(content_type__in=models)
    pks = list(rows.values_list("object_id", flat=True))
    Page.objects.filter(pk__in=pks).delete()
    # What the worker noted of them on its own (a text that replaces another).
    Item.objects.exclude(category=Category.FORUMS).filter(object_id__in=pks).delete()


def _delete(target):
    if isinstance(target, get_document_model()):
        target.file.delete(save=False)
    gone = [target]
    if isinstance(target, get_user_model()):
        gone += Profile.objects.filter(user=target)
        for profile in gone[1:]:
            portraits.delete_files(profile)
    for row in gone:
        if source_for(type(row)):
            touch_gone(type(row), row.pk)
    target.delete()


def counts():
    """How many rows of each kind the demonstration holds: [(plural name, number)]."""
    rows = {}
    for type_id in DemoObject.objects.values_list("content_type_id", flat=True):
        rows[type_id] = rows.get(type_id, 0) + 1
    models = ContentType.objects.in_bulk(rows)
    return sorted(
        (str(models[type_id].model_class()._meta.verbose_name_plural), number)
        for type_id, number in rows.items()
    )
