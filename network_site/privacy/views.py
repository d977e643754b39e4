"""One's own data: read, fetched, and how one leaves."""

from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from network_site.core.signed_pages import signed_page
from network_site.privacy import services
from network_site.privacy.enums import ExportStatus
from network_site.privacy.forms import LeaveForm
from network_site.privacy.models import Departure, Export
from network_site.privacy.proof import proof_required
from network_site.registries.personal_data import categories


@login_required
@never_cache
@require_GET
def home(request):
    """What is kept of me, my copy of it, and the door."""
    return render(
        request,
        "privacy/home.html",
        {
            "export": services.latest_export(request.user),
            "departure": services.open_departure(request.user),
            "days_kept": settings.EXPORT_KEPT_DAYS,
            "grace": settings.LEAVING_GRACE_DAYS,
            "categories": _told(categories()),
        },
    )


def _told(found):
    """The categories that tell people something: what, why, how long."""
    return [
        {
            "label": one.label,
            "purpose": one.purpose,
            "kept": one.retention.rule if one.retention else one.kept,
            "on_leaving": one.on_leaving,
        }
        for one in found
        if one.retention or one.kept
    ]


def _becomes():
    """What becomes of each category: those that simply go, and those of which more is said."""
    told = [one for one in _told(categories()) if one["on_leaving"]]
    gone = _("Erased.")
    return {
        "gone": [one["label"] for one in told if str(one["on_leaving"]) == gone],
        "others": [one for one in told if str(one["on_leaving"]) != gone],
    }


@require_POST
@never_cache
@proof_required
def export(request):
    """Have a copy prepared; asked twice, it is one."""
    services.ask_export(user=request.user)
    messages.success(
        request,
        _(
            "Your copy is being prepared. A mail tells you when it is ready, within a few"
            " minutes as a rule."
        ),
    )
    return redirect("privacy:home")


@never_cache
@require_GET
@login_required
def download(request, pk):
    """The archive, for its owner alone, after a proof of who they are."""
    found = get_object_or_404(
        Export.objects.filter(
            user=request.user,
            status=ExportStatus.READY,
            expires_at__gt=timezone.now(),
        ),
        pk=pk,
    )
    return _send(request, found)


@proof_required
def _send(request, found):
    try:
        file = services.path_of(found).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    name = _("my-data") + f"-{found.ready_at:%Y-%m-%d}.zip"
    response = FileResponse(
        file, as_attachment=True, filename=name, content_type="application/zip"
    )
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request):
    """What leaving does, what rests on the person, and the form to ask for it."""
    departure = services.open_departure(request.user)
    if request.method == "POST":
        form = LeaveForm(request.POST, user=request.user)
        if form.is_valid():
            return _ask_to_leave(request, form.cleaned_data["signature"])
    else:
        initial = {"signature": departure.signature} if departure else None
        form = LeaveForm(user=request.user, initial=initial)
    return render(
        request,
        "privacy/leave.html",
        {
            "form": form,
            "departure": departure,
            "grace": settings.LEAVING_GRACE_DAYS,
            "dependents": services.what_rests_on(request.user),
            **_becomes(),
            "later": services.what_goes_later(),
        },
    )


@proof_required
def _ask_to_leave(request, signature):
    if request.user.is_superuser:
        messages.error(
            request,
            _(
                "An administrator cannot leave before somebody else has taken this role over:"
                " have your rights withdrawn first."
            ),
        )
        return redirect("privacy:leave")
    # The page that follows says that the erasure has begun.
    with suppress(services.TooLate):
        services.ask_to_leave(user=request.user, signature=signature)
    return redirect("privacy:home")


@login_required
@never_cache
@require_POST
def stay(request):
    """Change one's mind, logged in."""
    return (
        HttpResponseRedirect(reverse("privacy:home"))
        if _stays(request)
        else _late(request)
    )


def _stays(request):
    try:
        was_leaving = services.stay(user=request.user)
    except services.TooLate:
        return False
    if was_leaving:
        messages.success(request, _("You stay: nothing was erased."))
    return True


def _late(request):
    return render(request, "privacy/stay.html", {"is_late": True}, status=410)


@signed_page(services.STAY, services.user_who_stays)
def stay_from_mail(request, user):
    """Whoever was told that they leave stays, by the button of this page."""
    departure = services.open_departure(user)
    context = {"departure": departure}
    if request.method == "POST":
        try:
            services.stay(user=user)
        except services.TooLate:
            return _late(request)
        context = {"is_done": True, "was_leaving": departure is not None}
    return render(request, "privacy/stay.html", context)


@signed_page()
def receipt(request, key):
    """What was erased, what stays and why: by a key that only a mail has given. No name."""
    departure = get_object_or_404(
        Departure.objects.exclude(begun_at=None), receipt_key=key
    )
    return render(
        request,
        "privacy/receipt.html",
        {
            "departure": departure,
            "lines": services.receipt_lines(departure, get_language()),
            "later": services.what_goes_later(),
        },
    )


@require_GET
def durations(request):
    """What is kept of people, why, and how long: read from the registry."""
    return render(
        request, "privacy/durations.html", {"categories": _told(categories())}
    )
