"""The addresses of this site: whole, for mails and feeds; and which of those that people write are its own.

An address is read as a browser reads it (the WHATWG's URL standard): its odd characters, its dots
and the case of its host change nothing about where it leads.
"""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.urls import get_script_prefix

_PORTS = {"http": 80, "https": 443}
_CONTROLS = "".join(map(chr, range(0x21)))
_DROPPED = str.maketrans("", "", "\t\n\r")
_DOT = re.compile(r"\.|%2e", re.IGNORECASE)


class OwnAddress(NamedTuple):
    """Where an address of this site leads: `path` has no prefix of a language."""

    path: str
    language: str


def site_root():
    """Where the site is, without a "/" at the end, whatever host a request came by."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")


def site_host():
    """The host of the network's addresses: in mails' identifiers and those of feeds."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"


def absolute(path):
    """`path` with the site's scheme and host; a whole address stays as it is."""
    return path if path.startswith(("http://", "https://")) else site_root() + path


def tag_uri(kind, pk, day):
    """A stable identifier (RFC 4151): it survives a change of title, slug or address."""
    return f"tag:{site_host()},{day:%Y-%m-%d}:{kind}:{pk}"


def split_language(path):
    """The language whose prefix begins `path`, and the path without it.

    The language of the site has no prefix; "/engagement/" has none either.
    """
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and f"{path}/".startswith(f"/{code}/"):
            return code, path[len(code) + 1 :] or "/"
    return settings.LANGUAGE_CODE, path


def own_address(url):
    """The OwnAddress of `url`, None when it leads elsewhere.

    A relative address is taken from the root of the site. Raises ValueError for what no
    browser can follow.
    """
    url = str(url or "").strip(_CONTROLS).translate(_DROPPED)
    if not url:
        return None
    head, mark, tail = re.match(r"([^?#]*)([?#]?)(.*)", url, re.DOTALL).groups()
    parts = urlsplit(head.replace("\\", "/") + mark + tail)
    if parts.scheme not in {"", *_PORTS}:
        return None
    if parts.netloc and not _is_own_host(parts):
        return None
    path = _without_dots(parts.path)
    root = get_script_prefix()
    if not path.startswith(root):
        return None
    language, path = split_language(path[len(root) - 1 :])
    return OwnAddress(path, language)


def _is_own_host(parts):
    own = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    name = _host(parts.hostname)
    scheme = parts.scheme or own.scheme
    port = parts.port or _PORTS[scheme]
    if port not in {own.port or _PORTS.get(own.scheme), *_PORTS.values()}:
        return False
    served = [one for one in settings.ALLOWED_HOSTS if one != "*"]
    return name == _host(own.hostname) or validate_host(name, served)


def _host(name):
    """A host's name as it is looked up."""
    name = unicodedata.normalize("NFKC", unquote(name or "")).lower().rstrip(".")
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name


def _without_dots(path):
    """`path` from the root, decoded, after its "." and ".." have been followed."""
    found = []
    *folders, last = path.removeprefix("/").split("/")
    for part in folders:
        plain = _DOT.sub(".", part)
        if plain == "..":
            del found[-1:]
        elif plain != ".":
            found.append(part)
    plain = _DOT.sub(".", last)
    if plain == "..":
        del found[-1:]
    if plain in {".", ".."}:
        last = ""
    return unquote("/" + "/".join([*found, last]))
