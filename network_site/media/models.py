from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    get_upload_to,
)

from network_site.media.enums import TextState
from network_site.media.fields import PixelsField
from network_site.media.signatures import check_signature

READ_OF_THE_FILE = ("text", "text_of", "page_count", "text_state")


class SiteDocument(AbstractDocument):
    """A file of the network: its licence, and what was found on opening it."""

    licence = models.CharField(_("licence"), max_length=120, blank=True)
    lang = models.CharField(_("language"), max_length=5, default="fr")
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    # Empty for the formats that are not read, and until the file has been read.
    text_state = models.CharField(
        _("what was found in it"), max_length=9, choices=TextState, blank=True
    )
    text = models.TextField(_("text of the file"), blank=True, editable=False)
    # The file whose text was read: another one in its place is read again.
    text_of = models.CharField(max_length=255, blank=True, editable=False)

    admin_form_fields = (*Document.admin_form_fields, "licence", "lang")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self):
        """A new file is what its name says."""
        super().clean()
        if self.file and not self.file._committed:
            try:
                check_signature(self.file.file, self.file.name)
            except ValidationError as error:
                raise ValidationError({"file": error}) from error

    def save(self, *args, **kwargs):
        """Nothing that was read of a file outlives it: another one is in its place."""
        if self.text_of and self.needs_reading:
            self.text, self.text_of = "", ""
            self.page_count, self.text_state = None, ""
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], *READ_OF_THE_FILE}
        super().save(*args, **kwargs)

    @property
    def needs_reading(self):
        """Whether the text of the present file is still to be read."""
        return bool(self.file) and self.text_of != self.file.name

    @property
    def present_text(self):
        """What was read of the file that stands here now, "" before it has been read."""
        return "" if self.needs_reading else self.text


class SiteImage(AbstractImage):
    """An image of the network; the caption and credit travel with it."""

    file = PixelsField(
        _("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(
        SiteImage,
        on_delete=models.CASCADE,
        related_name="renditions",
        verbose_name=_("image"),
    )

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="media_rendition_unique",
            )
        ]
