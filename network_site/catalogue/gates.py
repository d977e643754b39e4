"""Who passes where: the rights of a reader, as prefixes of paths that are closed to them.

An entry stands on a path; each gate on it must be passed (Wagtail's own rule: nested
restrictions are all to be satisfied). A gate is registered by who knows the rule, and says,
in one query, the prefixes of paths that a reader may not enter: read at each question, so
that nothing has to be written when a right tightens.
"""

_gates = []


def gate(function):
    """Register function(user) → a queryset of one column, the closed prefixes."""
    if function not in _gates:
        _gates.append(function)
    return function


def closed_to(user):
    """The prefixes of paths that are closed to `user`, in one query; none for administrators."""
    if user.is_superuser or not _gates:
        return []
    first, *others = [function(user) for function in _gates]
    found = first.union(*others, all=True) if others else first
    return [prefix for (prefix,) in found]
