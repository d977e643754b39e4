"""The sheet of one member and their portrait, as each reader may read them."""

import posixpath

from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from network_site.directory.contributions import contributions_of
from network_site.directory.permissions import can_see_contact, receives_from
from network_site.members import portraits
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.languages import language_label
from network_site.members.models import Profile
from network_site.members.permissions import (
    can_view_profile,
    fields_at,
    reading_level,
    visible_fields,
)

# "Voir comme": the audiences under whose eyes one looks at one's own sheet.
_SEEN_AS = {
    "visiteur": (FieldVisibility.EVERYONE, gettext_lazy("Everyone")),
    "membre": (FieldVisibility.MEMBERS, gettext_lazy("Members")),
    "espace": (FieldVisibility.SPACES, gettext_lazy("My spaces")),
}


class SeenAsForm(forms.Form):
    """?voir= of one's own sheet; any other value is one's own view."""

    voir = forms.ChoiceField(
        choices=[(name, name) for name in _SEEN_AS], required=False
    )

    def audience(self):
        return self.cleaned_data.get("voir", "") if self.is_valid() else ""


@require_safe
def person(request, pk):
    """The sheet of one member: a visitor is sent to log in, a member is told nothing."""
    profile = get_object_or_404(
        Profile.objects.select_related(
            "user", "organization", "territory"
        ).prefetch_related("themes", "languages"),
        pk=pk,
    )
    if not can_view_profile(request.user, profile):
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
    is_own = profile.user_id == request.user.pk
    audience = SeenAsForm(request.GET).audience() if is_own else ""
    level = _SEEN_AS[audience][0] if audience else reading_level(request.user, profile)
    shown = fields_at(profile, level)
    is_shown = profile.sheet_visibility >= level
    return render(
        request,
        "directory/person_detail.html",
        {
            "profile": profile,
            "is_own": is_own,
            "shown": shown,
            "is_shown": is_shown,
            "is_approved": profile.status == MembershipStatus.APPROVED,
            "tabs": _tabs(request, audience) if is_own else [],
            "audience": audience,
            "languages": sorted(
                language_label(one.code) for one in profile.languages.all()
            )
            if "languages" in shown
            else [],
            "help_topics": [
                line.strip()
                for line in profile.help_topics.splitlines()
                if line.strip() and "help_topics" in shown
            ],
            "contact_url": _contact_url(request.user, profile),
            "contributions": contributions_of(
                profile, request.user, level if audience else None
            )
            if is_shown
            else None,
        },
    )


def _tabs(request, audience):
    tabs = [
        {
            "label": label,
            "url": f"{request.path}?voir={name}",
            "is_current": name == audience,
        }
        for name, (_level, label) in _SEEN_AS.items()
    ]
    return [
        *tabs,
        {"label": _("Me"), "url": request.path, "is_current": not audience},
    ]


def _contact_url(user, profile):
    """Where `user` writes to the person without seeing an address; empty when they may not."""
    if not can_see_contact(user, profile) or not receives_from(profile, user):
        return ""
    return reverse("person_contact", args=[profile.pk])


@require_safe
def portrait(request, pk, size, kind):
    """A portrait in one of its sizes; whoever may not see it is told that there is none."""
    profile = get_object_or_404(Profile.objects.select_related("user"), pk=pk)
    if (
        not profile.portrait
        or size not in portraits.SIZES
        or kind not in portraits.FORMATS
        or "portrait" not in visible_fields(request.user, profile)
    ):
        raise Http404
    name = portraits.file_name(profile.portrait, size, kind)
    etag = quote_etag(f"{profile.portrait}-{size}")
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    elif settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse(content_type=portraits.FORMATS[kind])
        response["X-Accel-Redirect"] = posixpath.join(settings.MEDIA_ACCEL_PREFIX, name)
    else:
        try:
            content = portraits.read_file(name)
        except FileNotFoundError as error:
            raise Http404 from error
        response = HttpResponse(content, content_type=portraits.FORMATS[kind])
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    # Asked again each time: it may have been closed since.
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response
