"""What a page must have before readers see it, whichever way it is published.

The editor's form asks it at once (page_forms). The other ways of the back office take a draft
as it stands: publishing in bulk, a workflow's approval, a date of publication; there the page
itself refuses (BasePage.publish), and home.admin_guards says it in words. What a program loads
is that program's to check.
"""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst


class NotPublishable(ValidationError):
    """Raised with the page and what it lacks: {field or relation: words}."""

    def __init__(self, page, errors):
        super().__init__(errors)
        self.page = page

    def sentences(self):
        """[(label, words)] of what is lacking; no label for what concerns the whole page."""
        return [
            (self._label(name), words)
            for name, many in self.message_dict.items()
            for words in many
        ]

    def _label(self, name):
        if name == NON_FIELD_ERRORS:
            return ""
        field = self.page._meta.get_field(name)
        words = getattr(field, "verbose_name", None)
        return capfirst(words or field.related_model._meta.verbose_name)


def errors_of(page, children=None):
    """{field or relation: words}: what `page` lacks; `children` as BasePage.lacks() takes it."""
    return page.lacks(children or (lambda name: list(getattr(page, name).all())))


def check_publishable(page):
    """Raise NotPublishable when `page`, a draft in memory, may not be shown to readers."""
    errors = {name: [words] for name, words in errors_of(page).items()}
    # As readers will have it: a draft may hold what a published page may not.
    page.live = True
    try:
        page.full_clean()
    except ValidationError as error:
        for name, words in error.message_dict.items():
            errors.setdefault(name, words)
    if errors:
        raise NotPublishable(page, errors)
