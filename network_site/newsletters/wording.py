"""The figures of a sending in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_site.core.templatetags.word_tags import number


def _filled(words, count):
    return words % {"n": number(count)}


def count_words(count):
    """A Count (audience.py) as one or two sentences: who gets it, who does not though they wish."""
    if not count.total:
        words = _("Nobody would receive it.")
    else:
        total = _filled(
            ngettext("%(n)s person", "%(n)s people", count.total), count.total
        )
        kinds = []
        if count.members:
            kinds.append(
                _filled(
                    ngettext("%(n)s member", "%(n)s members", count.members),
                    count.members,
                )
            )
        if count.subscribers:
            kinds.append(
                _filled(
                    ngettext(
                        "%(n)s person subscribed without an account",
                        "%(n)s people subscribed without an account",
                        count.subscribers,
                    ),
                    count.subscribers,
                )
            )
        words = _("%(total)s: %(kinds)s.") % {
            "total": total,
            "kinds": ", ".join(kinds),
        }
    left_out = []
    if count.suspended:
        left_out.append(
            _filled(
                ngettext(
                    "%(n)s suspended address will receive nothing.",
                    "%(n)s suspended addresses will receive nothing.",
                    count.suspended,
                ),
                count.suspended,
            )
        )
    if count.paused:
        left_out.append(
            _filled(
                ngettext(
                    "%(n)s member on pause will receive nothing.",
                    "%(n)s members on pause will receive nothing.",
                    count.paused,
                ),
                count.paused,
            )
        )
    return " ".join([words, *left_out])


def progress_words(counts):
    """The counts of an issue's mails (services.dispatching.counts_of) as [(number, words)]."""
    return [
        (counts["sent_count"], _("mails sent")),
        (counts["waiting_count"], _("waiting to leave")),
        (counts["failed_count"], _("refused by the server, or impossible to write")),
        (
            counts["uncertain_count"],
            _("uncertain: interrupted while being sent, not repeated"),
        ),
        (
            counts["dropped_count"],
            _("not sent: stopped, or the person no longer wishes it or is on pause"),
        ),
    ]
