"""The image of a SiteImage: whatever is stored has gone through the intake."""

from django.forms.fields import FileField
from wagtail.images.fields import WagtailImageField as WagtailFormField
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from network_site.media import intake


class PixelsFieldFile(WagtailImageFieldFile):
    def save(self, name, content, save=True):
        """Store the pixels of `content` and nothing else of it; Unreadable when it has none.

        A form has put them in its place already; what comes another way is read here.
        """
        if not getattr(content, "is_made", False):
            content = intake.made_file(intake.receive(content, intake.STORED), name)
            name = content.name
        super().save(name, content, save)


class PixelsField(WagtailImageField):
    attr_class = PixelsFieldFile

    def deconstruct(self):
        """Wagtail's own field for migrations: the column is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs


class PictureFileField(WagtailFormField):
    """The file of an image in the back office, opened by the intake alone."""

    def to_python(self, data):
        """The upload with its pixels in the place of its bytes; Unreadable is its error."""
        upload = FileField.to_python(self, data)
        if upload is not None and not getattr(upload, "is_made", False):
            intake.replace(upload, intake.PICTURE)
        return upload
