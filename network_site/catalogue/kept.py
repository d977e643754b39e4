"""What administration changes, in the memory of each process under the database's own number.

    @kept("sites", Site, (Page, ("path", "url_path")))
    def sites():
        return list(Site.objects.all())

Triggers raise the number when a row of one of these tables changes (catalogue.triggers), in the
transaction that changes it and whatever wrote it; the number is read with the catalogue, in the
statement that a request makes anyway. What is given is shared by the requests of the process:
nobody modifies it.
"""

import functools

from network_site.catalogue import registry, state

_held: dict[str, tuple] = {}


def kept(name, *tables):
    """Register what the decorated function reads of `tables`; it is read when they change."""

    def register(read):
        registry.add_keeping(registry.Keeping(name, tables, read))

        @functools.wraps(read)
        def now():
            number = number_of(name)
            held = _held.get(name)
            if held is not None and held[0] == number:
                return held[1]
            value = read()
            if state.may_keep():
                _held[name] = number, value
            return value

        return now

    return register


def number_of(name):
    """What changes whenever what is kept under `name` does."""
    numbers = state.numbers()
    return numbers.get("epoch"), numbers.get(name)


def forget():
    """Read everything again at its next use."""
    _held.clear()


state.when_forgotten(forget)
