"""One row for each thing that can be found, listed, counted, mapped, fed or exported."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """What the lists know of an object: its place among the gates, its facets, its keys.

    `model` and `object_id` name the object by its root model ("wagtailcore.page"), `path`
    says behind which gates it stands (catalogue.gates), `data` what its source says of it
    (catalogue.registry.Built). The number of an entry is never used again, and survives a
    rebuild. `version` is the database's own, written by a trigger (catalogue.triggers).
    """

    kind = models.CharField(_("kind"), max_length=20, blank=True)
    model = models.CharField(_("model"), max_length=80)
    object_id = models.BigIntegerField(_("number of the object"))
    path = models.CharField(_("path of gates"), max_length=300, blank=True)
    is_live = models.BooleanField(_("shown"), default=False)
    data = models.JSONField(_("facets and keys"), default=dict)
    version = models.BigIntegerField(_("version"), default=0, db_index=True)

    class Meta:
        verbose_name = _("entry of the catalogue")
        verbose_name_plural = _("entries of the catalogue")
        constraints = [
            models.UniqueConstraint(
                fields=["model", "object_id"], name="catalogue_entry_object"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.model}:{self.object_id}"


class Mark(models.Model):
    """An object that changed since its entry was written; removed when the entry is right.

    Rows are only added: two transactions never wait for each other here.
    """

    model = models.CharField(_("model"), max_length=80)
    object_id = models.BigIntegerField(_("number of the object"))
    # The database's own clock: a trigger writes the row.
    at = models.DateTimeField(_("date"), db_default=Now())

    class Meta:
        verbose_name = _("mark of the catalogue")
        verbose_name_plural = _("marks of the catalogue")

    def __str__(self):
        return f"{self.model}:{self.object_id}"


class Version(models.Model):
    """How often a vocabulary changed; "epoch" says which writing of the entries it is."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    number = models.BigIntegerField(_("number"), default=1)

    class Meta:
        verbose_name = _("version of a vocabulary")
        verbose_name_plural = _("versions of the vocabularies")

    def __str__(self):
        return f"{self.name} {self.number}"


class Comparison(models.Model):
    """What a comparison of all entries with the objects found, and mended."""

    at = models.DateTimeField(_("date"), auto_now_add=True)
    entry_count = models.PositiveIntegerField(_("entries"))
    differences = models.JSONField(_("differences"), default=list)

    class Meta:
        verbose_name = _("comparison of the catalogue")
        verbose_name_plural = _("comparisons of the catalogue")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"
