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


class Synonym(models.Model):
    """A line of words that mean the same to whoever searches; kept by the librarians."""

    words = models.CharField(
        _("words that mean the same"),
        max_length=400,
        help_text=_(
            "Separated by commas, the commonest first. An acronym in capitals is found"
            " however it is typed: CUCS, contrat urbain de cohésion sociale."
        ),
    )
    is_one_way = models.BooleanField(
        _("only from the first to the others"),
        default=False,
        help_text=_(
            "Who searches the first finds the others as well; who searches another one"
            " finds that one only."
        ),
    )
    note = models.CharField(_("note for colleagues"), max_length=200, blank=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("line of synonyms and acronyms")
        verbose_name_plural = _("synonyms and acronyms")
        ordering = ["words", "pk"]

    def __str__(self):
        return self.words

    @property
    def forms(self):
        """The words of the line, each once."""
        return list(dict.fromkeys(filter(None, map(str.strip, self.words.split(",")))))


class CountingKey(models.Model):
    """What the people of a week are told apart by; thrown away with the week."""

    week = models.DateField(_("week"), unique=True)
    key = models.CharField(_("key"), max_length=64)

    class Meta:
        verbose_name = _("counting key")
        verbose_name_plural = _("counting keys")

    def __str__(self):
        return str(self.week)


class QueryCount(models.Model):
    """How many people asked a question in a week, in vain or to open one object."""

    week = models.DateField(_("week"))
    query = models.CharField(_("question"), max_length=80)
    # The key of what was opened (keys.object_key); empty: nothing answered.
    object_key = models.CharField(_("object"), max_length=100, blank=True)
    times = models.PositiveIntegerField(_("times"), default=0)
    people = models.PositiveIntegerField(_("people"), default=0)

    class Meta:
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")
        ordering = ["-week", "-people", "query", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["week", "object_key", "query"], name="site_search_count_once"
            )
        ]
        indexes = [models.Index(fields=["object_key"], name="site_search_opened")]

    def __str__(self):
        return self.query


class QueryTrace(models.Model):
    """Somebody was counted: a mark that no key can explain once the week is over."""

    counted = models.ForeignKey(
        QueryCount,
        on_delete=models.CASCADE,
        related_name="traces",
        verbose_name=_("question asked"),
    )
    person = models.CharField(_("mark of the person"), max_length=32)

    class Meta:
        verbose_name = _("person counted")
        verbose_name_plural = _("people counted")
        constraints = [
            models.UniqueConstraint(
                fields=["counted", "person"], name="site_search_person_once"
            )
        ]

    def __str__(self):
        return str(self.counted_id)
