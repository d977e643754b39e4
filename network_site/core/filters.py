"""What a list says of a filter of its address that means nothing."""

from django.utils.translation import gettext as _

# Of the unknown values of one address; more is no question of a person.
MOST_NAMED = 5
LONGEST = 60


def unknown_remarks(values):
    """[one sentence] on the `values` that no filter of a list knows; [] without any."""
    values = list(dict.fromkeys(value for value in values if value))[:MOST_NAMED]
    if not values:
        return []
    words = ", ".join(_("“%(words)s”") % {"words": one[:LONGEST]} for one in values)
    if len(values) == 1:
        return [
            _("The filter %(words)s means nothing here: it is left out.")
            % {"words": words}
        ]
    return [
        _("The filters %(words)s mean nothing here: they are left out.")
        % {"words": words}
    ]


def unknown_values(data, chosen, names):
    """The values of the filters `names` in the QueryDict `data` that are not among `chosen`,
    pairs (name, value)."""
    chosen = {(name, str(value)) for name, value in chosen}
    return [
        value
        for name in names
        for value in data.getlist(name)
        if value and (name, value) not in chosen
    ]
