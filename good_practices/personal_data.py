"""Practices that people proposed: published, they are the network's; never sent, theirs."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from good_practices.models import GoodPracticePage, KeptText, PracticeSubmission
from network_site.registries.personal_data import (
    Dependent,
    PersonalData,
    ReceiptLine,
    Section,
    personal_data,
)

_WORDS = (
    *(
        "title",
        "summary",
        "carriers",
        "place",
        "started",
        "ended",
        "context",
        "actions",
    ),
    *("results", "resources", "partners", "lessons_learned", "legal_basis", "contact"),
)


def _of(user_id):
    return GoodPracticePage.objects.filter(submission__author_id=user_id)


def _unsent(user_id):
    """Drafts of one's own that were never published and that nobody examines."""
    examined = WorkflowState.objects.active().values("object_id")
    drafts = _of(user_id).filter(live=False, first_published_at=None)
    in_hand = set(examined.values_list("object_id", flat=True))
    return [page for page in drafts.order_by("pk") if str(page.pk) not in in_hand]


@personal_data
class Practices(PersonalData):
    name = "good_practices.practice"
    label = _("Practices that you proposed")
    purpose = _("To share what works, and what did not")
    models = (
        "good_practices.GoodPracticePage",
        "good_practices.PracticeSubmission",
        "good_practices.PracticeState",
    )
    kept = _("As long as they are of use to the network")
    on_leaving = _(
        "Those that were published or are being examined stay, signed as you choose below and"
        " without you as their contact; drafts never sent are erased."
    )
    fields = {
        "title": _("Title"),
        "summary": _("Summary"),
        "carriers": _("Carried by"),
        "place": _("Place"),
        "started": _("Beginning"),
        "ended": _("End"),
        "context": _("Context"),
        "actions": _("What is done"),
        "results": _("Results"),
        "resources": _("Means"),
        "partners": _("Partners"),
        "lessons_learned": _("What was learnt"),
        "legal_basis": _("Legal basis"),
        "contact": _("Contact"),
        "published": _("Published"),
    }

    def export(self, user):
        return Section(
            [
                {
                    # A draft's last words stand in its last version.
                    **{name: getattr(latest, name, "") for name in _WORDS},
                    "published": page.first_published_at,
                }
                for page in _of(user.pk).order_by("pk")
                for latest in [page.get_latest_revision_as_object()]
            ]
        )

    def erase(self, leaving):
        drafts = _unsent(leaving.user_id)
        for page in drafts:
            page.delete()
        kept = PracticeSubmission.objects.filter(author_id=leaving.user_id).count()
        yield ReceiptLine(
            self.label,
            len(drafts),
            kept,
            _("They serve the network; they lead to your empty account.")
            if kept
            else "",
        )

    def dependents(self, user):
        for page in _unsent(user.pk):
            yield Dependent(_("Draft never sent, which will be erased"), page.title)
        for page in _of(user.pk).live().order_by("title"):
            yield Dependent(_("Practice that you proposed"), page.title, page.url)

    def count(self):
        return PracticeSubmission.objects.count()


@personal_data
class TextsSetAside(PersonalData):
    name = "good_practices.kept_text"
    label = _("Texts set aside while two people wrote at once")
    purpose = _("To lose nothing of what you typed")
    models = ("good_practices.KeptText",)
    kept = _("Until you take them up")
    on_leaving = _("Erased.")
    fields = {"text": _("Text"), "at": _("When")}

    def export(self, user):
        return Section(
            [
                {"text": one.data, "at": one.created_at}
                for one in KeptText.objects.filter(author=user).order_by("pk")
            ]
        )

    def erase(self, leaving):
        count, _rows = KeptText.objects.filter(author_id=leaving.user_id).delete()
        yield ReceiptLine(self.label, count)

    def count(self):
        return KeptText.objects.count()
