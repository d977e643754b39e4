"""Names that a template of ours draws and that nobody gave it: they fail the test that drew them.

Django writes nothing in their place, so that a page with a hole looks like one without. In
tests the engine's `string_if_invalid` is a MissingName (network_site/settings/test.py): still
empty, still false in `{% if %}`, still replaced by `default`, but noted once it is written.
"""

import sys
from pathlib import Path

from django.conf import settings
from django.template.base import Node
from jinja2 import Undefined

# (template and line, what stands there) of this process, from whichever thread drew it.
noted = []


class MissingName(str):
    """What a template has in the place of a name that is not there."""

    __slots__ = ()

    def __str__(self):
        _note(sys._getframe(1))
        return ""

    __html__ = __str__


def _note(frame):
    """Note the tag being drawn, when its template is the project's: packages have habits."""
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if isinstance(node, Node) and origin is not None:
            path = Path(str(origin))
            if path.is_relative_to(settings.BASE_DIR) and ".venv" not in path.parts:
                place = f"{path.relative_to(settings.BASE_DIR)}:{node.token.lineno}"
                noted.append((place, node.token.contents))
            return
        frame = frame.f_back


class MissingInJinja(Undefined):
    """The same in a template in Jinja2, whose own Undefined writes nothing either."""

    __slots__ = ()

    def __str__(self):
        frame = sys._getframe(1)
        while frame is not None and not frame.f_code.co_filename.endswith(".jinja"):
            frame = frame.f_back
        path = Path(frame.f_code.co_filename) if frame else Path("?")
        noted.append((path.name, str(self._undefined_name)))
        return ""


def complain():
    """Raise AssertionError naming what was noted, and forget it."""
    found = sorted(set(noted))
    noted.clear()
    assert not found, "Names that no view gave:\n" + "\n".join(
        f"  {place}: {words}" for place, words in found
    )
