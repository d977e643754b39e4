"""What the mails of one batch share, whatever they carry."""

import logging

from django.utils.translation import gettext as _
from django.utils.translation import override

from network_site.mailing.queue import (
    Outdated,
    moment,
)
from network_site.notifications.audience import follows_of, level_for, people, way
from network_site.notifications.models import Delivery
from network_site.registries.enums import Reason
from network_site.registries.notifications import (
    Target,
    followable_of,
)

logger = logging.getLogger(__name__)


class Batch:
    """What the mails of one batch share: people, what they follow, what it is called."""

    def __init__(self, mails):
        self.now = moment()
        user_ids = {mail.user_id for mail in mails if mail.user_id}
        self.people = people(user_ids)
        self.follows = follows_of(user_ids)
        self._labels = {}

    def decision(self, person, delivery, happening):
        """(channel, level, via): what the person's wishes make of a delivery today."""
        targets = happening.targets
        if delivery.reason == Reason.SEARCH:
            # What the item itself knows nothing of.
            targets = (*targets, Target.parse(delivery.via))
        level, target = level_for(self.follows[person.user.pk], targets)
        channel = way(
            person=person,
            item=delivery.item,
            reason=delivery.reason,
            level=level,
            now=self.now,
        )
        return channel, level, str(target) if target else delivery.via

    def name_all(self, pairs):
        """Read at once what is followed under the `via` of each (person, via)."""
        wanted = {}
        for person, via in pairs:
            target, followable = _followed(via)
            if followable is not None:
                key = (self._reader(person, followable), person.user.language)
                _who, pks = wanted.setdefault((key, target.kind), (person, set()))
                pks.add(target.pk)
        for ((reader, language), kind), (person, pks) in wanted.items():
            followable = followable_of(kind)
            with override(language):
                try:
                    found = followable.load(sorted(pks), person.user)
                    for pk in pks:
                        label = (
                            str(followable.mail_label(found[pk])) if pk in found else ""
                        )
                        self._labels[reader, f"{kind}:{pk}", language] = label
                except Exception:
                    logger.exception("What is followed as %s cannot be named", kind)

    @staticmethod
    def _reader(person, followable):
        """People with the same rights see the same; what is personal is read for each."""
        return person.user.pk if followable.is_personal else person.tokens

    def label(self, person, via):
        """What is followed under `via` ("kind:pk") is called, "" when that may not be told."""
        _target, followable = _followed(via)
        if followable is None:
            return ""
        key = (self._reader(person, followable), via, person.user.language)
        if key not in self._labels:
            self.name_all([(person, via)])
        return self._labels.get(key, "")

    def why(self, person, delivery, via):
        """Why the person receives an item, as a sentence without its full stop."""
        if delivery.reason == Reason.MENTION:
            return _("You are named in it")
        if delivery.reason == Reason.OWN:
            return _("It follows what you wrote, or a day where you are registered")
        label = self.label(person, via)
        if not label:
            return ""
        if delivery.reason == Reason.SEARCH:
            return _("It answers the search you saved, “%(label)s”") % {"label": label}
        return _("You follow “%(label)s”") % {"label": label}


def _followed(via):
    """(Target, Followable) of "kind:pk", (None, None) for what is no longer declared."""
    try:
        target = Target.parse(via)
    except ValueError:
        return None, None
    followable = followable_of(target.kind)
    return (target, followable) if followable else (None, None)


def told_in(mail, pks):
    """(on_sending, on_returned) for a mail that carries the deliveries `pks`."""

    def on_sending():
        fresh = Delivery.objects.filter(pk__in=pks, mailed_at=None, read_at=None)
        if fresh.update(mailed_at=moment(), mail=mail) != len(pks):
            raise Outdated

    def on_returned():
        Delivery.objects.filter(pk__in=pks, mail=mail).update(mailed_at=None, mail=None)

    return {"on_sending": on_sending, "on_returned": on_returned}
