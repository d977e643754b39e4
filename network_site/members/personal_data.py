"""What is kept of members: their sheet, what they held, who answered for them, their rights."""

from functools import partial

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network_site.catalogue.marks import touch_gone
from network_site.members import portraits
from network_site.members.models import (
    OrganizationDelegate,
    Position,
    Profile,
    SpaceGrant,
    Sponsorship,
)
from network_site.members.services.admission import (
    UNPROVEN_KEPT,
    give_up_request,
    unproven_requests,
)
from network_site.registries.personal_data import (
    Dependent,
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)

AS_LONG_AS_ACCOUNT = _("As long as the account")


def _territory(row):
    return row.territory.name if row.territory_id else ""


def _organization(row):
    return row.organization.label if row.organization_id else row.organization_name


@personal_data
class Sheet(PersonalData):
    name = "members.profile"
    label = _("Sheet of the directory")
    purpose = _("To be found by colleagues, and to be admitted to the network")
    models = ("members.Profile", "members.SpokenLanguage", "members.EmployerCheck")
    kept = AS_LONG_AS_ACCOUNT
    on_leaving = _("Erased, with the portrait and all its files.")
    order = 60
    fields = {
        "job_title": _("Function"),
        "organization": _("Organisation"),
        "territory": _("Territory of action"),
        "themes": _("Themes"),
        "presentation": _("Presentation"),
        "help_topics": _("I can help with"),
        "languages": _("Languages"),
        "shown_to": _("Who reads what"),
        "accepts_contact": _("May be written to through the site"),
        "status": _("Membership"),
        "motivation": _("Why you asked to join"),
        "requested": _("Asked to join"),
        "decided": _("Decided"),
        "decision_reason": _("Reason of the decision"),
        "admitted_by": _("Admitted by"),
        "text_size": _("Text size"),
    }

    def export(self, user):
        profile = (
            Profile.objects.filter(user=user)
            .select_related("organization", "territory")
            .first()
        )
        if profile is None:
            return Section()
        row = {
            "job_title": profile.job_title,
            "organization": _organization(profile),
            "territory": _territory(profile),
            "themes": [theme.name for theme in profile.themes.all()],
            "presentation": profile.presentation,
            "help_topics": profile.help_topics,
            "languages": [one.code for one in profile.languages.all()],
            "shown_to": {
                field.verbose_name: getattr(profile, f"get_{field.name}_display")()
                for field in Profile._meta.fields
                if field.name.endswith("_visibility")
            },
            "accepts_contact": profile.accepts_contact,
            "status": profile.get_status_display(),
            "motivation": profile.motivation,
            "requested": profile.requested_at,
            "decided": profile.decided_at,
            # Written to the person: theirs to keep; who decided is not.
            "decision_reason": profile.decision_reason,
            "admitted_by": profile.get_admission_route_display(),
            "text_size": profile.text_size,
        }
        return Section([row], self._portrait(profile))

    @staticmethod
    def _portrait(profile):
        if not profile.portrait:
            return {}
        name = portraits.file_name(profile.portrait, portraits.SIZES[0], "webp")
        return {"portrait.webp": partial(_read, name)}

    def erase(self, leaving):
        profile = Profile.objects.filter(user_id=leaving.user_id).first()
        files = []
        if profile is not None:
            files = portraits.delete_files(profile)
            touch_gone(Profile, profile.pk)
            profile.delete()
        yield ReceiptLine(self.label, int(profile is not None))
        yield ReceiptLine(_("Files of the portrait"), len(files))

    def count(self):
        return Profile.objects.count()


def _read(name):
    with default_storage.open(name) as file:
        return file.read()


@personal_data
class Positions(PersonalData):
    name = "members.position"
    label = _("Functions held")
    purpose = _("To sign what you wrote with the function you held then")
    models = ("members.Position",)
    kept = AS_LONG_AS_ACCOUNT
    on_leaving = _("Erased.")
    fields = {
        "job_title": _("Function"),
        "organization": _("Organisation"),
        "territory": _("Territory of action"),
        "since": _("Since"),
        "until": _("Until"),
    }

    def export(self, user):
        positions = Position.objects.filter(profile__user=user).select_related(
            "organization", "territory"
        )
        return Section(
            [
                {
                    "job_title": one.job_title,
                    "organization": _organization(one),
                    "territory": _territory(one),
                    "since": one.started_at,
                    "until": one.ended_at,
                }
                for one in positions.order_by("pk")
            ]
        )

    def erase(self, leaving):
        count, _rows = Position.objects.filter(
            profile__user_id=leaving.user_id
        ).delete()
        yield ReceiptLine(self.label, count)

    def count(self):
        return Position.objects.count()


