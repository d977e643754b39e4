from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from events.enums import AttendanceMode, RegistrationMode, RegistrationStatus
from events.querysets import EventPageManager, RegistrationQuerySet
from network_site.members.models import Organization
from network_site.pages.models import BasePage, SpaceIndexPage


class EventIndexPage(SpaceIndexPage):
    """The exchange days."""

    space = "journee"
    opens = "events"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]

    class Meta:
        verbose_name = _("exchange days")
        verbose_name_plural = _("exchange days")

    def route(self, request, path_components):
        """A day with its state and organiser in one query: the most read pages of the space."""
        if len(path_components) == 1:
            event = (
                EventPage.objects.child_of(self)
                .filter(slug=path_components[0])
                .select_related("state", "organizer")
                .first()
            )
            if event is not None:
                return event.route(request, [])
        return super().route(request, path_components)


class EventPage(BasePage):
    """An exchange day: its hours, its place, its programme, and afterwards what came of it."""

    space = "journee"

    starts_at = models.DateTimeField(_("begins at"), db_index=True)
    ends_at = models.DateTimeField(_("ends at"), db_index=True)
    attendance_mode = models.CharField(
        _("attendance"),
        max_length=8,
        choices=AttendanceMode,
        default=AttendanceMode.ON_SITE,
    )
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    capacity = models.PositiveIntegerField(
        _("seats on site"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    registration_closes_at = models.DateTimeField(
        _("registration closes at"), null=True, blank=True
    )
    remote_url = models.URLField(
        _("address of the remote meeting"),
        blank=True,
        help_text=_("Shown only to those registered remotely."),
    )
    organizer = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("organised by"),
    )
    contact_email = models.EmailField(_("address for questions"), blank=True)
    to_bring = models.CharField(
        _("what to bring"),
        max_length=300,
        blank=True,
        help_text=_("Said on the page, and in the reminder two days before."),
    )
    body = models.TextField(_("text"), blank=True, help_text=_("In Markdown."))
    outcome = models.TextField(
        _("what came of it"), blank=True, help_text=_("In Markdown, after the day.")
    )

    objects = EventPageManager()

    parent_page_types = ["events.EventIndexPage"]
    subpage_types = []
    search_fields = BasePage.search_fields + [
        index.SearchField("body"),
        index.SearchField("outcome"),
        index.SearchField("venue"),
        index.FilterField("starts_at"),
    ]
    content_panels = BasePage.content_panels + [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel(
            [
                FieldPanel("attendance_mode"),
                FieldPanel("capacity"),
                FieldPanel("registration_closes_at"),
            ]
        ),
        FieldRowPanel([FieldPanel("venue"), FieldPanel("address")]),
        FieldPanel("remote_url"),
        FieldRowPanel([FieldPanel("organizer"), FieldPanel("contact_email")]),
        FieldPanel("to_bring"),
        FieldPanel("body"),
        InlinePanel("sessions", label=_("Session"), heading=_("Programme")),
        InlinePanel(
            "access_items", label=_("Item"), heading=_("Accessibility of the venue")
        ),
        FieldPanel("outcome"),
        MultiFieldPanel(BasePage.terms_panels, heading=_("Filing")),
        BasePage.related_panel,
        BasePage.source_panel,
    ]

    class Meta:
        verbose_name = _("exchange day")
        verbose_name_plural = _("exchange days")

    @cached_property
    def live_state(self):
        """Its EventState, or a blank one: the row is made at the first sign-up."""
        try:
            return self.state
        except EventState.DoesNotExist:
            return EventState(page=self)

    @property
    def is_past(self):
        """Whether it has ended; the complement of upcoming()."""
        return self.ends_at <= timezone.now()

    @property
    def is_cancelled(self):
        return self.live_state.is_cancelled

    @property
    def has_seats_on_site(self):
        return self.attendance_mode != AttendanceMode.REMOTE

    @property
    def has_remote(self):
        return self.attendance_mode != AttendanceMode.ON_SITE

    @property
    def modes(self):
        """The ways of attending, on site first."""
        return [
            mode
            for mode, offered in (
                (RegistrationMode.ON_SITE, self.has_seats_on_site),
                (RegistrationMode.REMOTE, self.has_remote),
            )
            if offered
        ]

    @property
    def closes_at(self):
        """When registration closes: the moment said, or the beginning."""
        return self.registration_closes_at or self.starts_at

    @property
    def is_running(self):
        """Whether it has begun and is not over."""
        return self.starts_at <= timezone.now() < self.ends_at

    @property
    def is_closed(self):
        """Whether nobody can register any more: what is said of its seats is then history."""
        return self.closes_at <= timezone.now() or self.is_running or self.is_past

    @property
    def is_same_day(self):
        """Whether it begins and ends on one day, Paris time."""
        return (
            timezone.localtime(self.starts_at).date()
            == timezone.localtime(self.ends_at).date()
        )

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError(
                {"ends_at": gettext("The end must come after the beginning.")}
            )
        if (
            self.registration_closes_at
            and self.ends_at
            and self.registration_closes_at > self.ends_at
        ):
            raise ValidationError(
                {
                    "registration_closes_at": gettext(
                        "Registration cannot close after the end."
                    )
                }
            )


class EventSession(Orderable):
    """A line of the programme."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="sessions")
    starts = models.TimeField(_("at"))
    title = models.CharField(_("title"), max_length=200)
    description = models.CharField(_("description"), max_length=400, blank=True)
    is_break = models.BooleanField(_("break"), default=False)

    panels = [
        FieldRowPanel([FieldPanel("starts"), FieldPanel("is_break")]),
        FieldPanel("title"),
        FieldPanel("description"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")


class VenueAccess(Orderable):
    """One point of the venue's accessibility; what is not known is shown as unknown."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="access_items")
    label = models.CharField(_("point"), max_length=80)
    description = models.CharField(_("what is known"), max_length=300, blank=True)

    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("description")])]

    class Meta(Orderable.Meta):
        verbose_name = _("accessibility of the venue")
        verbose_name_plural = _("accessibility of the venue")


