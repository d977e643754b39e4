"""What waits for the people who run the network, in one list."""

from django.urls import reverse
from django.utils.translation import gettext as _

from events.services import days_to_prepare
from forums.pending import reports_awaiting, unanswered_questions
from good_practices.queues import all_awaiting
from network_site.core.templatetags.date_tags import (
    ago,
    date_long,
)
from network_site.members import roles
from network_site.members.models import EmployerCheck, Profile
from network_site.newsletters.enums import ContributionStatus
from network_site.newsletters.models import Contribution
from network_site.pages.reader_cache import shared_piece

SHOWN = 8


def sections(request):
    """The sections of the list for the reader, each with its lines; None for who has no such role.

    A line is {title, url, note}; `count` is the whole number, `all_url` leads to the rest.
    Those who run the network by their group all have the same to do but for the practices,
    which nobody examines when they are their own: the rest is gathered once for them.
    """
    user = request.user
    if roles.is_facilitator(user):
        admissions, *others = shared_piece(
            request,
            "pending",
            lambda: [
                _admissions(),
                _employers(),
                _reports(user),
                _questions(user),
                _days(user),
                _proposals(),
            ],
        )
        return [admissions, _practices(request), *others]
    found = []
    if roles.is_reviewer(user):
        found.append(_practices(request))
    if user.facilitated_forums.exists():
        found += [_reports(user), _questions(user)]
    return found or None


def _section(key, title, mark, empty, lines, count, all_url=""):
    return {
        "key": key,
        "title": title,
        "mark": mark,
        "empty": empty,
        "lines": lines,
        "count": count,
        "all_url": all_url,
    }


def _admissions():
    requests = (
        Profile.objects.pending()
        .select_related("user", "organization")
        .order_by("requested_at", "pk")
    )
    url = reverse("admissions")
    return _section(
        "admissions",
        _("Requests to join"),
        "personne",
        _("Nobody is waiting to be admitted."),
        [
            {
                "title": profile.user.get_full_name() or profile.user.email,
                "url": f"{url}#request-{profile.pk}",
                "note": ", ".join(
                    part
                    for part in (
                        profile.job_title,
                        profile.organization_label,
                        ago(profile.requested_at),
                    )
                    if part
                ),
            }
            for profile in requests[:SHOWN]
        ],
        requests.count(),
        url,
    )


def _employers():
    checks = (
        EmployerCheck.objects.filter(handled_at=None)
        .select_related("profile__user", "organization")
        .order_by("created_at", "pk")
    )
    url = reverse("employer_checks")
    return _section(
        "employers",
        _("Where members work"),
        "organisation",
        _("Nothing is asked about an employer."),
        [
            {
                "title": check.profile.user.get_full_name() or check.profile.user.email,
                "url": f"{url}#check-{check.pk}",
                "note": ", ".join(
                    [
                        check.get_reason_display(),
                        check.organization.label,
                        ago(check.created_at),
                    ]
                ),
            }
            for check in checks[:SHOWN]
        ],
        checks.count(),
        url,
    )


def _practices(request):
    waiting = shared_piece(request, "pending-practices", _practice_lines)
    lines = [line for owner_id, line in waiting if owner_id != request.user.pk]
    return _section(
        "practices",
        _("Practices to examine"),
        "pratique",
        _("No practice is waiting to be examined."),
        lines[:SHOWN],
        len(lines),
    )


def _practice_lines():
    return [
        (
            practice.owner_id,
            {
                "lang": practice.lang,
                "title": practice.title,
                "url": reverse("good_practices:review", args=[practice.pk]),
                "note": practice.summary,
            },
        )
        for practice in all_awaiting()
    ]


def _reports(user):
    reports = reports_awaiting(user)
    return _section(
        "reports",
        _("Reported posts"),
        "discussion",
        _("No post has been reported."),
        [
            {
                "lang": report.post.thread.lang,
                "title": report.post.thread.title,
                "url": report.post.get_absolute_url(),
                "note": ", ".join(
                    [report.get_reason_display(), ago(report.created_at)]
                ),
            }
            for report in reports[:SHOWN]
        ],
        reports.count(),
        reverse("forums:reports"),
    )


def _questions(user):
    threads = unanswered_questions(user)
    return _section(
        "questions",
        _("Questions without an answer"),
        "discussion",
        _("Every question has an answer."),
        [
            {
                "lang": thread.lang,
                "title": thread.title,
                "url": thread.get_absolute_url(),
                "note": ", ".join([thread.forum.name, ago(thread.created_at)]),
            }
            for thread in threads[:SHOWN]
        ],
        len(threads),
    )


def _days(user):
    days = list(days_to_prepare(user))
    return _section(
        "days",
        _("Days to prepare"),
        "journee",
        _("No day to prepare in the next three weeks."),
        [
            {
                "lang": day.lang,
                "title": day.title,
                "url": reverse("events:participants", args=[day.slug]),
                "note": ", ".join(
                    part for part in (date_long(day.starts_at), day.venue) if part
                ),
            }
            for day in days[:SHOWN]
        ],
        len(days),
    )


def _proposals():
    waiting = (
        Contribution.objects.filter(status=ContributionStatus.WAITING)
        .select_related("author", "organization")
        .order_by("created_at", "pk")
    )
    return _section(
        "proposals",
        _("Proposals for the newsletter"),
        "page",
        _("No proposal is waiting for the newsletter."),
        [
            {
                "title": one.title,
                "url": reverse("newsletters_admin:answer", args=[one.pk]),
                "note": ", ".join([one.signature, ago(one.created_at)]),
            }
            for one in waiting[:SHOWN]
        ],
        waiting.count(),
        reverse("newsletters_admin:contributions"),
    )
