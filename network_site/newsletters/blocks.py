"""What an issue is made of: a flat list, so that anything moves anywhere by drag or keyboard."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from network_site.pages.choosing import KnownPageBlock

_is_web_address = URLValidator(schemes=["http", "https"])


def validate_address(value):
    """Accept a whole web address, or one of this site that begins with a stroke."""
    if value.startswith("/") and not value.startswith("//"):
        return
    try:
        _is_web_address(value)
    except ValidationError:
        raise ValidationError(
            _(
                "Write the whole address, beginning with https://, or one of this site"
                " beginning with /."
            )
        ) from None


class HeadingBlock(blocks.CharBlock):
    """Opens a section, which ends where the next one begins."""

    class Meta:
        icon = "title"
        label = _("Heading of a section")


class ContentBlock(blocks.StructBlock):
    """A page of the network; who may not read it does not see this piece."""

    page = KnownPageBlock(label=_("Page"))
    sentence = blocks.TextBlock(
        label=_("Your own sentence"),
        required=False,
        max_length=600,
        rows=2,
        help_text=_("Without one, the summary of the page is shown."),
    )
    by = blocks.CharBlock(label=_("Proposed by"), required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("Page of the network")


class LinkBlock(blocks.StructBlock):
    """A thread, an organisation, or something elsewhere."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    url = blocks.CharBlock(
        label=_("Address"),
        required=False,
        max_length=500,
        validators=[validate_address],
        help_text=_(
            "Of a thread or another page of this site, or elsewhere. Who may not read a"
            " thread does not see this piece."
        ),
    )
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=1000, rows=3)
    by = blocks.CharBlock(label=_("Proposed by"), required=False, max_length=200)

    class Meta:
        icon = "link"
        label = _("Thread or other address")


class WordsBlock(blocks.TextBlock):
    """Free text in Markdown."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock(max_length=120)
    content = ContentBlock()
    link = LinkBlock()
    words = WordsBlock(rows=4, help_text=_("In Markdown."))

    class Meta:
        required = False
