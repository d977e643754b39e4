"""Links to other pages, as the editor's form takes them."""

from django.utils.translation import gettext as _

from network_site.pages.page_forms import SitePageForm


class RelationForm(SitePageForm):
    """Refuses what the page may not say of another one; what was typed stays."""

    def _post_clean(self):
        # Its lines are still those of before: they are looked at below.
        self.instance.is_in_form = True
        try:
            super()._post_clean()
        finally:
            self.instance.is_in_form = False

    def is_valid(self):
        valid = super().is_valid()
        lines = self.formsets.get("related_links")
        for line in lines.forms if lines is not None else ():
            data = getattr(line, "cleaned_data", None) or {"DELETE": True}
            kind, target = data.get("kind"), data.get("target")
            if data.get("DELETE") or target is None:
                continue
            if not self.instance.may_say(kind, target, parent=self.parent_page):
                line.add_error("kind", refusal_words(target))
                valid = False
        return valid


def refusal_words(target):
    """Why a page may not say that it changes `target`, and what to do instead."""
    return _(
        "Only those who publish “%(title)s” may say that it is replaced, amended or created"
        " by another text. Choose another link, such as “cites” or “see also”, and write"
        " to them."
    ) % {"title": target.title}
