"""The mails of items: one item's own, and the summary.

Both are built as they leave, many people at a time: what a batch shares is read once, each
person's rights and wishes are checked again for their own mail.
"""

import logging
from collections import defaultdict

from django.db import transaction
from django.template import Context
from django.template.loader import get_template, select_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from network_site.core.addresses import absolute
from network_site.mailing.links import (
    DIGEST,
    mail_settings_link,
)
from network_site.mailing.mail import (
    compose,
    list_headers,
)
from network_site.mailing.queue import (
    Letter,
    builds,
)
from network_site.notifications.digest import (
    Told,
    arrange,
    choose,
    gather,
    rhythms_of,
    waiting_deliveries,
)
from network_site.notifications.enums import Channel
from network_site.notifications.items import happenings
from network_site.notifications.mail_batch import Batch, told_in
from network_site.notifications.models import Delivery, Item
from network_site.notifications.rhythm import (
    ensure_schedules,
    is_paused,
    summary_rhythm,
)
from network_site.registries.enums import (
    Category,
    Level,
)

logger = logging.getLogger(__name__)

# After so long a silence only the newest are read again for a summary; the older ones stay on
# the site.
MOST_WAITING = 500


@builds("digest")
def open_digests(mails):
    return _Digests(mails).build


@builds("item")
def open_items(mails):
    return _Items(mails).build


class _Items(Batch):
    """Mails of one item for one person each."""

    def __init__(self, mails):
        super().__init__(mails)
        items = {mail.reference for mail in mails}
        self.deliveries = {
            (one.user_id, one.item_id): one
            for one in Delivery.objects.filter(
                user_id__in=self.people, item_id__in=items
            )
        }
        self.items = Item.objects.in_bulk(items)
        self.happenings = happenings(self.items.values())
        self.name_all(
            (self.people[user_id], delivery.via)
            for (user_id, _item_id), delivery in self.deliveries.items()
        )

    def build(self, mail):
        person = self.people.get(mail.user_id)
        delivery = self.deliveries.get((mail.user_id, mail.reference))
        if (
            person is None
            or delivery is None
            or delivery.channel != Channel.AT_ONCE
            or delivery.mailed_at
            or delivery.read_at
        ):
            return None
        delivery.item = self.items[mail.reference]
        if mail.reference not in self.happenings:
            return self._put(delivery, Channel.SITE)
        happening = self.happenings[mail.reference]
        if happening is None:
            self._wait(person, delivery)
            raise RuntimeError(f"{delivery.item} cannot be read")
        if not person.may_read(happening.tokens):
            return self._put(delivery, Channel.SITE)
        channel, level, via = self.decision(person, delivery, happening)
        if channel == Channel.DIGEST:
            return self._wait(person, delivery)
        if channel != Channel.AT_ONCE:
            return self._put(delivery, Channel.SITE)
        try:
            message = self._compose(person, delivery, happening, level, via)
        except Exception:
            # Its line may still be told in a summary.
            self._wait(person, delivery)
            raise
        return Letter(message, **told_in(mail, [delivery.pk]))

    @staticmethod
    def _put(delivery, channel):
        Delivery.objects.filter(pk=delivery.pk, mailed_at=None).update(channel=channel)

    def _wait(self, person, delivery):
        """Let the delivery join the next summary, and see that there is one."""
        rhythm = summary_rhythm(person.settings, delivery.item.category)
        with transaction.atomic():
            self._put(delivery, Channel.DIGEST)
            if rhythm:
                ensure_schedules(
                    {person.user.pk: (person.settings, {rhythm})}, self.now
                )

    def _compose(self, person, delivery, happening, level, via):
        user, kind = person.user, happening.kind
        with override(user.language):
            settings_url = mail_settings_link(user.pk, via or f"name:{kind.name}")
            why = self.why(person, delivery, via)
            line = happening.mail_line()
            context = {
                "line": line,
                "space": Category(delivery.item.category).label,
                "preheader": line.context,
                "action_url": absolute(line.path),
                "action_label": _("Read it on the site"),
                **kind.mail_context(happening.obj),
                "reason": _("You receive this mail because %(why)s.")
                % {"why": why[:1].lower() + why[1:]}
                if why
                else _("You receive this mail because of what you follow."),
                "settings_url": settings_url,
                "levels": self._levels(level, settings_url) if via else [],
            }
            return compose(
                template=_template_of(kind),
                address=user.email,
                recipient=user,
                context=context,
                headers={
                    **list_headers(
                        kind.category.value, kind.category.label, settings_url
                    ),
                    **kind.mail_headers(happening.obj),
                },
            )

    @staticmethod
    def _levels(level, url):
        return [
            {"label": one.label, "url": url, "current": one == level} for one in Level
        ]


def _template_of(kind):
    """The space's own words for its mail, where it has some."""
    own = f"emails/{kind.template}_body.html"
    found = select_template([own, "emails/notifications/item_body.html"])
    return kind.template if found.template.name == own else "notifications/item"


