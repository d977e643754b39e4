"""Drawing a Jinja2 template (core.jinja) from Python or from a tag of Django's."""

from django.template import engines
from django.utils.safestring import mark_safe


def draw(name, values):
    """The HTML of the template `name` ("hot/cards.jinja") with `values`, safe."""
    template = engines["jinja2"].env.get_template(name)
    return mark_safe(template.render(values))  # noqa: S308 - the engine escapes
