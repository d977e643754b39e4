"""The spaces of bodies in the back office: opened, and who works in each (facilitators)."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.action_menu import ActionMenuItem

from library import services
from library.models import LibrarySectionPage
from library.permissions import can_manage_body_spaces
from network_site.members.enums import BodyRole, MembershipStatus
from network_site.members.models import BodyGroup, Organization, Profile


class OpenSpaceForm(forms.Form):
    """Which body gets a space."""

    organization = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organization.objects.none()
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        opened = LibrarySectionPage.objects.values("organization")
        self.fields["organization"].queryset = Organization.objects.exclude(
            pk__in=opened
        )


class _Colleague(forms.ModelChoiceField):
    """A member who works for the body, by name and function."""

    def label_from_instance(self, profile):
        return ", ".join(filter(None, [str(profile.user), profile.job_title]))


class GiveRoleForm(forms.Form):
    """Who, among the members who work for the body, does what in its space."""

    profile = _Colleague(
        label=gettext_lazy("Member"),
        queryset=Profile.objects.none(),
        error_messages={
            "invalid_choice": gettext_lazy(
                "Choose a member of the network who works for this organisation."
            )
        },
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[
            (BodyRole.CONTRIBUTOR, gettext_lazy("contributor: drafts and submits")),
            (BodyRole.CURATOR, gettext_lazy("curator: publishes")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["profile"].queryset = (
            Profile.objects.filter(
                organization=organization,
                status=MembershipStatus.APPROVED,
                user__is_active=True,
            )
            .select_related("user")
            .order_by("user__last_name", "user__first_name", "pk")
        )


def _for_facilitators(view):
    def check(request, *args, **kwargs):
        if not can_manage_body_spaces(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return check


def _counts():
    """{organization key: {role: how many people}}, in one query."""
    counts = {}
    for body, role, people in BodyGroup.objects.values_list(
        "organization", "role"
    ).annotate(people=Count("group__user")):
        counts.setdefault(body, {})[role] = people
    return counts


def _head(title, **more):
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "folder-open-inverse",
        **more,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@_for_facilitators
def index(request):
    """The bodies that have a space; another one gets its own."""
    form = OpenSpaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organization = form.cleaned_data["organization"]
        return _open(request, organization)
    counts = _counts()
    sections = LibrarySectionPage.objects.select_related("organization").order_by(
        "organization__name", "pk"
    )
    rows = [
        {
            "section": section,
            "organization": section.organization,
            "contributors": counts.get(section.organization_id, {}).get(
                BodyRole.CONTRIBUTOR, 0
            ),
            "curators": counts.get(section.organization_id, {}).get(
                BodyRole.CURATOR, 0
            ),
            "records": section.numchild,
        }
        for section in sections
    ]
    return render(
        request,
        "library/admin/body_spaces.html",
        _head(_("Spaces of bodies"), form=form, rows=rows),
        status=422 if form.errors else 200,
    )


def _open(request, organization):
    services.open_body_space(organization=organization, by=request.user)
    messages.success(
        request,
        _("The space of “%(body)s” is open. Say who works in it.")
        % {"body": organization.label},
    )
    return redirect("body_spaces:body", organization.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_facilitators
def body(request, pk):
    """One body: its space, who contributes, who publishes."""
    organization = get_object_or_404(Organization, pk=pk)
    section = LibrarySectionPage.objects.filter(organization=organization).first()
    form = GiveRoleForm(request.POST or None, organization=organization)
    if request.method == "POST":
        if section is None:
            return _open(request, organization)
        if form.is_valid():
            return _give(request, organization, form.cleaned_data)
    people = services.body_people(organization)
    crumbs = [
        {"url": reverse("body_spaces:index"), "label": _("Spaces of bodies")},
        {"url": "", "label": organization.label},
    ]
    return render(
        request,
        "library/admin/body_space.html",
        _head(
            organization.label,
            organization=organization,
            section=section,
            form=form,
            breadcrumbs_items=crumbs,
            groups=[
                (role, capfirst(str(role.label)), people[role]) for role in BodyRole
            ],
            has_colleagues=form.fields["profile"].queryset.exists(),
        ),
        status=422 if form.errors else 200,
    )


def _give(request, organization, data):
    user, role = data["profile"].user, BodyRole(data["role"])
    words = {"person": user, "role": _role_name(role), "body": organization.label}
    try:
        is_new = services.give_body_role(
            user=user, organization=organization, role=role, by=request.user
        )
    except services.NotOfTheBody:
        messages.error(
            request,
            _("%(person)s does not work for “%(body)s” any more.") % words,
        )
    else:
        messages.success(
            request,
            _("%(person)s is now %(role)s of “%(body)s” and is told by mail.") % words
            if is_new
            else _("%(person)s was already %(role)s of “%(body)s”.") % words,
        )
    return redirect("body_spaces:body", organization.pk)


def _role_name(role):
    return _("contributor") if role == BodyRole.CONTRIBUTOR else _("curator")


@require_POST
@_for_facilitators
def withdraw(request, pk, role, user_id):
    """Take a role back; twice does no harm."""
    organization = get_object_or_404(Organization, pk=pk)
    user = get_object_or_404(get_user_model(), pk=user_id)
    if role not in BodyRole.values:
        return redirect("body_spaces:body", pk)
    try:
        services.withdraw_body_role(
            user=user, organization=organization, role=role, by=request.user
        )
    except BodyGroup.DoesNotExist:
        return redirect("body_spaces:body", pk)
    messages.success(
        request,
        _("%(person)s is no longer %(role)s of “%(body)s”.")
        % {
            "person": user,
            "role": _role_name(BodyRole(role)),
            "body": organization.label,
        },
    )
    return redirect("body_spaces:body", pk)


class _FacilitatorsMenuItem(MenuItem):
    def is_shown(self, request):
        return can_manage_body_spaces(request.user)


class BodySpaceViewSet(ViewSet):
    icon = "folder-open-inverse"
    menu_label = gettext_lazy("Spaces of bodies")
    menu_item_class = _FacilitatorsMenuItem
    url_prefix = "espaces"

    @cached_property
    def menu_url(self):
        return reverse("body_spaces:index")

    def get_urlpatterns(self):
        return [
            path("", index, name="index"),
            path("<number:pk>/", body, name="body"),
            path(
                "<number:pk>/<slug:role>/<number:user_id>/retirer/",
                withdraw,
                name="withdraw",
            ),
        ]


class BodySpaceMenuItem(ActionMenuItem):
    """Among the actions of an organisation's form: to its space in the library."""

    label = gettext_lazy("Space in the library")
    name = "action-body-space"
    icon_name = "folder-open-inverse"

    def get_url(self, parent_context):
        return reverse("body_spaces:body", args=[parent_context["instance"].pk])