@personal_data
class UnprovenRequests(PersonalData):
    name = "members.unproven_request"
    label = _("Requests to join whose address nobody proved")
    purpose = _("To let somebody finish a request that was interrupted")
    retention = Retention(
        UNPROVEN_KEPT,
        _("Thirty days: nobody has said that the address is theirs."),
    )
    on_leaving = _("Does not concern you: your address is proven.")

    def count(self):
        return unproven_requests().count()

    def overdue(self, now):
        return unproven_requests().filter(requested_at__lte=now - UNPROVEN_KEPT).count()

    def forget(self, now):
        past = unproven_requests().filter(requested_at__lte=now - UNPROVEN_KEPT)
        for profile in past.select_related("user"):
            give_up_request(user=profile.user)


@personal_data
class Sponsorships(PersonalData):
    name = "members.sponsorship"
    label = _("Sponsorships")
    purpose = _("To admit somebody for whom a member answers")
    models = ("members.Sponsorship",)
    kept = AS_LONG_AS_ACCOUNT
    on_leaving = _(
        "Those that you asked for are erased; those that you gave lose your name."
    )
    fields = {
        "role": _("You were"),
        "sponsor_email": _("Address that you gave"),
        "status": _("Answer"),
        "comment": _("Your comment"),
        "asked": _("Asked"),
        "answered": _("Answered"),
    }

    def export(self, user):
        asked = Sponsorship.objects.filter(profile__user=user).order_by("pk")
        given = Sponsorship.objects.filter(sponsor=user).order_by("pk")
        return Section(
            # The words of the sponsor are theirs; who was sponsored is somebody else.
            [
                {
                    "role": _("applicant"),
                    # Not the answer: it would tell whether the address is a member's.
                    "sponsor_email": one.sponsor_email,
                    "asked": one.asked_at,
                }
                for one in asked
            ]
            + [
                {
                    "role": _("sponsor"),
                    "status": one.get_status_display(),
                    "comment": one.comment,
                    "asked": one.asked_at,
                    "answered": one.answered_at,
                }
                for one in given
            ]
        )

    def erase(self, leaving):
        asked, _rows = Sponsorship.objects.filter(
            profile__user_id=leaving.user_id
        ).delete()
        by_address = Q()
        for address in leaving.addresses:
            by_address |= Q(sponsor_email__iexact=address)
        given = Sponsorship.objects.filter(Q(sponsor_id=leaving.user_id) | by_address)
        count = 0
        for one in given:
            # Unique within a request, and a valid address of nobody.
            one.sponsor_email = f"parti-{one.pk}@compte-ferme.invalid"
            one.sponsor = None
            one.comment = ""
            one.save(update_fields=["sponsor_email", "sponsor", "comment"])
            count += 1
        yield ReceiptLine(self.label, asked + count)

    def count(self):
        return Sponsorship.objects.count()


@personal_data
class Rights(PersonalData):
    name = "members.rights"
    label = _("Places in private spaces and delegations")
    purpose = _("To open the spaces and sheets that are yours to use")
    models = (
        "members.SpaceGrant",
        "members.OrganizationDelegate",
        "accounts.User_groups",
        "accounts.User_user_permissions",
    )
    kept = _("As long as the right")
    on_leaving = _("Withdrawn and erased.")
    order = 40
    fields = {
        "space": _("Space"),
        "organization": _("Organisation"),
        "since": _("Since"),
    }

    def export(self, user):
        grants = SpaceGrant.objects.filter(user=user).select_related(
            "group", "organization"
        )
        delegations = OrganizationDelegate.objects.filter(user=user).select_related(
            "organization"
        )
        return Section(
            [
                {
                    "space": one.group.name,
                    "organization": one.organization.label if one.organization else "",
                    "since": one.granted_at,
                }
                for one in grants.order_by("pk")
            ]
            + [
                {"organization": one.organization.label}
                for one in delegations.order_by("pk")
            ]
        )

    def erase(self, leaving):
        grants, _rows = SpaceGrant.objects.filter(user_id=leaving.user_id).delete()
        named, _rows = OrganizationDelegate.objects.filter(
            user_id=leaving.user_id
        ).delete()
        yield ReceiptLine(self.label, grants + named)

    def dependents(self, user):
        others = OrganizationDelegate.objects.exclude(user=user)
        mine = OrganizationDelegate.objects.filter(user=user).exclude(
            organization__in=others.values("organization")
        )
        for one in mine.select_related("organization").order_by("organization__name"):
            yield Dependent(
                _("Organisation of which you are the only delegate"),
                one.organization.label,
                one.organization.get_absolute_url(),
            )

    def count(self):
        return SpaceGrant.objects.count() + OrganizationDelegate.objects.count()


@personal_data
class Contacts(PersonalData):
    name = "members.contact"
    label = _("Contacts of organisations")
    purpose = _("To reach an organisation")
    models = ("members.Organization", "members.ContactPoint")
    kept = _("As long as the organisation's sheet")
    on_leaving = _("Your address is taken out of the sheets that give it.")
    fields = {}
