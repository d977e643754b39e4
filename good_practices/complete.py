"""What a practice has before readers see it: one rule for its form and for the back office."""

import re

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# Words a reader can take in: a practice is read in three minutes.
BUDGETS = {
    "summary": 45,
    "context": 150,
    "actions": 300,
    "results": 200,
    "resources": 120,
    "partners": 80,
    "lessons_learned": 200,
}
# What those who led a practice say of it, beside its title, its themes and its place.
TOLD = ("context", "summary", "actions", "lessons_learned")
# One of these at least, when it is told from what was published elsewhere.
REPORTED = ("context", "actions", "results")

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_THEME = _("Choose at least one theme.")


def count_words(text):
    """How many words a reader counts in `text`."""
    return len(_WORD.findall(text or ""))


def year_in(words):
    """The year in « depuis septembre 2016 », None where there is none in four figures."""
    found = re.search(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", words or "")
    return int(found[0]) if found else None


def missing_words(name):
    """What to say of `name` (a field, "themes" or "department") when it is empty."""
    if name == "lessons_learned":
        return _(
            "Say at least one obstacle or limit: it is what helps the next person most."
        )
    if name == "department":
        return _("Say where, or choose “Whole country”.")
    if name == "themes":
        return _THEME
    return _("This is needed before it can be sent.")


def budget_errors(values):
    """{field: words} for what is longer than a reader can take in."""
    return {
        name: ngettext_lazy("%(over)s word too many.", "%(over)s words too many.", over)
        % {"over": over}
        for name, budget in BUDGETS.items()
        if (over := count_words(values.get(name)) - budget) > 0
    }


def year_error(started):
    """{field: words} when the year of `started` could not be read."""
    if not started or year_in(started):
        return {}
    return {
        "started": _("Write the year in figures, for example 2024 or September 2024.")
    }


def lacks_of(page, children):
    """What the practice `page` lacks, as BasePage.lacks().

    Told by those who led it, it has what its form asks. Told from a source that is cited, it
    may be silent on what the source does not say.
    """
    if page.source_citation or page.source_url:
        errors = {}
        if not page.summary:
            errors["summary"] = _("Say in two sentences what was done.")
        if not any(getattr(page, name) for name in REPORTED):
            errors["actions"] = _(
                "Say why it was begun, what was done or what came of it: one of the three at"
                " least."
            )
    else:
        values = {name: getattr(page, name) for name in BUDGETS}
        errors = {name: missing_words(name) for name in TOLD if not values[name]}
        errors |= budget_errors(values)
        if not page.started_year:
            errors |= year_error(page.started)
        if not page.place and not children("territory_links"):
            errors["territory_links"] = _(
                "Say where: a territory, or a place in words."
            )
    if not children("theme_links"):
        errors["theme_links"] = _THEME
    return errors
