"""What the pages of a sending show."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.mailing.enums import MailStatus
from network_site.newsletters import audience as reach
from network_site.newsletters.contents import beginning
from network_site.newsletters.enums import Audience, DispatchStatus
from network_site.newsletters.profiles import profiles_of
from network_site.newsletters.services.dispatching import counts_of, mails_of
from network_site.newsletters.wording import count_words, progress_words
from network_site.pages.visibility import EVERYBODY, NOBODY

FAILING_SHOWN = 50


def head(issue, title):
    """The frame of a page about `issue`: title, way back, icon."""
    return {
        "header_title": title,
        "header_icon": "mail",
        "breadcrumbs_items": [
            {
                "url": reverse("wagtailadmin_pages:edit", args=[issue.pk]),
                "label": issue.get_admin_display_title(),
            },
            {"url": "", "label": title},
        ],
    }


def send_context(issue, draft):
    """Before the sending: what is wrong, who gets it, three readers."""
    profiles, writer = profiles_of(draft)
    now = timezone.now()
    return {
        "issue": issue,
        "draft": draft,
        "warnings": _warnings(draft, writer),
        "audiences": [
            (audience.label, count_words(reach.count(issue, audience, now)))
            for audience in Audience
        ],
        "profiles": profiles,
        **head(issue, _("Send the newsletter")),
    }


def _warnings(draft, writer):
    """What the composer should know before others find out."""
    found = []
    shown = sum(1 for piece in writer.contents.pieces if piece.kind == "page")
    named = sum(1 for block in draft.body if block.block_type == "content")
    if named > shown:
        found.append(
            _(
                "%(n)s of the pages you chose are not published (any more): nobody will"
                " see them."
            )
            % {"n": named - shown}
        )
    found += [
        _(
            "The site cannot tell who may open the address of “%(title)s”: readers will"
            " not see this piece. Copy the address of a thread or of a page."
        )
        % {"title": piece.title}
        for piece in writer.contents.pieces
        if piece.kind == "link" and piece.tokens == NOBODY
    ]
    for piece in writer.contents.pieces:
        if piece.kind != "words" or piece.tokens == EVERYBODY:
            continue
        if piece.tokens == NOBODY:
            words = _(
                "The text “%(words)s” holds an address of this site that nobody can open, or"
                " addresses that no reader can open together: nobody will read this text."
            )
        else:
            words = _(
                "The text “%(words)s” holds an address that not everybody may open: those"
                " who may not will not read this text."
            )
        found.append(words % {"words": beginning(piece)})
    if not writer.contents.pieces:
        found.append(_("The issue is empty."))
    return found


def dispatch_context(issue, draft, revision_id, dispatch):
    """While and after: where it stands, how many mails, which ones failed."""
    counts = counts_of(issue.pk)
    if dispatch.finished_at and not any(counts.values()):
        # The journal has been emptied since; the figures were kept.
        counts = {name: getattr(dispatch, name, 0) for name in counts}
    status = DispatchStatus(dispatch.status)
    return {
        "issue": issue,
        "draft": draft,
        "dispatch": dispatch,
        "is_scheduled": status == DispatchStatus.SCHEDULED,
        "is_sending": status == DispatchStatus.SENDING,
        "is_stopped": status == DispatchStatus.STOPPED,
        "is_changed": revision_id != dispatch.revision_id,
        "revision_id": revision_id,
        "count_words": count_words(
            reach.count(issue, dispatch.audience, dispatch.starts_at)
        )
        if status == DispatchStatus.SCHEDULED
        else "",
        "progress": progress_words(counts) if any(counts.values()) else [],
        "failing": mails_of(issue.pk)
        .filter(status__in=[MailStatus.FAILED, MailStatus.UNCERTAIN])
        .order_by("pk")[:FAILING_SHOWN],
        **head(issue, _("Sending of the newsletter")),
    }
