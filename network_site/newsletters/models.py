from django.conf import settings
from django.db import models
from django.db.models import Max
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from network_site.members.models import Organization
from network_site.newsletters.blocks import BodyBlock
from network_site.newsletters.enums import (
    Audience,
    ContributionStatus,
    DispatchStatus,
)
from network_site.newsletters.querysets import (
    DispatchQuerySet,
    SubscriptionQuerySet,
)
from network_site.pages.models import BasePage, SpaceIndexPage

MAX_CONTRIBUTION = 600


class NewsletterIndexPage(SpaceIndexPage):
    """The newsletter: its archive, and the form to subscribe without an account."""

    opens = "newsletter"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsletters.NewsletterIssuePage"]

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")


def next_number():
    """The number after the last one."""
    return (
        NewsletterIssuePage.objects.aggregate(Max("number"))["number__max"] or 0
    ) + 1


class NewsletterIssuePage(BasePage):
    """One issue: composed as a page, sent once, then read in the archive."""

    number = models.PositiveIntegerField(
        _("number"),
        null=True,
        blank=True,
        default=next_number,
        help_text=_("Leave it empty for an issue outside the series."),
    )
    intro = models.TextField(
        _("opening words"), blank=True, help_text=_("In Markdown.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("contents"))

    parent_page_types = ["newsletters.NewsletterIndexPage"]
    subpage_types = []
    search_fields = BasePage.search_fields + [index.SearchField("intro")]
    content_panels = [
        TitleFieldPanel("title", help_text=_("It is the subject of the mail as well.")),
        FieldPanel("number"),
        FieldPanel("summary"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("issue of the newsletter")
        verbose_name_plural = _("issues of the newsletter")

    # The editor looks at the page, and at the mail as three people get it.
    PREVIEWS = [
        ("", _("Page of the archive")),
        ("subscriber", _("Mail: somebody without an account")),
        ("member", _("Mail: a member")),
        ("other", _("Mail: the member who sees most")),
        ("text", _("Mail: text only, a member")),
    ]

    @property
    def preview_modes(self):
        return self.PREVIEWS

    @property
    def was_planned(self):
        """Whether this issue is being sent, was sent, or waits for its hour."""
        return Dispatch.objects.filter(issue_id=self.pk).exists()


class Dispatch(models.Model):
    """The sending of one issue: unique, so that it leaves once whoever presses.

    `content` is the revision that was confirmed, frozen: what is edited afterwards changes
    the archive, not the mail.
    """

    issue = models.OneToOneField(
        NewsletterIssuePage,
        on_delete=models.CASCADE,
        related_name="dispatch",
        verbose_name=_("issue"),
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=DispatchStatus,
        default=DispatchStatus.SCHEDULED,
        db_index=True,
    )
    audience = models.CharField(
        _("sent to"), max_length=12, choices=Audience, default=Audience.ALL
    )
    starts_at = models.DateTimeField(_("leaves at"))
    # Not a link: old revisions may be purged, what was sent must not change.
    revision_id = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("what is sent"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    created_at = models.DateTimeField(_("decided at"), auto_now_add=True)
    started_at = models.DateTimeField(_("began at"), null=True, blank=True)
    # Every recipient has a row in the queue.
    enqueued_at = models.DateTimeField(_("addressed at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    # Counted when it ended: the journal of mails is not kept for ever.
    sent_count = models.PositiveIntegerField(_("mails sent"), default=0)
    failed_count = models.PositiveIntegerField(_("mails refused"), default=0)
    uncertain_count = models.PositiveIntegerField(_("uncertain"), default=0)
    dropped_count = models.PositiveIntegerField(_("not sent"), default=0)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("sending of an issue")
        verbose_name_plural = _("sendings of issues")
        ordering = ["-starts_at", "-pk"]
        default_permissions = ()
        permissions = [("send_dispatch", _("Can send the newsletter"))]

    def __str__(self):
        return f"{self.issue_id} {self.status}"


class Proof(models.Model):
    """A test of an issue, sent to one address before everybody gets it."""

    issue = models.ForeignKey(
        NewsletterIssuePage,
        on_delete=models.CASCADE,
        related_name="proofs",
        verbose_name=_("issue"),
    )
    revision_id = models.PositiveIntegerField(_("version"))
    address = models.EmailField(_("address"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("test of an issue")
        verbose_name_plural = _("tests of issues")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.issue_id} {self.address}"


class Subscription(models.Model):
    """An address that asked for the newsletter without an account, and the proof of it."""

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="fr"
    )
    # What was accepted, in the words shown, and when: the proof the law asks for.
    consent = models.TextField(_("wording accepted"))
    created_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed at"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription without an account")
        verbose_name_plural = _("subscriptions without an account")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="newsletters_email_once")
        ]

    def __str__(self):
        return self.email

    @property
    def is_active(self):
        return self.confirmed_at is not None and self.unsubscribed_at is None


class Contribution(models.Model):
    """What a member proposes for the next issue."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="newsletter_contributions",
        verbose_name=_("proposed by"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="newsletter_contributions",
        verbose_name=_("on behalf of"),
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=MAX_CONTRIBUTION)
    url = models.CharField(_("address"), max_length=500, blank=True)
    page = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
    )
    # The form it came from: sent twice, it is one proposal.
    form_token = models.UUIDField(_("form"), unique=True, editable=False)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ContributionStatus,
        default=ContributionStatus.WAITING,
        db_index=True,
    )
    reason = models.TextField(_("reason of the refusal"), blank=True, max_length=1000)
    issue = models.ForeignKey(
        NewsletterIssuePage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("issue"),
    )
    created_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    class Meta:
        verbose_name = _("proposal for the newsletter")
        verbose_name_plural = _("proposals for the newsletter")
        ordering = ["created_at", "pk"]
        default_permissions = ()
        permissions = [("decide_contribution", _("Can answer proposals"))]

    def __str__(self):
        return self.title

    @property
    def signature(self):
        """The body it is proposed for, or the person's own name."""
        return self.organization.label if self.organization else str(self.author)