class _Digests(Batch):
    """Summaries: what waits for each person, read together."""

    def __init__(self, mails):
        super().__init__(mails)
        self.waiting = defaultdict(list)
        for delivery in waiting_deliveries(list(self.people)):
            self.waiting[delivery.user_id].append(delivery)
        items = {
            delivery.item_id: delivery.item
            for deliveries in self.waiting.values()
            for delivery in deliveries[:MOST_WAITING]
        }
        self.happenings = happenings(items.values())
        self.name_all(
            (self.people[user_id], delivery.via)
            for user_id, deliveries in self.waiting.items()
            for delivery in deliveries[:MOST_WAITING]
        )
        self._lines = {}
        self._pieces = {}
        self._html = get_template("emails/notifications/line.html").template
        self._text = get_template("emails/notifications/line.txt").template

    def build(self, mail):
        person = self.people.get(mail.user_id)
        if person is None or is_paused(person.settings, self.now):
            return None
        rhythms = rhythms_of(mail)
        due = [
            one
            for one in self.waiting[mail.user_id]
            if summary_rhythm(person.settings, one.item.category) in rhythms
        ]
        with override(person.user.language):
            told, vias, dropped = self._sort(person, due)
            if dropped:
                # On the site at most, where the same question is asked again.
                Delivery.objects.filter(pk__in=dropped, mailed_at=None).update(
                    channel=Channel.SITE
                )
            if not told:
                return None
            message = self._compose(person, told, vias)
        return Letter(message, **told_in(mail, [one.delivery.pk for one in told]))

    def _sort(self, person, due):
        """(what is told, {delivery's pk: via}, pks of what is not, or no longer, to be told)."""
        told, vias = [], {}
        dropped = [delivery.pk for delivery in due[MOST_WAITING:]]
        for delivery in due[:MOST_WAITING]:
            if delivery.item_id not in self.happenings:
                dropped.append(delivery.pk)
                continue
            happening = self.happenings[delivery.item_id]
            if happening is None:
                # Its kind cannot be read today: another time.
                continue
            if not person.may_read(happening.tokens):
                dropped.append(delivery.pk)
                continue
            channel, _level, via = self.decision(person, delivery, happening)
            if channel in (None, Channel.SITE):
                dropped.append(delivery.pk)
                continue
            line = self._line(happening, person.user.language)
            if line is not None:
                told.append(Told(delivery, line))
                vias[delivery.pk] = via
        return told, vias, dropped

    def _line(self, happening, language):
        key = (happening.item.pk, language)
        if key not in self._lines:
            try:
                self._lines[key] = happening.mail_line()
            except Exception:
                logger.exception("Item %s has no line", happening.item)
                self._lines[key] = None
        return self._lines[key]

    def _piece(self, told, language):
        """(HTML, text) of one line, written once for all who read it in this language."""
        key = (told.delivery.item_id, language)
        if key not in self._pieces:
            values = {
                "line": told.line,
                "url": absolute(told.line.path),
                "LANGUAGE_CODE": language,
            }
            self._pieces[key] = (
                self._html.render(Context(values)),
                self._text.render(Context(values, autoescape=False)),
            )
        return self._pieces[key]

    def _compose(self, person, told, vias):
        user = person.user
        lines = gather(told)
        chosen = choose(lines)
        sections = [
            {
                "title": section.title,
                "mark": section.mark,
                "groups": [
                    {
                        "theme": group.theme,
                        "entries": self._entries(person, group.lines, vias),
                    }
                    for group in section.groups
                ],
            }
            for section in arrange(chosen)
        ]
        settings_url = mail_settings_link(user.pk, DIGEST)
        first = sections and max(chosen, key=lambda one: (one.is_own, one.when))
        context = {
            "count": len(told),
            "first": first.line,
            "preheader": " · ".join(
                one.line.title for one in chosen[:4] if one is not first
            ),
            "sections": sections,
            "others": len(lines) - len(chosen),
            "centre_url": absolute(reverse("notifications:centre")),
            "settings_url": settings_url,
        }
        return compose(
            template="notifications/digest",
            address=user.email,
            recipient=user,
            context=context,
            headers=list_headers("resume", _("Summary of news"), settings_url),
        )

    def _entries(self, person, lines, vias):
        """Lines with why they came, said once for neighbours that share it."""
        entries = []
        for number, one in enumerate(lines):
            via = vias[one.delivery.pk]
            html, text = self._piece(one, person.user.language)
            entry = {"html": html, "text": text, "more": one.more}
            entry |= {"why": "", "url": ""}
            after = lines[number + 1] if number + 1 < len(lines) else None
            if (
                after is None
                or vias[after.delivery.pk] != via
                or after.delivery.reason != one.delivery.reason
            ):
                entry["why"] = self.why(person, one.delivery, via)
                entry["url"] = mail_settings_link(person.user.pk, via) if via else ""
            entries.append(entry)
        return entries
