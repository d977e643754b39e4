from functools import partial, wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from events import services
from events.calendar import CONTENT_TYPE, calendar_of
from events.cards import card_of
from events.day_listing import (
    ARE_COMING,
    ARE_PAST,
    EVERYTHING,
    LATEST,
    SOONEST,
    days_asked,
)
from events.enums import RegistrationMode
from events.exported import note_export
from events.forms import CancelDayForm, RegistrationForm
from events.links import CANCEL, registration_of
from events.models import EventIndexPage, EventPage, Registration
from events.permissions import can_manage
from events.seats import seats_of
from events.sign_up import sign_up_of
from network_site.catalogue.listing import shown
from network_site.core.markdown import first_paragraph, render_markdown
from network_site.core.pagination import paginate
from network_site.core.signed_pages import signed_page
from network_site.core.spreadsheets import csv_response
from network_site.members.services.positions import Held, held_at
from network_site.pages.reader_cache import shared_by_readers, with_own_parts
from network_site.pages.serving import serves
from network_site.pages.visibility import can_view_page

PAST_PER_PAGE = 10


@serves(EventIndexPage)
@shared_by_readers
def event_list(request, page):
    """The coming days, the next one drawn large, then the past ones with what came of them."""
    filters = days_asked(request.GET, request.user)
    coming = filters.part(ARE_COMING, order=SOONEST)
    past = paginate(filters.part(ARE_PAST, order=LATEST), request, PAST_PER_PAGE)
    days = shown(
        EventPage.objects.for_list(), [*coming, *past.object_list], request.user
    )
    coming = [day for day in days if not day.is_past]
    past.object_list = [day for day in days if day.is_past]
    featured = None
    if not filters.is_set:
        featured = next((day for day in coming if not day.is_cancelled), None)
    past.cards = [card_of(day, passage=first_paragraph(day.outcome)) for day in past]
    return render(
        request,
        "events/event_index_page.html",
        {
            "page": page,
            "filters": filters,
            "boxes": [
                {"group": group, "everything": EVERYTHING[group.name]}
                for group in filters.groups
            ],
            "canonical_pairs": filters.pairs,
            "featured": featured,
            "featured_seats": seats_of(featured) if featured else None,
            "upcoming_count": len(coming),
            "upcoming_cards": [card_of(day) for day in coming if day is not featured],
            "past": past,
        },
    )


@require_safe
def calendar_feed(request):
    """The coming days that the reader may see, for a calendar that follows the address.

    The list's filters apply.
    """
    filters = days_asked(request.GET, request.user)
    days = shown(
        EventPage.objects.select_related("state"),
        filters.part(ARE_COMING, order=SOONEST),
        request.user,
    )
    return _calendar(
        calendar_of(days, name=_("Exchange days of the network")), "journees.ics"
    )


@serves(EventPage)
@shared_by_readers
def event_detail(request, event):
    """A day's page, the same for readers with the same rights but for the sign-up panel."""
    return _day(request, event)


def _day(request, event, *, form=None, status=200):
    """The page of a day; `form` is a sign-up that could not be accepted."""
    context = {
        "page": event,
        "self": event,
        "state": event.live_state,
        "body_html": render_markdown(event.body),
        "outcome_html": render_markdown(event.outcome),
        "sessions": event.sessions.all(),
        "access_items": event.access_items.all(),
        "themes": [link.theme for link in event.theme_links.select_related("theme")]
        if event.pk
        else [],
        "territories": [
            link.territory for link in event.territory_links.select_related("territory")
        ]
        if event.pk
        else [],
        "is_past": event.is_past,
    }
    # Every change of the seats makes a new version of the contents: counted once for all.
    seats = seats_of(event)
    # Facilitators by their group, for a day they may open: rights, not a person.
    if event.pk and can_manage(request.user, event):
        context |= {"can_manage": True, "seats": seats}
    response = render(request, "events/event_page.html", context, status=status)
    return with_own_parts(
        response, partial(_own_parts, event=event, seats=seats, form=form)
    )


def _own_parts(request, *, event, seats, form=None):
    """Where the reader of `request` stands with the day, and what they can do."""
    sign_up = sign_up_of(event, request.user, seats=seats)
    if form is None and sign_up.can_register:
        form = RegistrationForm(event=event)
        if len(event.modes) > 1:
            form.initial["mode"] = (
                RegistrationMode.REMOTE if seats.is_full else RegistrationMode.ON_SITE
            )
    context = {
        "page": event,
        "state": event.live_state,
        "sign_up": sign_up,
        "seats": seats,
        "form": form,
        "next_path": event.get_url(request) or request.path,
    }
    return {"sign-up": render_to_string("events/sign_up_panel.html", context, request)}


def _of_event(view):
    """Give `view` the day of the address; refuse as the day's own page does."""

    @wraps(view)
    def wrapper(request, slug, **kwargs):
        event = get_object_or_404(
            EventPage.objects.live().select_related("state", "organizer"), slug=slug
        )
        if can_view_page(request.user, event):
            return view(request, event, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied(_("This day is kept for some members of the network."))

    return wrapper


def _of_managed_event(view):
    """The same, for those who run the day."""

    @login_required
    @never_cache
    @_of_event
    @wraps(view)
    def wrapper(request, event, **kwargs):
        if can_manage(request.user, event):
            return view(request, event, **kwargs)
        raise PermissionDenied(
            _("Only facilitators of the network read the registrations of a day.")
        )

    return wrapper


def _back(event, fragment="inscription"):
    return redirect(f"{event.url}#{fragment}")


@require_safe
@_of_event
def event_ics(request, event):
    """The day as a file for a calendar."""
    return _calendar(calendar_of([event]), f"{event.slug}.ics")


def _calendar(content, filename):
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, max-age=300"
    return response


@never_cache
@_of_event
def register(request, event):
    """Take a place, or join the waiting list; a GET shows the day."""
    if request.method != "POST":
        return _day(request, event)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    form = RegistrationForm(request.POST, event=event)
    if form.is_valid():
        try:
            services.register(event=event, user=request.user, **form.cleaned_data)
        except services.RegistrationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(event)
    return _day(request, event, form=form, status=422)


@login_required
@never_cache
@require_POST
@_of_event
def cancel(request, event):
    """Give one's own place back."""
    registration = Registration.objects.filter(event=event, user=request.user).first()
    if registration is None:
        return _back(event)
    was_waiting = registration.is_waitlisted
    try:
        services.cancel(registration=registration, by=request.user)
    except services.RegistrationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("You have left the waiting list.")
            if was_waiting
            else _("Your registration is cancelled. Thank you for leaving the seat."),
        )
    return redirect(event.url)


