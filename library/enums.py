from django.db import models
from django.utils.translation import gettext_lazy as _


class TextType(models.TextChoices):
    """Kinds of regulatory texts, by rank (schema.org legislationType)."""

    LAW = "law", _("Law")
    ORDINANCE = "ordinance", _("Ordinance")
    DECREE = "decree", _("Decree")
    ORDER = "order", _("Ministerial order")
    CIRCULAR = "circular", _("Circular or instruction")
    AGREEMENT = "agreement", _("Agreement or contract")
    DECISION = "decision", _("Decision or opinion")
    EU_TEXT = "eu_text", _("European text")


class StudyType(models.TextChoices):
    STUDY = "study", _("Study")
    REPORT = "report", _("Report")
    NOTE = "note", _("Information note")
    ARTICLE = "article", _("Article")
    GUIDE = "guide", _("Guide")
    STATISTICS = "statistics", _("Statistics")
    TRAINING = "training", _("Training kit")
    VIDEO = "video", _("Video")


class LegalStatus(models.TextChoices):
    """Where a text stands (ELI in-force values, with the French deemed repeal)."""

    IN_FORCE = "in_force", _("in force")
    MODIFIED = "modified", _("in force, modified")
    EXPIRED = "expired", _("expired")
    REPEALED = "repealed", _("repealed")
    DEEMED_REPEALED = "deemed_repealed", _("deemed repealed?")
    NOT_CHECKED = "not_checked", _("not checked")


class DatePrecision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class StatusGroup(models.TextChoices):
    """Legal statuses as a reader chooses among them; a study has none."""

    IN_FORCE = "in_force", _("in force")
    ENDED = "ended", _("repealed or expired")
    DOUBTFUL = "doubtful", _("deemed repealed?")
    NOT_CHECKED = "not_checked", _("not checked")
    NOT_APPLICABLE = "not_applicable", _("no legal status (studies)")

    @classmethod
    def by_status(cls):
        """The group of each LegalStatus."""
        return {
            LegalStatus.IN_FORCE: cls.IN_FORCE,
            LegalStatus.MODIFIED: cls.IN_FORCE,
            LegalStatus.EXPIRED: cls.ENDED,
            LegalStatus.REPEALED: cls.ENDED,
            LegalStatus.DEEMED_REPEALED: cls.DOUBTFUL,
            LegalStatus.NOT_CHECKED: cls.NOT_CHECKED,
        }


# The glyph of core.icons.GLYPHS that stands beside the word.
STATUS_GLYPHS = {
    LegalStatus.IN_FORCE: "ok",
    LegalStatus.MODIFIED: "changed",
    LegalStatus.EXPIRED: "past",
    LegalStatus.REPEALED: "ended",
    LegalStatus.DEEMED_REPEALED: "doubt",
    LegalStatus.NOT_CHECKED: "doubt",
}


def nature_label(nature):
    """The words for the nature of a record, a text's or a study's."""
    for choices in (TextType, StudyType):
        if nature in choices.values:
            return str(choices(nature).label)
    return nature
