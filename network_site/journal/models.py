from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network_site.journal.enums import Action


def _refuse(*args, **kwargs):
    raise TypeError(
        "The journal is append-only; see services.record() and forget_old_entries()."
    )


class EntryQuerySet(models.QuerySet):
    """Entries are added, read, and forgotten when their time is over: never changed.

    The triggers of the database (triggers.py) hold the same for SQL.
    """

    update = delete = bulk_update = update_or_create = _refuse
    _update = _raw_delete = _refuse

    def bulk_create(
        self, objs, *args, ignore_conflicts=False, update_conflicts=False, **kwargs
    ):
        if ignore_conflicts or update_conflicts:
            _refuse()
        return super().bulk_create(objs, *args, **kwargs)


class Entry(models.Model):
    """Who decided what, about whom or what, and when.

    It keeps keys and no name: a name is read again when the journal is, so that somebody who
    was forgotten everywhere else is forgotten here too. `detail` holds codes and numbers,
    never words that a person wrote.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("who"),
    )
    action = models.CharField(_("what"), max_length=24, choices=Action, db_index=True)
    # Whom it concerns, when it concerns somebody.
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("whom"),
    )
    # What it concerns: "forums.post", "12".
    object_kind = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_id = models.CharField(_("object"), max_length=40, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the journal")
        verbose_name_plural = _("entries of the journal")
        ordering = ["-pk"]
        # Django's own ways to the table refuse as well.
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["subject", "-id"], name="journal_entry_subject"),
            models.Index(fields=["actor", "-id"], name="journal_entry_actor"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        _refuse()
