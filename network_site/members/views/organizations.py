"""Keeping the sheets of organisations: their texts, their delegates, who works there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from network_site.core.pagination import paginate
from network_site.members.delegation import can_edit_sheet, can_keep_organizations
from network_site.members.forms import (
    DecisionForm,
    OrganizationSheetForm,
    OtherOrganizationForm,
    PersonChoiceForm,
)
from network_site.members.models import (
    EmployerCheck,
    Organization,
    OrganizationAlias,
    OrganizationDelegate,
    Profile,
)
from network_site.members.permissions import field_filter, fields_at, with_levels
from network_site.members.services import organizations, positions

PER_PAGE = 30


def _kept_sheet(request, slug):
    """The organisation, for those who keep its sheet."""
    organization = get_object_or_404(Organization.objects.listed(), slug=slug)
    if not can_edit_sheet(request.user, organization):
        raise PermissionDenied(
            _("This sheet is kept by the delegates of the organisation.")
        )
    return organization


def _check_keeper(user):
    if not can_keep_organizations(user):
        raise PermissionDenied(_("This is for the facilitators of the network."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organization_edit(request, slug):
    """The texts and the logo of a sheet, written by a delegate."""
    organization = _kept_sheet(request, slug)
    conflicts = []
    if request.method == "POST":
        form = OrganizationSheetForm(
            request.POST, request.FILES, instance=_copy(organization)
        )
        if form.is_valid():
            try:
                organizations.update_sheet(
                    organization=organization,
                    version=form.cleaned_data["version"],
                    by=request.user,
                    **form.sheet,
                )
            except organizations.SheetChanged as changed:
                conflicts = _conflicts(form, changed.organization)
                # What was typed stays; sent again, it is written over what is shown above.
                form.data = form.data.copy()
                form.data["version"] = organizations.version_of(changed.organization)
            else:
                messages.success(request, _("The sheet is up to date."))
                return redirect(organization)
    else:
        form = OrganizationSheetForm(
            instance=organization,
            initial={"version": organizations.version_of(organization)},
        )
    return render(
        request,
        "members/organization_edit.html",
        {"organization": organization, "form": form, "conflicts": conflicts},
        status=409 if conflicts else 200,
    )


def _copy(organization):
    """The form writes what it reads on its instance: the service must find the sheet as it was."""
    return Organization.objects.get(pk=organization.pk)


def _conflicts(form, organization):
    """What somebody else wrote meanwhile, where it differs from what was typed."""
    return [
        {"label": form.fields[name].label, "value": getattr(organization, name)}
        for name in organizations.SHEET_FIELDS
        if getattr(organization, name) != form.cleaned_data[name]
    ]


@login_required
@require_safe
def organization_keep(request, slug):
    """Members, domains and delegates of an organisation, for those who keep its sheet."""
    return _keep_page(request, _kept_sheet(request, slug))


def _keep_page(request, organization, form=None):
    user = request.user
    people = with_levels(
        Profile.objects.approved()
        .filter(field_filter(user, "organization"), organization=organization)
        .select_related("user"),
        user,
    ).order_by("name_key", "pk")
    page = paginate(people, request, PER_PAGE)
    for profile in page.object_list:
        shown = fields_at(profile, profile.reader_level)
        profile.shown_function = profile.job_title if "job_title" in shown else ""
    reported = set(
        EmployerCheck.objects.filter(
            organization=organization,
            handled_at=None,
            profile__in=[profile.pk for profile in page.object_list],
        ).values_list("profile", flat=True)
    )
    for profile in page.object_list:
        profile.is_reported = profile.pk in reported
    delegates = list(
        OrganizationDelegate.objects.filter(organization=organization)
        .select_related("user")
        .order_by("created_at", "pk")
    )
    named = set(
        Profile.objects.approved()
        .filter(field_filter(user), user__in=[one.user_id for one in delegates])
        .values_list("user", flat=True)
    )
    for one in delegates:
        one.is_named = one.user_id in named
    keeps = can_keep_organizations(user)
    return render(
        request,
        "members/organization_keep.html",
        {
            "organization": organization,
            "page": page,
            "delegates": delegates,
            "domains": organization.email_domains.order_by("domain"),
            "keeps": keeps,
            "form": form or (PersonChoiceForm(reader=user) if keeps else None),
        },
        status=400 if form is not None else 200,
    )


@login_required
@require_POST
def organization_delegate_name(request, slug):
    """Name a delegate."""
    organization = _kept_sheet(request, slug)
    _check_keeper(request.user)
    form = PersonChoiceForm(request.POST, reader=request.user)
    if not form.is_valid():
        return _keep_page(request, organization, form)
    user = form.cleaned_data["profile"].user
    if organizations.name_delegate(
        organization=organization, user=user, by=request.user
    ):
        messages.success(
            request,
            _("%(name)s is now a delegate and has been told by e-mail.")
            % {"name": user},
        )
    else:
        messages.info(request, _("%(name)s is a delegate already.") % {"name": user})
    return redirect("organization_keep", slug=slug)


@login_required
@require_POST
def organization_delegate_withdraw(request, slug, pk):
    """End a delegation."""
    organization = _kept_sheet(request, slug)
    _check_keeper(request.user)
    delegate = (
        OrganizationDelegate.objects.filter(organization=organization, pk=pk)
        .select_related("user")
        .first()
    )
    # Gone already when the button is pressed twice.
    if delegate is not None:
        organizations.withdraw_delegate(
            organization=organization, user=delegate.user, by=request.user
        )
    messages.success(request, _("The delegation has ended."))
    return redirect("organization_keep", slug=slug)


@login_required
@require_POST
def organization_departed(request, slug, pk):
    """Somebody no longer works there: a delegate says it, a facilitator decides it."""
    organization = _kept_sheet(request, slug)
    profile = get_object_or_404(
        Profile.objects.approved()
        .filter(field_filter(request.user, "organization"))
        .select_related("user"),
        pk=pk,
    )
    if profile.organization_id != organization.pk:
        messages.info(request, _("This person no longer says that they work there."))
    elif can_keep_organizations(request.user):
        positions.end_employment(profile=profile, by=request.user)
        messages.success(
            request,
            _("%(name)s is no longer shown here and has been told by e-mail.")
            % {"name": profile.user},
        )
    else:
        positions.report_departure(
            profile=profile, organization=organization, by=request.user
        )
        messages.success(
            request,
            _("The facilitators have been told; they will look at it with the person."),
        )
    return redirect("organization_keep", slug=slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organization_merge(request, slug):
    """Join two organisations: choose the other, read what stays, confirm."""
    _check_keeper(request.user)
    organization = Organization.objects.filter(slug=slug).first()
    if organization is None:
        # The address of one that has joined another: pressed twice, or an old link.
        alias = get_object_or_404(
            OrganizationAlias.objects.select_related("organization"), slug=slug
        )
        messages.info(request, _("These two organisations are one already."))
        return redirect(alias.organization)
    if request.method == "POST" and "absorbed" in request.POST:
        return _merge(request, organization)
    form = OtherOrganizationForm(
        request.GET if "name" in request.GET else None, organization=organization
    )
    other = form.cleaned_data["name"] if form.is_bound and form.is_valid() else None
    return render(
        request,
        "members/organization_merge.html",
        {
            "organization": organization,
            "form": form,
            "other": other,
            "rows": _comparison(organization, other) if other else [],
        },
    )


def _merge(request, organization):
    absorbed = Organization.objects.filter(slug=request.POST["absorbed"]).first()
    try:
        if absorbed is None:
            raise organizations.AlreadyMerged
        organizations.merge(kept=organization, absorbed=absorbed, by=request.user)
    except organizations.AlreadyMerged:
        messages.info(request, _("These two organisations are one already."))
    except ValueError:
        messages.error(request, _("This is the same organisation."))
    else:
        messages.success(
            request,
            _(
                "“%(absorbed)s” has joined “%(kept)s”: its members, its texts and its address"
                " lead here."
            )
            % {"absorbed": absorbed.label, "kept": organization.label},
        )
    return redirect(organization)


def _comparison(kept, other):
    """Field by field: what each says, and what will stand."""
    rows = []
    for name in ("name", "kind", *organizations.FILLED_FIELDS):
        field = Organization._meta.get_field(name)
        own, theirs = (_shown(one, name) for one in (kept, other))
        if own or theirs:
            rows.append(
                {
                    "label": field.verbose_name,
                    "own": own,
                    "other": theirs,
                    "is_filled": not own and bool(theirs),
                }
            )
    return rows


def _shown(organization, name):
    if name == "kind":
        return organization.get_kind_display()
    value = getattr(organization, name)
    return str(value) if value else ""


@login_required
@require_safe
def employer_checks(request):
    """Questions about where members work, the oldest first."""
    _check_keeper(request.user)
    page = paginate(
        EmployerCheck.objects.filter(handled_at=None)
        .select_related("profile__user", "profile__organization", "organization")
        .order_by("created_at", "pk"),
        request,
        PER_PAGE,
    )
    return render(request, "members/employer_checks.html", {"page": page})


@login_required
@require_POST
def employer_check_answer(request, pk):
    """Settle a question about an employer."""
    _check_keeper(request.user)
    check = get_object_or_404(EmployerCheck, pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the two answers."))
    elif positions.answer_check(
        check=check, by=request.user, ends=form.cleaned_data["decision"] == "end"
    ):
        messages.success(request, _("Your answer is kept."))
    else:
        messages.info(request, _("Somebody has already answered this question."))
    return redirect(reverse("employer_checks"))
