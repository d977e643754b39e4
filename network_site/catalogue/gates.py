"""Who passes where: the rights of a reader, as prefixes of paths that are closed to them.

An entry stands on a path; each gate on it must be passed (Wagtail's own rule: nested
restrictions are all to be satisfied). A gate is registered by who knows the rule, and says the
prefixes of paths that a reader may not enter: said at each question, from what is kept of the
rules (catalogue.kept) and from the reader's own groups, so that nothing has to be written when
a right tightens.
"""

_gates = []


def gate(function):
    """Register function(user) → the closed prefixes."""
    if function not in _gates:
        _gates.append(function)
    return function


def closed_to(user):
    """The prefixes of paths that are closed to `user`; none for administrators."""
    if user.is_superuser:
        return []
    return [prefix for function in _gates for prefix in function(user)]
