from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoObject(models.Model):
    """A row made by `load_demo`, so that `remove_demo` takes away that row and no other."""

    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, verbose_name=_("kind of row")
    )
    object_id = models.PositiveBigIntegerField(_("key of the row"))
    target = GenericForeignKey("content_type", "object_id")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("row of the demonstration")
        verbose_name_plural = _("rows of the demonstration")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="demo_object_once"
            )
        ]

    def __str__(self):
        return f"{self.content_type_id}:{self.object_id}"
