"""What follows from a decision about the newsletter: its sending, and the mails about it."""

from django.contrib.auth import get_user_model
from django.core.mail import mailers
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Revision

from network_site.core.addresses import absolute
from network_site.core.outbox import handles
from network_site.mailing.courier import send_over
from network_site.mailing.enums import Mailer
from network_site.mailing.mail import send_templated
from network_site.members import roles
from network_site.newsletters import services
from network_site.newsletters.enums import ContributionStatus
from network_site.newsletters.letter import LetterWriter, Recipient
from network_site.newsletters.links import archive_path, confirm_link, leave_link
from network_site.newsletters.models import Contribution, Proof, Subscription


@handles("newsletter.planned")
def start_sending(dispatch_id):
    """Put the mails of an issue in the queue, when its hour has come."""
    services.start_dispatch(dispatch_id=dispatch_id)


@handles("newsletter.proof_asked")
def send_proof(proof_id):
    """One mail, as the owner of the address would get it."""
    proof = Proof.objects.select_related("issue").filter(pk=proof_id).first()
    revision = proof and Revision.objects.filter(pk=proof.revision_id).first()
    if revision is None:
        return
    user = (
        get_user_model()
        .objects.filter(email__iexact=proof.address, is_active=True)
        .first()
    )
    recipient = Recipient(proof.address)
    if user is not None:
        roles.remember_groups([user])
        recipient = Recipient.of_user(user)
    writer = LetterWriter(revision.as_object())
    if not writer.may_read(recipient):
        return
    server = mailers[Mailer.DEFAULT]
    try:
        send_over(server, writer.sample_for(recipient, is_proof=True))
    finally:
        server.close()


@handles("newsletter.subscription_asked")
def ask_for_confirmation(subscription_id):
    """Write to an address that was typed: confirm, or nothing to do."""
    subscription = Subscription.objects.filter(pk=subscription_id).first()
    if subscription is None or subscription.unsubscribed_at is not None:
        return
    is_active = subscription.is_active

    def context():
        return {
            "reason": _(
                "You receive this mail because this address was typed on our site."
            ),
            "leave_url": leave_link(is_member=False, pk=subscription.pk),
            "action_url": absolute(archive_path())
            if is_active
            else confirm_link(subscription),
            "action_label": (
                _("Read the last issues") if is_active else _("Confirm my subscription")
            ),
        }

    send_templated(
        template=(
            "newsletters/subscription_known"
            if is_active
            else "newsletters/subscription_confirm"
        ),
        to=subscription.email,
        language=subscription.language,
        context=context,
    )


def _contribution(contribution_id, *statuses):
    return (
        Contribution.objects.select_related("author", "organization", "issue")
        .filter(pk=contribution_id, status__in=statuses)
        .first()
    )


@handles("newsletter.contribution_received")
def tell_composers(contribution_id):
    """The facilitators, who answer proposals."""
    contribution = _contribution(contribution_id, ContributionStatus.WAITING)
    if contribution is None:
        return
    for user in get_user_model().objects.filter(
        groups__role__code=roles.FACILITATORS, is_active=True
    ):
        send_templated(
            template="newsletters/contribution_received",
            to=user,
            context=lambda: {
                "contribution": contribution,
                "reason": _("You receive this mail because you run the network."),
                "action_url": absolute(reverse("newsletters_admin:contributions")),
                "action_label": _("Answer the proposal"),
            },
            once=f"newsletter.contribution:{contribution.pk}",
        )


@handles("newsletter.contribution_decided")
def tell_author(contribution_id):
    """Yes, or no and why."""
    contribution = _contribution(
        contribution_id, ContributionStatus.ACCEPTED, ContributionStatus.REFUSED
    )
    if contribution is None:
        return
    is_accepted = contribution.status == ContributionStatus.ACCEPTED
    send_templated(
        template=(
            "newsletters/contribution_accepted"
            if is_accepted
            else "newsletters/contribution_refused"
        ),
        to=contribution.author,
        context=lambda: {
            "contribution": contribution,
            "reason": _(
                "You receive this mail because you proposed something for the newsletter."
            ),
            "action_url": absolute(reverse("newsletters:propose")),
            "action_label": _("See what I proposed"),
        },
        once=f"newsletter.decided:{contribution.pk}",
    )