@signed_page(CANCEL, registration_of, dead="events/mail_cancel_dead.html")
def mail_cancel(request, registration):
    """Give back the place that a mail is about."""
    event = registration.event
    context = {"registration": registration, "event": event, "is_past": event.is_past}
    if request.method == "POST":
        try:
            context["registration"] = services.cancel(
                registration=registration, by=registration.user
            )
        except services.RegistrationRefused as refusal:
            context["refusal"] = str(refusal)
    return render(request, "events/mail_cancel.html", context)


def _registrations(event):
    return (
        Registration.objects.active()
        .filter(event=event)
        .select_related("user")
        .order_by("sequence", "pk")
    )


def _with_functions(registrations, event):
    """The registrations as a list, each with `held`: the function of the day, for a past one."""
    registrations = list(registrations)
    held = held_at(
        [one.user_id for one in registrations], min(event.starts_at, timezone.now())
    )
    for one in registrations:
        one.held = held.get(one.user_id, Held())
    return registrations


@require_GET
@_of_managed_event
def participants(request, event):
    """Who is registered and who waits, with what each needs, for facilitators."""
    everyone = _with_functions(_registrations(event), event)
    return render(
        request,
        "events/participants.html",
        {
            "page": event,
            "state": event.live_state,
            "seats": seats_of(event),
            "confirmed": [one for one in everyone if one.is_confirmed],
            "waiting": [one for one in everyone if one.is_waitlisted],
            "questions": [one.question for one in everyone if one.question],
            "is_past": event.is_past,
        },
    )


@require_GET
@_of_managed_event
def participants_csv(request, event):
    """The same list for a spreadsheet."""
    registrations = _with_functions(_registrations(event), event)
    note_export(
        event=event, by=request.user, what="participants", rows=len(registrations)
    )
    heads = [
        _("Number"),
        _("Last name"),
        _("First name"),
        _("E-mail address"),
        _("Organisation"),
        _("Function"),
        _("Status"),
        _("Attendance"),
        _("Needs for access"),
        _("Question for the day"),
        _("Registered at"),
    ]
    rows = (
        [
            one.sequence,
            one.user.last_name,
            one.user.first_name,
            one.user.email,
            one.held.organization_label,
            one.held.job_title,
            one.get_status_display(),
            one.get_mode_display(),
            one.access_needs,
            one.question,
            timezone.localtime(one.created_at).strftime("%Y-%m-%d %H:%M"),
        ]
        for one in registrations
    )
    return csv_response(f"inscrits-{event.slug}.csv", [heads, *rows])


@require_GET
@_of_managed_event
def attendance_sheet(request, event):
    """A sheet to print and sign: those registered on site, in the order of names."""
    confirmed = _registrations(event).confirmed().filter(mode=RegistrationMode.ON_SITE)
    people = _with_functions(
        confirmed.order_by("user__last_name", "user__first_name", "pk"), event
    )
    note_export(event=event, by=request.user, what="attendance", rows=len(people))
    return render(
        request,
        "events/attendance_sheet.html",
        {
            "page": event,
            "people": people,
            "spare_lines": range(6),
        },
    )


@_of_managed_event
def cancel_day(request, event):
    """Call the day off, with the reason that everyone registered will read."""
    form = CancelDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_day(
                event=event, by=request.user, reason=form.cleaned_data["reason"]
            )
        except services.RegistrationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The day is cancelled. Everyone registered is written to.")
            )
            return redirect("events:participants", slug=event.slug)
    return render(
        request,
        "events/cancel_day.html",
        {"page": event, "form": form, "seats": seats_of(event)},
        status=422 if form.errors else 200,
    )


@require_POST
@_of_managed_event
def restore_day(request, event):
    """The day takes place after all."""
    try:
        services.restore_day(event=event, by=request.user)
    except services.RegistrationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The day takes place. Everyone registered is written to.")
        )
    return redirect("events:participants", slug=event.slug)


@require_POST
@_of_managed_event
def mark_prepared(request, event):
    """Say that the day is ready, or not any more."""
    is_prepared = request.POST.get("prepared") != "0"
    services.mark_prepared(event=event, by=request.user, is_prepared=is_prepared)
    messages.success(
        request,
        _("This day is marked as prepared.")
        if is_prepared
        else _("This day is to be prepared again."),
    )
    return redirect("events:participants", slug=event.slug)


@require_POST
@_of_managed_event
def cancel_for(request, event, pk):
    """Give back the place of somebody who asked for it otherwise than on the site."""
    registration = get_object_or_404(Registration, pk=pk, event=event)
    try:
        services.cancel(registration=registration, by=request.user)
    except services.RegistrationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("The registration of %(person)s is cancelled.")
            % {"person": registration.user.get_full_name() or registration.user.email},
        )
    return redirect("events:participants", slug=event.slug)