class EventState(models.Model):
    """The live state of a day; its row is the lock under which seats are given.

    `sequence` numbers every sign-up in the order the lock was taken; `calendar_sequence` is the
    SEQUENCE of its iCalendar entry (RFC 5545, 3.8.7.4).
    """

    page = models.OneToOneField(
        EventPage, on_delete=models.CASCADE, related_name="state", verbose_name=_("day")
    )
    sequence = models.PositiveIntegerField(_("last number given"), default=0)
    calendar_sequence = models.PositiveIntegerField(_("calendar version"), default=0)
    calendar_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    cancelled_because = models.TextField(
        _("reason of the cancellation"), blank=True, max_length=600
    )
    prepared_at = models.DateTimeField(_("prepared at"), null=True, blank=True)

    class Meta:
        verbose_name = _("state of a day")
        verbose_name_plural = _("states of days")

    def __str__(self):
        return str(self.page_id)


class Registration(models.Model):
    """A person's place at a day, one row a person whatever they change."""

    event = models.ForeignKey(
        EventPage,
        on_delete=models.CASCADE,
        related_name="registrations",
        verbose_name=_("day"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="registrations",
        verbose_name=_("person"),
    )
    status = models.CharField(_("status"), max_length=10, choices=RegistrationStatus)
    mode = models.CharField(
        _("attendance"),
        max_length=8,
        choices=RegistrationMode,
        default=RegistrationMode.ON_SITE,
    )
    sequence = models.PositiveIntegerField(
        _("number"), help_text=_("Order in which the sign-up was accepted.")
    )
    access_needs = models.TextField(_("needs for access"), blank=True, max_length=600)
    question = models.TextField(_("question for the day"), blank=True, max_length=600)
    created_at = models.DateTimeField(_("registered at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["event", "sequence", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "user"], name="events_registration_once"
            ),
            models.UniqueConstraint(
                fields=["event", "sequence"], name="events_registration_sequence"
            ),
        ]
        indexes = [
            models.Index(
                fields=["event", "status", "sequence"], name="events_registration_queue"
            )
        ]

    def __str__(self):
        return f"{self.user_id} @ {self.event_id}"

    @property
    def is_confirmed(self):
        return self.status == RegistrationStatus.CONFIRMED

    @property
    def is_waitlisted(self):
        return self.status == RegistrationStatus.WAITLISTED

    @property
    def is_active(self):
        return self.status != RegistrationStatus.CANCELLED

    @property
    def position(self):
        """The rank on the waiting list, from 1; None for those who are not on it."""
        if not self.is_waitlisted:
            return None
        return (
            Registration.objects.waitlisted()
            .filter(event_id=self.event_id, sequence__lte=self.sequence)
            .count()
        )
