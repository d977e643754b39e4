"""The searches that people keep, and what was already looked for in them."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network_site.notifications.models import Item

CRITERIA = ("q", "kind", "theme", "territory")


def fingerprint_of(criteria):
    """The same for two searches that ask for the same things."""
    said = [criteria.get("q", ""), *(sorted(criteria[name]) for name in CRITERIA[1:])]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


class SavedSearch(models.Model):
    """A person's search under a name of theirs; new results are told to them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_searches",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=80)
    # {"q": words, "kind": [codes], "theme": [slugs], "territory": [slugs]}.
    criteria = models.JSONField(_("criteria"))
    # People who ask the same question have it answered once.
    fingerprint = models.CharField(_("fingerprint"), max_length=32, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "fingerprint"], name="site_search_saved_once"
            )
        ]
        indexes = [models.Index(fields=["fingerprint"], name="site_search_question")]

    def __str__(self):
        return self.name

    @property
    def asked(self):
        """The criteria under the names that services.search takes."""
        return {
            "text": self.criteria["q"],
            "kinds": self.criteria["kind"],
            "themes": self.criteria["theme"],
            "territories": self.criteria["territory"],
        }

    def get_absolute_url(self):
        query = QueryDict(mutable=True)
        for name in CRITERIA:
            value = self.criteria.get(name)
            if value:
                query.setlist(name, [value] if name == "q" else value)
        return f"{reverse('search')}?{query.urlencode()}"


class SearchedItem(models.Model):
    """An item of the notifications that was looked for in the saved searches."""

    item = models.OneToOneField(
        Item,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="searched",
        verbose_name=_("item"),
    )

    class Meta:
        verbose_name = _("item looked for in the saved searches")
        verbose_name_plural = _("items looked for in the saved searches")

    def __str__(self):
        return str(self.item_id)
