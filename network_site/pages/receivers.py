"""Wagtail's own events become outbox rows: the only signal receivers of the project."""

from django.conf import settings
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import override
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
)
from wagtail.search.index import Indexed
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    pre_page_move,
    task_submitted,
    workflow_approved,
    workflow_rejected,
)

from network_site.catalogue.marks import touch, touch_gone
from network_site.core.outbox import emit
from network_site.pages.free_addresses import AddressTaken, is_free, path_under
from network_site.pages.redirects import keep_old_address

# What Wagtail writes in a page's row when a draft of it is saved (Page.save_revision).
_OF_DRAFTS = {
    COMMENTS_RELATION_NAME,
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
}


def _payload(page):
    return {"model": "wagtailcore.page", "pk": page.pk}


@receiver(page_published)
def page_was_published(instance, **kwargs):
    emit("page.published", **_payload(instance))


@receiver(page_unpublished)
def page_was_unpublished(instance, **kwargs):
    emit("page.unpublished", **_payload(instance))


@receiver(pre_page_move)
def refuse_taken_address(instance, parent_page_after, **kwargs):
    """Whoever moves it, a page goes nowhere that hides an address of the site."""
    page = instance.specific_deferred
    if not is_free(page.slug, parent_page_after, page):
        raise AddressTaken(page, path_under(parent_page_after, page.slug))


@receiver(post_page_move)
def page_was_moved(instance, **kwargs):
    emit("page.moved", **_payload(instance))


@receiver(pre_save)
def address_will_change(sender, instance, raw=False, **kwargs):
    """Of what is found by its slug alone, the old address leads to the new one."""
    if raw or instance._state.adding or not _is_found_by_slug(sender):
        return
    before = sender._base_manager.filter(pk=instance.pk).first()
    if before is None or before.slug == instance.slug:
        return
    with override(settings.LANGUAGE_CODE):
        keep_old_address(before.get_absolute_url(), instance.get_absolute_url())


def _is_found_by_slug(model):
    """Whether the address of a thing says its slug, and only that."""
    if issubclass(model, Page) or not hasattr(model, "get_absolute_url"):
        return False
    return any(field.name == "slug" and field.unique for field in model._meta.fields)


@receiver(post_save)
def page_was_saved(sender, instance, raw=False, update_fields=None, **kwargs):
    """Drafts too are found in the admin's search; they change nothing for readers."""
    if isinstance(instance, Page) and not raw:
        was_never_read = not instance.live and instance.first_published_at is None
        is_draft = was_never_read or set(update_fields or [""]) <= _OF_DRAFTS
        emit("page.drafted" if is_draft else "page.saved", **_payload(instance))


@receiver(post_delete)
def page_was_deleted(sender, instance, **kwargs):
    if isinstance(instance, Page) and sender is Page:
        emit("page.deleted", **_payload(instance))


@receiver(post_save)
def file_was_saved(instance, raw=False, **kwargs):
    """Images and documents are found by their titles in the admin."""
    if isinstance(instance, Indexed) and not isinstance(instance, Page) and not raw:
        touch(instance)


@receiver(post_delete)
def file_was_deleted(instance, **kwargs):
    if isinstance(instance, Indexed) and not isinstance(instance, Page):
        touch_gone(type(instance), instance.pk)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(instance, raw=False, **kwargs):
    """Who may read a branch changed: its words are filed again under the new tokens."""
    if not raw:
        emit("page.access_changed", pk=instance.page_id, model="wagtailcore.page")


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
@receiver(m2m_changed, sender=CollectionViewRestriction.groups.through)
def groups_of_restriction_changed(instance, action, reverse, model, pk_set, **kwargs):
    """The groups of a restriction are set after it is saved, or by themselves."""
    if action not in {"post_add", "post_remove", "pre_clear"}:
        return
    changed = [instance]
    if reverse:
        rows = model.objects.filter(groups=instance)
        changed = rows if pk_set is None else model.objects.filter(pk__in=pk_set)
    for restriction in changed:
        if isinstance(restriction, PageViewRestriction):
            restriction_changed(restriction)
        else:
            collection_restriction_changed(restriction)


# Examination, whether it is answered on the public site or in the admin: the ids are those
# of the task's state, which says what was asked, by whom and when.


@receiver(task_submitted)
def task_was_submitted(instance, **kwargs):
    emit("workflow.task_submitted", task_state_id=instance.pk)


@receiver(workflow_rejected)
def workflow_was_rejected(instance, **kwargs):
    emit("workflow.rejected", task_state_id=instance.current_task_state_id)


@receiver(workflow_approved)
def workflow_was_approved(instance, **kwargs):
    emit("workflow.approved", task_state_id=instance.current_task_state_id)


@receiver([post_save, post_delete], sender=CollectionViewRestriction)
def collection_restriction_changed(instance, raw=False, **kwargs):
    """Who may read a collection's files changed: no page that names them is kept."""
    if not raw:
        emit("files.access_changed", pk=instance.collection_id)
