from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from library import services
from library.models import LegalStatusEntry, RecordFile, RecordPage
from library.notifications import SUPERSEDING
from library.querysets import said_links
from library.tasks import read_files
from network_site.core.addresses import absolute
from network_site.core.outbox import handles
from network_site.mailing.mail import send_templated
from network_site.media.models import SiteDocument
from network_site.members.enums import BodyRole
from network_site.members.models import BodyGroup, Organization
from network_site.notifications.announce import announce
from network_site.notifications.page_items import canonical_path, was_known
from network_site.pages.models import RelatedPage


@handles("page.saved", "page.drafted", "page.published")
def have_files_read(model, pk):
    """Send the unread files of a record, draft or published, to the slow queue."""
    links = RecordFile.objects.filter(page_id=pk).select_related("document")
    if any(link.document.needs_reading for link in links.defer("document__text")):
        read_files.enqueue(pk)


@handles("object.changed")
def have_replaced_file_read(model, pk):
    """Another file in the place of a record's: it is read as the first was."""
    if model.lower() != SiteDocument._meta.label_lower:
        return
    links = RecordFile.objects.filter(document_id=pk).select_related("document")
    for link in links.defer("document__text"):
        if link.document.needs_reading:
            read_files.enqueue(link.page_id)
            return


@handles("page.published")
def tell_of_record(model, pk):
    """A record enters the library: told once, whatever is corrected in it afterwards."""
    page = (
        RecordPage.objects.filter(pk=pk, live=True)
        .select_related("live_revision")
        .first()
    )
    if page is None:
        return
    told = {
        "actor_id": page.live_revision.user_id if page.live_revision else page.owner_id,
        "occurred_at": page.first_published_at,
        "path": canonical_path(page),
    }
    announce("library.record", page.pk, **told)
    superseding = RelatedPage.objects.filter(
        page=page, kind__in=SUPERSEDING, target__live=True
    )
    if said_links(superseding).exists():
        announce("library.record_replaced", page.pk, **told)


@handles("markdown.changed")
def draw_notes_again():
    """The rules of Markdown have changed with a new version of the site."""
    for page in RecordPage.objects.exclude(body="").iterator(chunk_size=100):
        services.draw_note_again(page=page)


@handles("library.status_changed")
def tell_of_status(entry_id):
    """Where a text stands has changed: told to those who follow the text."""
    entry = (
        LegalStatusEntry.objects.filter(pk=entry_id, page__live=True)
        .select_related("page")
        .first()
    )
    if entry is None or not was_known(entry.page, entry.created_at):
        return
    announce(
        "library.status_changed",
        entry.pk,
        actor_id=entry.recorded_by_id,
        occurred_at=entry.created_at,
        path=canonical_path(entry.page),
    )


def _person_and_body(user_id, organization_id):
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    return user, Organization.objects.filter(pk=organization_id).first()


def _has_role(user, organization, role):
    return BodyGroup.objects.filter(
        organization=organization, role=role, group__user=user
    ).exists()


@handles("library.body_role_given")
def tell_of_role(user_id, organization_id, role, entry_id):
    """A role in the space of a body: told with what it allows and where it is exercised."""
    user, organization = _person_and_body(user_id, organization_id)
    if None in {user, organization} or not _has_role(user, organization, role):
        return
    section = organization.library_sections.first()
    if section is None:
        return
    send_templated(
        template="library/body_role_given",
        to=user,
        once=f"library.body_role_given:{entry_id}",
        context=lambda: {
            "organization": organization,
            "is_curator": role == BodyRole.CURATOR,
            "action_url": absolute(reverse("wagtailadmin_explore", args=[section.pk])),
            "action_label": _("Open the space"),
            "reason": _(
                "You receive this mail because those who run the network gave you this role."
            ),
        },
    )


@handles("library.body_role_withdrawn")
def tell_of_role_withdrawn(user_id, organization_id, role, entry_id):
    """A role taken back: told, and who to ask."""
    user, organization = _person_and_body(user_id, organization_id)
    if None in {user, organization} or _has_role(user, organization, role):
        return
    send_templated(
        template="library/body_role_withdrawn",
        to=user,
        once=f"library.body_role_withdrawn:{entry_id}",
        context=lambda: {
            "organization": organization,
            "is_curator": role == BodyRole.CURATOR,
            "reason": _("You receive this mail because you had this role."),
        },
    )
