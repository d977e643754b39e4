"""The Jinja2 environment of what is drawn often: cards, facets, the map (decision 0020).

Templates stand in templates/hot/*.jinja and are drawn from Django's by `{% jinja "…" %}`.
Filters and globals are those of the site's own tags, under the same names.
"""

import jinja2
from django.template.defaultfilters import capfirst
from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils.formats import localize
from django.utils.timezone import template_localtime
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from network_site.core.templatetags import (
    address_tags,
    chart_tags,
    date_tags,
    icon_tags,
    word_tags,
)


def _date(value, form):
    """A moment or a day, in Paris, written as Django's filter of this name does."""
    return format_date(template_localtime(value), form)


def environment(**options):
    """The Environment of Django's Jinja2 backend."""
    env = jinja2.Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701 - the backend escapes
    env.install_gettext_callables(
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.filters |= {
        "ago": date_tags.ago,
        "capfirst": capfirst,
        "date": _date,
        "date_long": date_tags.date_long,
        "lang_attr": word_tags.lang_attr,
        "localize": localize,
        "number": word_tags.number,
        "said": word_tags.said,
        "time_span": date_tags.time_span,
    }
    env.globals |= {
        "bar": chart_tags.bar,
        "glyph": icon_tags.glyph,
        "icon": icon_tags.icon,
        "mark": icon_tags.mark,
        "space_url": address_tags.space_url,
        "stations": chart_tags.stations,
        "status_badge": icon_tags.status_badge,
        "url": lambda name, *args: reverse(name, args=args),
    }
    return env


def sentences_of(source):
    """The sentences of a template, as Python that xgettext reads."""
    env = environment(autoescape=True)
    lines = {}
    for number, function, words in env.extract_translations(source):
        words = [words] if isinstance(words, str) else [one for one in words if one]
        call = f"{function}({', '.join(map(repr, words))})"
        lines.setdefault(number, []).append(call)
    return "\n".join(
        "; ".join(lines.get(number, []))
        for number in range(1, max(lines, default=0) + 1)
    )
