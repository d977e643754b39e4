"""What is offered while one types: JSON for the search boxes' script."""

import logging

from django.http import JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie

from network_site.core.templatetags.icon_tags import mark
from network_site.search import queries
from network_site.search.engine import IndexUnavailable
from network_site.search.suggest import SHORTEST, suggest

logger = logging.getLogger(__name__)

LONGEST = 100
# Visitors all read the same; a member's suggestions are kept by nobody.
VISITORS_CACHE = "public, max-age=30"
MEMBERS_CACHE = "private, no-store"


@vary_on_cookie
@require_GET
def suggestions(request):
    """Names that the reader may see for the words typed so far; none is no error."""
    text = queries.clean(request.GET.get("q", ""))[:LONGEST]
    offered = []
    if len(text) >= SHORTEST:
        try:
            offered = suggest(user=request.user, text=text)
        except IndexUnavailable as error:
            logger.info("No suggestion: %s", error)
    response = JsonResponse(_payload(text, offered))
    response["Cache-Control"] = (
        MEMBERS_CACHE if request.user.is_authenticated else VISITORS_CACHE
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _payload(text, offered):
    """`status` is what is said aloud; the last line leads to all the results."""
    count = len(offered)
    return {
        "query": text,
        "suggestions": [
            {
                "title": one.link.title,
                "url": one.link.url,
                "mark": one.link.mark,
                "kind": one.link.kind_label,
                "note": one.note,
            }
            for one in offered
        ],
        "marks": {name: mark(name) for name in {one.link.mark for one in offered}},
        "all": {
            "title": _("All the results for “%(text)s”") % {"text": text},
            "url": f"{reverse('search')}?{urlencode({'q': text})}",
        },
        "status": ngettext(
            "%(count)d suggestion: use the arrow keys to choose it.",
            "%(count)d suggestions: use the arrow keys to choose.",
            count,
        )
        % {"count": count}
        if count
        else _("No suggestion."),
    }
