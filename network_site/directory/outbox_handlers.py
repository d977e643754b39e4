"""What follows from a decision of the directory, once it is committed."""

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from network_site.catalogue.marks import touch_many
from network_site.core.addresses import absolute
from network_site.core.outbox import handles
from network_site.directory.links import message_path
from network_site.directory.models import ContactBlock, ContactMessage
from network_site.mailing.mail import send_templated
from network_site.members import roles
from network_site.members.models import Profile
from network_site.members.words import keep_words


@handles("directory.words_missing")
def write_words():
    """The sheets of an older version of the site, which have no words yet."""
    keep_words(Profile.objects.all())


@handles("object.changed")
def write_words_again(model, pk):
    """Whoever changed the sheet, or the name of its organisation, the directory follows."""
    if model == "members.profile":
        keep_words(Profile.objects.filter(pk=pk))
    elif model == "members.organization":
        # Search reads the name of the organisation on the sheets too.
        touch_many(Profile, keep_words(Profile.objects.filter(organization=pk)))


def _message(message_id):
    return (
        ContactMessage.objects.select_related("sender", "recipient", "organization")
        .filter(pk=message_id, erased_at=None)
        .first()
    )


def _signature(user):
    """(name, function and organisation) of who writes, as their form announced."""
    profile = Profile.objects.select_related("organization").filter(user=user).first()
    parts = [profile.job_title, profile.organization_label] if profile else []
    return user.get_full_name() or _("Member"), ", ".join(filter(None, parts))


@handles("directory.message_written")
def send_message(message_id):
    """The mail to the recipient: no address of anybody, and where to answer or to refuse."""
    message = _message(message_id)
    if message is None:
        return
    blocks = ContactBlock.objects.filter(
        sender=message.sender,
        recipient=message.recipient,
        organization=message.organization,
    )
    # Refused between the sending and the mail.
    if message.sender_id and blocks.exists():
        return
    recipient = message.recipient
    if recipient is not None and (not recipient.is_active or recipient.left_at):
        return
    to = recipient or message.organization.contact_email
    if not to:
        return
    send_templated(
        template="directory/contact_message",
        to=to,
        context=lambda: _context(message),
        once=f"directory.message:{message.pk}",
    )


def _context(message):
    path = message_path(message)
    if message.sender_id:
        name, role = _signature(message.sender)
    else:
        name, role = message.organization.label, ""
    if message.recipient_id is None:
        answer = absolute(path)
        reason = _(
            "You receive this mail because this address is the contact point of"
            " %(organization)s."
        ) % {"organization": message.organization.label}
    else:
        answer = absolute(_answer_path(message))
        reason = _(
            "You receive this mail because members may write to you through the site."
        )
    return {
        "message": message,
        "name": name,
        "role": role,
        "manage_url": absolute(path),
        "action_url": answer,
        "action_label": _("Answer"),
        "reason": reason,
    }


def _answer_path(message):
    """Where the recipient answers, by the same relay."""
    if message.sender_id:
        profile = Profile.objects.filter(user=message.sender).first()
        path = reverse("person_contact", args=[profile.pk]) if profile else "/"
    else:
        path = reverse("organization_contact", args=[message.organization.slug])
    return f"{path}?reponse={message.pk}"


@handles("directory.message_reported")
def tell_facilitators(message_id):
    """The message and what its recipient says of it, to those who run the network."""
    message = _message(message_id)
    if message is None or message.reported_at is None:
        return
    facilitators = get_user_model().objects.filter(
        groups__role__code=roles.FACILITATORS, is_active=True
    )
    recipient = message.recipient
    for user in facilitators:
        send_templated(
            template="directory/contact_reported",
            to=user,
            context=lambda: {
                "message": message,
                "sender": message.sender.get_full_name()
                if message.sender
                else message.organization.label,
                "recipient": recipient.get_full_name()
                if recipient
                else message.organization.label,
                "reason": _("You receive this mail because you run the network."),
            },
            once=f"directory.reported:{message.pk}",
        )
