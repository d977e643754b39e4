"""Pieces of the frame that depend on nothing but the language, the branding and what is named."""

from django import template
from django.urls import get_script_prefix
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from network_site.catalogue import state
from network_site.catalogue.kept import number_of

register = template.Library()

# {(piece, values, language…): HTML} of one number of the branding; a new one replaces it.
_drawn: dict = {"number": None, "pieces": {}}
# Each value named has few: a space, yes or no, a size of the text.
MOST_PIECES = 400


class ConstantNode(template.Node):
    def __init__(self, name, values, nodelist):
        self.name, self.values, self.nodelist = name, values, nodelist

    def render(self, context):
        number = number_of("branding")
        key = (
            self.name,
            *(
                str(value.resolve(context, ignore_failures=True))
                for value in self.values
            ),
            get_language(),
            get_script_prefix(),
        )
        if _drawn["number"] != number or len(_drawn["pieces"]) > MOST_PIECES:
            _drawn.update(number=number, pieces={})
        pieces = _drawn["pieces"]
        html = pieces.get(key)
        if html is None:
            with context.push():
                html = self.nodelist.render(context)
            if state.may_keep():
                pieces[key] = html
        return mark_safe(html)  # noqa: S308 - drawn by the template


@register.tag
def constant(parser, token):
    """{% constant "name" value… %}…{% endconstant %}: drawn once for each of the values.

    What stands inside depends on them, on the language and on the branding; never on the
    reader, the address or the day. What it sets in the context stays inside.
    """
    _tag, name, *values = token.split_contents()
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(
        name.strip('"'), [parser.compile_filter(value) for value in values], nodelist
    )


def forget():
    """Draw each piece again."""
    _drawn.update(number=None, pieces={})


state.when_forgotten(forget)
