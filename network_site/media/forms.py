from wagtail.images.forms import BaseImageForm

from network_site.media.fields import PictureFileField
from network_site.media.intake import loses_its_movement


class PictureForm(BaseImageForm):
    """Every form of Wagtail that receives an image (WAGTAILIMAGES_IMAGE_FORM_BASE).

    Alone, several at a time, in a chooser, or in the place of another.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureFileField(
                label=given.label, required=given.required, widget=given.widget
            )
        if getattr(self.instance, "has_lost_its_movement", False):
            # Several at a time: this form is what is shown of the image just received.
            self.fields["title"].help_text = loses_its_movement()

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.instance.has_lost_its_movement = getattr(file, "was_moving", False)
        return file
