"""Who passes where: the rights of a reader, as prefixes of paths that are closed to them.

An entry stands on a path; each gate on it must be passed (Wagtail's own rule: nested
restrictions are all to be satisfied). A gate is registered by who knows the rule, and says the
prefixes of paths that a reader may not enter: said at each question, from what is kept of the
rules (catalogue.kept) and from the reader's own groups, so that nothing has to be written when
a right tightens.
"""

from typing import NamedTuple

import numpy as np

_gates = []
_audiences = {}


def gate(function):
    """Register function(user) → the closed prefixes."""
    if function not in _gates:
        _gates.append(function)
    return function


class Audience(NamedTuple):
    """What a reader may not read of some kinds: masks in the order of the catalogue's.

    `closed` are the entries that they may not open; `veiled` those of which they do not read
    a facet, by the name of the facet: these neither pass a filter on it nor count in it.
    """

    closed: np.ndarray
    veiled: dict[str, np.ndarray]


def audience(*kinds):
    """Register function(columns, user) → Audience, for kinds that each reader sees otherwise.

    No prefix can say what is read of a person: it hangs on who reads. Asked of questions on
    these kinds only; no other question finds them.
    """

    def register(function):
        for kind in kinds:
            _audiences[kind] = function
        return function

    return register


def audiences():
    """{kind: function} of the kinds that have an audience."""
    return _audiences


def closed_to(user):
    """The prefixes of paths that are closed to `user`; none for administrators."""
    if user.is_superuser:
        return []
    return [prefix for function in _gates for prefix in function(user)]
