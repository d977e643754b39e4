"""The newsletter on the site: archive, subscription, way out, proposals."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.csp import CSP, build_policy
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from network_site.core.limits import allow, place_of
from network_site.core.middleware import ADMIN_POLICY
from network_site.core.own_forms import without_token
from network_site.core.pagination import paginate
from network_site.core.seals import DeadSeal, Fault
from network_site.core.signed_pages import signed_page
from network_site.members import visitor_mails
from network_site.members.models import Profile
from network_site.newsletters import limits, services
from network_site.newsletters.contents import contents_of
from network_site.newsletters.forms import CONSENT, ContributionForm, SubscribeForm
from network_site.newsletters.links import (
    CONFIRM,
    LEAVE,
    archive_path,
    asked_of,
    reader_of,
)
from network_site.newsletters.models import (
    Contribution,
    NewsletterIndexPage,
    NewsletterIssuePage,
)
from network_site.newsletters.permissions import can_propose
from network_site.newsletters.profiles import profiles_of
from network_site.newsletters.services.subscriptions import wants_letter
from network_site.pages.reader_cache import shared_by_readers
from network_site.pages.serving import previews, serves
from network_site.pages.visibility import tokens_for

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@serves(NewsletterIndexPage)
@shared_by_readers
def archive(request, page):
    """Every issue the reader may open, the last first; how to receive the next ones."""
    issues = (
        NewsletterIssuePage.objects.visible_to(request.user)
        .child_of(page)
        .defer("body", "intro")
        .order_by("-first_published_at", "-pk")
    )
    return render(
        request,
        "newsletters/archive.html",
        {
            "page": page,
            "issues": paginate(issues, request, 20),
            "form": SubscribeForm(),
            "is_member": can_propose(request.user),
        },
    )


@serves(NewsletterIssuePage)
@shared_by_readers
def issue(request, page):
    """One issue, with what its reader may open."""
    return _issue(request, page)


def _issue(request, page):
    index = page.get_parent() if page.pk else None
    return render(
        request,
        "newsletters/newsletter_issue_page.html",
        {
            "page": page,
            "sections": contents_of(page).for_tokens(tokens_for(request.user)),
            "crumbs": [{"title": index.title, "url": index.url}] if index else [],
            "archive_url": archive_path(),
        },
    )


@previews(NewsletterIssuePage)
def preview(request, page, mode):
    """What the editor looks at: the page, or the mail of one of three readers."""
    if mode not in {"subscriber", "member", "other", "text"}:
        return _issue(request, page)
    profiles, writer = profiles_of(page)
    wanted = "member" if mode == "text" else mode
    profile = next(one for one in profiles if one.key == wanted)
    return sample_response(writer, profile, as_text=mode == "text")


def sample_response(writer, profile, *, as_text=False):
    """The mail that `profile` would get, as a page of its own."""
    message = writer.sample_for(profile.recipient)
    if as_text:
        response = HttpResponse(
            f"{message.subject}\n\n{message.body}", content_type="text/plain"
        )
    else:
        response = HttpResponse(message.alternatives[0].content)
    # Mail programs know no style sheets: the styles stand in the mail.
    response.headers[str(CSP.HEADER_ENFORCE)] = build_policy(ADMIN_POLICY)
    return response


@without_token
@never_cache
@form_methods
def subscribe(request):
    """Ask for the newsletter without an account; the answer never says who is known.

    It uses nobody's session: what a foreign page could post here, its visitor could too.
    """
    form = SubscribeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if not allow(
            "newsletters:subscribe",
            place_of(request),
            limit=limits.REQUESTS_PER_VISITOR,
            window=limits.WINDOW,
        ):
            form.add_error(
                None,
                _(
                    "Several addresses have just been sent from here. Wait ten minutes,"
                    " then send this one again."
                ),
            )
            status = 429
        else:
            _ask(form)
            messages.success(
                request,
                _(
                    "Look at the mail box of %(email)s: a mail there asks you to confirm,"
                    " by a link that is valid for seven days. We send one only: if you have"
                    " asked before this week, it is the one you have already."
                )
                % {"email": form.cleaned_data["email"]},
            )
            return HttpResponseRedirect(archive_path())
    elif request.method == "POST":
        status = 422
    return render(request, "newsletters/subscribe.html", {"form": form}, status=status)


def _ask(form):
    email = form.cleaned_data["email"]
    if form.is_trapped:
        return
    # Nobody's mail box is filled by others: the answer is the same.
    if visitor_mails.count(email) and visitor_mails.may_notify(email, "newsletter"):
        services.ask_subscription(
            email=email,
            language="en" if get_language() == "en" else "fr",
            consent=str(CONSENT),
        )


@signed_page(CONFIRM, asked_of, dead="newsletters/confirm_dead.html")
def confirm(request, asked):
    """The link of the confirmation mail: opening it shows, the button confirms."""
    if request.method == "POST":
        asked = services.confirm_subscription(pk=asked.pk, email=asked.email)
        if asked is None:
            raise DeadSeal(Fault.SPENT)
    return render(
        request,
        "newsletters/confirm.html",
        {"subscription": asked, "archive_url": archive_path()},
    )


@signed_page(
    LEAVE, reader_of, dead="newsletters/leave_dead.html", takes_bare_posts=True
)
def leave(request, reader):
    """Stop receiving the newsletter: GET shows, POST acts, without cookie or login (RFC 8058)."""
    state = "asked" if wants_letter(reader) else "left"
    if request.method == "POST":
        if request.POST.get("action") == "again":
            state = "again" if services.join_again(reader=reader) else "left"
        else:
            services.leave(reader=reader)
            state = "left"
    return render(
        request,
        "newsletters/leave.html",
        {
            "state": state,
            "is_member": reader.is_member,
            "archive_url": archive_path(),
        },
    )


@login_required
@form_methods
def propose(request):
    """A member proposes something for the next issue, and sees what came of it."""
    user = request.user
    if not can_propose(user):
        raise PermissionDenied(
            _("Proposals for the newsletter are made by members of the network.")
        )
    profile = Profile.objects.select_related("organization").filter(user=user).first()
    form = ContributionForm(
        request.POST or None,
        organization=profile.organization if profile else None,
        name=str(user),
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        contribution = _propose(form, user)
        if contribution is not None:
            messages.success(
                request,
                _(
                    "Thank you. The people who compose the newsletter will read it and"
                    " write to you what they decide."
                ),
            )
            return HttpResponseRedirect(request.path)
        status = 429
    elif request.method == "POST":
        status = 422
    return render(
        request,
        "newsletters/propose.html",
        {
            "form": form,
            "own": Contribution.objects.filter(author=user)
            .select_related("issue", "organization")
            .order_by("-created_at", "-pk")[:20],
            "archive_url": archive_path(),
        },
        status=status,
    )


def _propose(form, user):
    data = form.cleaned_data
    known = Contribution.objects.filter(form_token=data["form_token"]).exists()
    if not known and not allow(
        "newsletters:propose",
        user.pk,
        limit=limits.PROPOSALS_PER_MEMBER,
        window=limits.WINDOW,
    ):
        form.add_error(
            None,
            _(
                "You have just sent several proposals. Wait ten minutes, then send this"
                " one again."
            ),
        )
        return None
    contribution, _is_new = services.propose_contribution(
        author=user,
        title=data["title"],
        text=data["text"],
        url=data["url"],
        organization=form.chosen_organization,
        form_token=data["form_token"],
    )
    return contribution
