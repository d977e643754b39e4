"""What members propose, in the back office: yes and where, or no and why."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from network_site.core.pagination import paginate
from network_site.newsletters import services
from network_site.newsletters.enums import ContributionStatus
from network_site.newsletters.forms import AnswerForm
from network_site.newsletters.models import Contribution, NewsletterIssuePage
from network_site.newsletters.permissions import can_decide_contributions
from network_site.pages.visibility import can_view_page


def _composer(request):
    if not can_decide_contributions(request.user):
        raise PermissionDenied


def _open_issues():
    """Issues that nobody has sent or planned: what is accepted can still go in."""
    return NewsletterIssuePage.objects.filter(dispatch=None).order_by("-pk")


def _head(title, *, with_list=False):
    items = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if with_list:
        items.append(
            {
                "url": reverse("newsletters_admin:contributions"),
                "label": _("Proposals for the newsletter"),
            }
        )
    return {
        "header_title": title,
        "header_icon": "mail",
        "breadcrumbs_items": [*items, {"url": "", "label": title}],
    }


@require_safe
def contributions(request):
    """Proposals to answer, the oldest first; accepted ones without an issue; the last answers."""
    _composer(request)
    proposals = Contribution.objects.select_related(
        "author", "organization", "issue", "decided_by"
    )
    answered = proposals.exclude(status=ContributionStatus.WAITING).order_by(
        "-decided_at", "-pk"
    )
    return render(
        request,
        "newsletters/admin_contributions.html",
        {
            "waiting": proposals.filter(status=ContributionStatus.WAITING).order_by(
                "created_at", "pk"
            )[:100],
            "answered": paginate(answered, request, 50),
            **_head(_("Proposals for the newsletter")),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """Answer one proposal, or put an accepted one into an issue."""
    _composer(request)
    contribution = get_object_or_404(
        Contribution.objects.select_related(
            "author", "organization", "issue", "decided_by", "page"
        ),
        pk=pk,
    )
    form = AnswerForm(request.POST or None, issues=_open_issues())
    if (
        request.method == "POST"
        and form.is_valid()
        and _act(request, contribution, form)
    ):
        return redirect("newsletters_admin:contributions")
    is_accepted = contribution.status == ContributionStatus.ACCEPTED
    return render(
        request,
        "newsletters/admin_answer.html",
        {
            "one": contribution,
            "page": contribution.page
            if contribution.page and can_view_page(request.user, contribution.page)
            else None,
            "form": form,
            "is_waiting": contribution.status == ContributionStatus.WAITING,
            "is_to_place": is_accepted and contribution.issue_id is None,
            **_head(contribution.title, with_list=True),
        },
        status=422 if request.method == "POST" else 200,
    )


def _act(request, contribution, form):
    """Do what was decided; False when the form must be shown again."""
    data = form.cleaned_data
    try:
        if data["decision"] == "refuse":
            services.refuse_contribution(
                contribution=contribution, by=request.user, reason=data["reason"]
            )
            words = _("Not kept: %(name)s will read your reason.")
        elif data["decision"] == "accept":
            services.accept_contribution(
                contribution=contribution, by=request.user, issue=data["issue"]
            )
            words = _("Accepted: %(name)s is told by e-mail.")
        else:
            services.place_contribution(
                contribution=contribution, by=request.user, issue=data["issue"]
            )
            words = _("The proposal of %(name)s stands at the end of the issue.")
    except services.AlreadyDecided:
        messages.info(request, _("Somebody has already answered this proposal."))
        return True
    except services.IssueLocked:
        form.add_error(
            "issue",
            _("This issue is locked, or its sending is planned. Choose another one."),
        )
        return False
    messages.success(request, words % {"name": contribution.author})
    return True
