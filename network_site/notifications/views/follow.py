from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network_site.notifications import services
from network_site.notifications.follow import seen_by, sentence, target_of
from network_site.notifications.forms import LevelForm
from network_site.notifications.models import Follow
from network_site.notifications.views.access import safe_next, to_login
from network_site.registries.enums import Level


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request):
    """Set the level of one thing, or follow it no longer; says what will happen."""
    settings_url = reverse("notifications:settings")
    user = request.user
    if not user.is_authenticated:
        return to_login(request, settings_url)
    if request.method != "POST":
        # Where one lands after the log-in that a forgotten page asked for.
        return HttpResponseRedirect(settings_url)
    try:
        target = target_of(request.POST.get("kind", ""), request.POST.get("target", ""))
    except ValueError as error:
        raise Http404 from error
    seen = seen_by(user, target)
    is_followed = Follow.objects.filter(
        user=user, kind=target.kind, target=target.pk
    ).exists()
    # What one may no longer see can be left, and nothing else.
    if seen is None and not is_followed:
        raise Http404
    form = LevelForm(request.POST)
    back = HttpResponseRedirect(safe_next(request, seen[1] if seen else settings_url))
    if not form.is_valid():
        messages.error(
            request, _("Nothing was changed: choose one of the levels shown.")
        )
        return back
    level = form.cleaned_data["level"]
    if level == "none" or (seen is None and level != Level.MUTE):
        services.unfollow(user=user, target=target)
        level = ""
    else:
        try:
            services.set_level(user=user, target=target, level=level)
        except services.TooManyFollows:
            messages.error(
                request,
                _(
                    "You follow %(number)d things already: leave some of them before"
                    " you follow another."
                )
                % {"number": services.MOST_FOLLOWS},
            )
            return back
    if seen is None:
        messages.success(request, _("What you can no longer read is out of your list."))
    else:
        messages.success(request, sentence(user, seen[0], level))
    return back
