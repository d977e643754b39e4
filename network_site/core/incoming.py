"""What a request brings is tidied before any view or form reads it.

Texts arrive decomposed from some systems (NFD: the names of files of a Mac, what is copied from a
PDF) and with signs that nobody sees. One place for every form of the site and of the back
office, rich text and names of files included: `core.text.tidy`.
"""

import json

from django.http import QueryDict

from network_site.core.text import tidy

_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


class TidyTextMiddleware:
    """Replace `request.GET`, `request.POST` and the names of `request.FILES` by tidy ones.

    It stands after the check of the security token, which reads the form already.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        request.GET = _tidied(request.GET)
        if request.method == "POST" and request.content_type in _FORMS:
            request.POST = _tidied(request.POST)
            for files in request.FILES.lists():
                for file in files[1]:
                    if file.name:
                        file.name = tidy(file.name)


def _tidied(query):
    """`query` itself when there is nothing to do."""
    changed = None
    for name, values in query.lists():
        tidy_values = [_tidy_value(value) for value in values]
        tidy_name = tidy(name)
        if tidy_values != values or tidy_name != name:
            if changed is None:
                changed = QueryDict(mutable=True, encoding=query.encoding)
                changed.update(query)
            if tidy_name != name:
                del changed[name]
            changed.setlist(tidy_name, tidy_values)
    if changed is None:
        return query
    changed._mutable = False
    return changed


def _tidy_value(value):
    if value.startswith("{") and '"blocks"' in value:
        return _tidy_rich_text(value)
    return tidy(value)


def _tidy_rich_text(value):
    """Rich text as Wagtail's editor sends it: a tidy text, whose ranges stay on their words.

    The ranges of bold words and links count the units of UTF-16, as JavaScript does.
    """
    try:
        content = json.loads(value)
        blocks = content["blocks"]
        changes = [_tidy_block(block) for block in blocks]
        changes += [
            _tidy_data(entity["data"]) for entity in content["entityMap"].values()
        ]
    except (ValueError, TypeError, KeyError, AttributeError):
        return tidy(value)
    return json.dumps(content, ensure_ascii=False) if any(changes) else value


def _tidy_block(block):
    typed = block["text"]
    text = tidy(typed)
    if text == typed:
        return False
    units = typed.encode("utf-16-le", "surrogatepass")

    def moved(place):
        before = units[: 2 * place].decode("utf-16-le", "surrogatepass")
        return len(tidy(before).encode("utf-16-le")) // 2

    for kind in ("inlineStyleRanges", "entityRanges"):
        for one in block.get(kind, ()):
            start = moved(one["offset"])
            one["length"] = moved(one["offset"] + one["length"]) - start
            one["offset"] = start
    block["text"] = text
    return True


def _tidy_data(data):
    """The words of an image or a link; an address stays as it is."""
    words = {
        key: tidy(value)
        for key, value in data.items()
        if isinstance(value, str) and key != "url"
    }
    is_changed = any(data[key] != value for key, value in words.items())
    data.update(words)
    return is_changed
