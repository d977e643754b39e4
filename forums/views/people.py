"""The people of a private space: seen by its readers, chosen by who looks after it."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from forums.forms import SpacePersonForm
from forums.permissions import can_keep_people
from forums.services import add_person, remove_person
from forums.views.access import readable_forum
from network_site.core.pagination import paginate
from network_site.members.enums import MembershipStatus
from network_site.members.models import Profile, SpaceGrant
from network_site.members.permissions import field_filter, fields_at, with_levels
from network_site.members.places import places_of
from network_site.members.services.spaces import NotAMember, NotASpace

PER_PAGE = 50
NOT_A_SPACE = gettext_lazy(
    "The group of this space gives a role or rights in the network: ask the"
    " administrators to give the space a group of its own."
)


def _private_forum(request, slug):
    """The space, which must be a private one that the reader reads; or 404."""
    forum = readable_forum(request.user, slug)
    if not forum.is_private:
        raise Http404
    return forum


def _kept_forum(request, slug):
    forum = _private_forum(request, slug)
    if not can_keep_people(request.user, forum):
        raise Http404
    return forum


@require_safe
def people(request, slug):
    """Who is in the space."""
    return _people_page(request, _private_forum(request, slug))


def _people_page(request, forum, form=None):
    user = request.user
    keeps = can_keep_people(user, forum)
    everyone = with_levels(
        Profile.objects.filter(user__groups=forum.group_id).select_related(
            "user", "organization"
        ),
        user,
    ).order_by("name_key", "pk")
    total = get_user_model().objects.filter(groups=forum.group_id).count()
    # Who looks after the space has to know everybody who reads it.
    listed = everyone if keeps else everyone.approved().filter(field_filter(user))
    page = paginate(listed, request, PER_PAGE)
    grants = {
        grant.user_id: grant
        for grant in SpaceGrant.objects.filter(
            group=forum.group_id,
            user__in=[profile.user_id for profile in page.object_list],
        ).select_related("organization")
    }
    for profile in page.object_list:
        _prepare(profile, grants.get(profile.user_id), keeps)
    others = [
        place
        for place in places_of([forum.group_id]).get(forum.group_id, [])
        if place.path != forum.get_absolute_url()
    ]
    return render(
        request,
        "forums/people.html",
        {
            "forum": forum,
            "page_obj": page,
            "total": total,
            "hidden_count": max(total - page.paginator.count, 0),
            "keeps": keeps,
            "is_in": user.groups.filter(pk=forum.group_id).exists(),
            "others": others,
            "form": form or (SpacePersonForm(reader=user) if keeps else None),
        },
        status=200 if form is None else 400,
    )


def _prepare(profile, grant, keeps):
    """Set what the reader is shown of one person."""
    is_member = profile.status == MembershipStatus.APPROVED
    shown = fields_at(profile, profile.reader_level) if is_member else frozenset()
    profile.is_former = not is_member
    profile.has_sheet = is_member and profile.sheet_visibility >= profile.reader_level
    profile.shown_words = [
        words
        for name, words in (
            ("job_title", profile.job_title),
            ("organization", profile.organization_label),
        )
        if name in shown and words
    ]
    body = grant.organization if grant else None
    # Whom somebody represents here is told by who they say they work for.
    profile.through = body if body and (keeps or "organization" in shown) else None
    profile.since = grant.granted_at if grant and keeps else None


@require_POST
def person_add(request, slug):
    """Open the space to a member."""
    forum = _kept_forum(request, slug)
    form = SpacePersonForm(request.POST, reader=request.user)
    if not form.is_valid():
        return _people_page(request, forum, form)
    user = form.cleaned_data["profile"].user
    try:
        added = add_person(
            forum=forum,
            user=user,
            by=request.user,
            through_employer=form.cleaned_data["through_employer"],
        )
    except NotAMember:
        form.add_error("person", _("This person is not a member of the network."))
        return _people_page(request, forum, form)
    except NotASpace:
        form.add_error(None, NOT_A_SPACE)
        return _people_page(request, forum, form)
    if added:
        messages.success(
            request,
            _("%(name)s now reads this space and has been told by e-mail.")
            % {"name": user},
        )
    else:
        messages.info(request, _("%(name)s reads this space already.") % {"name": user})
    return redirect("forums:people", slug=slug)


@require_POST
def person_remove(request, slug, pk):
    """Close the space to somebody."""
    forum = _kept_forum(request, slug)
    user = get_user_model().objects.filter(pk=pk, groups=forum.group_id).first()
    # Gone already when the button is pressed twice.
    if user is not None:
        try:
            remove_person(forum=forum, user=user, by=request.user)
        except NotASpace:
            messages.error(request, NOT_A_SPACE)
            return redirect("forums:people", slug=slug)
        messages.success(
            request,
            _("%(name)s no longer reads this space and has been told by e-mail.")
            % {"name": user},
        )
        if user == request.user:
            return redirect("forums:index")
    return redirect("forums:people", slug=slug)


@require_POST
def leave(request, slug):
    """Leave a private space by oneself."""
    forum = _private_forum(request, slug)
    try:
        left = remove_person(forum=forum, user=request.user, by=request.user)
    except NotASpace:
        messages.error(request, NOT_A_SPACE)
        return redirect("forums:people", slug=slug)
    if left:
        messages.success(
            request,
            _("You have left “%(name)s”. What you wrote there stays.")
            % {"name": forum.label},
        )
    return redirect("forums:index")
